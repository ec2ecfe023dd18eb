import { adoptStyles, html, nothing } from 'lit';
import type { LitElement, TemplateResult } from 'lit';
import type { GenesysConfig } from '../core/config.js';
import type { LauncherLook } from '../core/launcher-look.js';
import type { Prompt, Snapshot } from '../core/snapshot.js';
import { Launcher } from './launcher.js';
import { promptTemplate } from './prompt.js';
import type { PromptView } from './prompt.js';
import { PromptPlace } from './prompt-place.js';
import type { PromptObstacle } from './prompt-obstacle.js';
import type { SessionController } from './session-controller.js';
import { isOnLeft } from './side.js';
import { StorageAccessFrame } from './storage-access-frame.js';
import { hostStyles, shownStyles } from './styles.js';
import { TextsController } from './texts-controller.js';
import type { Strings } from './texts.js';

/** The element, as far as what it shows needs it. */
export interface ShownHost extends LitElement {
  readonly strings?: Partial<Strings>;
  /** How the deployment wants its launcher; undefined where it has none. */
  launcherLook(config: GenesysConfig): Promise<LauncherLook | undefined>;
  open(): Promise<void>;
  signIn(): Promise<void>;
}

/** All that the element shows: its prompt, and its launcher. */
export class Shown {
  constructor(host: ShownHost, controller: SessionController, hidden: (obstacle: PromptObstacle) => void) {
    this.#host = host;
    this.#controller = controller;
    this.#place = new PromptPlace(host, [hostStyles, shownStyles], { dismiss: () => this.#dismiss(), hidden });
    this.#storageAccess = new StorageAccessFrame(host, {
      root: () => this.#place.root,
      answered: (granted) => controller.session?.dispatch({ type: 'storage-access', granted }),
    });
    this.#texts = new TextsController(host);
    this.#launcher = new Launcher(host);
  }

  readonly #host: ShownHost;
  readonly #controller: SessionController;
  readonly #place: PromptPlace;
  readonly #storageAccess: StorageAccessFrame;
  readonly #texts: TextsController;
  readonly #launcher: Launcher;
  #stylesAdopted = false;
  #prompt: Prompt | undefined;
  /** The page shows its own interface for what is required now, or the person dismissed ours. */
  promptHidden = false;
  /** The launcher was clicked. */
  opening = false;

  render(snapshot: Snapshot | undefined, launcher: boolean): TemplateResult | typeof nothing {
    const prompt = (this.#prompt = this.promptHidden ? undefined : snapshot?.prompt);
    const genesys = launcher ? this.#controller.session?.options.config.genesys : undefined;
    if (!genesys && !prompt) {
      this.#texts.hidden();
      return this.#place.clear();
    }
    this.#adoptStyles();
    const texts = this.#texts.current(this.#host.strings);
    const open = (): void => void this.#host.open().catch(() => undefined);
    const view = { texts, busy: this.opening, open };
    return html`${genesys ? this.#launcher.template(genesys, view) : nothing}${
      prompt ? this.#renderPrompt(prompt, snapshot!, texts) : this.#place.clear()
    }`;
  }

  #renderPrompt(
    prompt: Prompt,
    { token, windowOpen, position }: Snapshot,
    texts: ReturnType<TextsController['current']>,
  ): TemplateResult | typeof nothing {
    const uri = prompt.storageAccess ? this.#controller.storageAccessUri : undefined;
    const again = token !== undefined;
    const view: PromptView = {
      again,
      aside: windowOpen,
      left: isOnLeft(position, document),
      storageAccess: this.#storageAccess.template(uri, texts),
      storageAccessReady: uri !== undefined && this.#storageAccess.ready,
    };
    const template = promptTemplate(prompt, view, texts, { act: this.#act, dismiss: this.#dismiss });
    const meaning = `${prompt.kind} ${prompt.code === 'popup-blocked'} ${again}`;
    return this.#place.render(template, {
      meaning,
      needed: prompt.kind !== 'retry',
      pending: this.#texts.pending,
      position,
    });
  }

  /** Most pages never show anything, so its style sheet is parsed when something is first shown. */
  #adoptStyles(): void {
    if (this.#stylesAdopted) return;
    this.#stylesAdopted = true;
    adoptStyles(this.#host.renderRoot as ShadowRoot, [hostStyles, shownStyles]);
  }

  readonly #act = (): void => {
    const { session } = this.#controller;
    if (this.#prompt?.kind === 'retry') return session?.dispatch({ type: 'retry' });
    if (this.#prompt?.kind === 'waiting') return session?.dispatch({ type: 'reopen' });
    // Its failure is shown by the prompt and told by gc-error.
    this.#host.signIn().catch(() => undefined);
  };

  /** Closing the prompt while the popup is open cancels the popup, and leads back to the prompt. */
  readonly #dismiss = (): void => {
    this.promptHidden = this.#prompt?.kind !== 'waiting';
    this.#controller.session?.dispatch({ type: 'dismiss' });
    this.#host.requestUpdate();
  };
}
