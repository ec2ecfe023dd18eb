import { adoptStyles, nothing, render } from 'lit';
import type { CSSResult, LitElement, ReactiveController, TemplateResult } from 'lit';
import type { LauncherPosition } from '../core/messenger.js';
import { platformMember } from '../core/platform-member.js';
import { PromptFocus } from './prompt-focus.js';
import { promptObstacle } from './prompt-obstacle.js';
import type { PromptObstacle } from './prompt-obstacle.js';
import { promptParents, showOnTop, watchTopLayer } from './top-layer.js';

export interface PlacedPrompt {
  /** What the prompt says, in any language: it is announced again when that changes. */
  readonly meaning: string;
  /** A person is needed, so the prompt must be seen. */
  readonly needed: boolean;
  /** Its language is being fetched. It is announced in that language, or in English when that takes long or fails. */
  readonly pending: boolean;
  readonly position: LauncherPosition | undefined;
}

export interface PlaceActions {
  readonly dismiss: () => void;
  readonly hidden: (obstacle: PromptObstacle) => void;
}

/** How long the prompt must be hidden before that is an error, in milliseconds: pages hide themselves while they load. */
const hiddenMs = 1_000;

/** What a page sets on the element is inherited in its shadow root, and nowhere else. */
const inherited = [
  '--gc-accent-color',
  '--gc-surface-color',
  '--gc-text-color',
  '--gc-radius',
  '--gc-inset',
  'color-scheme',
];

/**
 * Keeps the prompt where a person can use it: in the shadow root of the element and in the top layer; where the element is
 * not rendered or is inert, in a node of its own in the body; while a modal dialog of the page is open, in that dialog.
 */
export class PromptPlace implements ReactiveController {
  constructor(host: LitElement, styles: readonly CSSResult[], { dismiss, hidden }: PlaceActions) {
    this.#host = host;
    this.#styles = styles;
    this.#focus = new PromptFocus(dismiss);
    this.#hidden = hidden;
    host.addController(this);
  }

  readonly #host: LitElement;
  readonly #styles: readonly CSSResult[];
  readonly #focus: PromptFocus;
  readonly #hidden: (obstacle: PromptObstacle) => void;
  #template: TemplateResult | undefined;
  #prompt: PlacedPrompt | undefined;
  /** The node of its own. */
  #outer: HTMLElement | undefined;
  #section: HTMLElement | undefined;
  #announced: { meaning: string; lang: string; parent: Node | null } | undefined;
  #unwatch: (() => void) | undefined;
  #lookTimer: ReturnType<typeof setTimeout> | undefined;
  #hiddenTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #reported = new Set<string>();

  get root(): ParentNode {
    return this.#outer?.shadowRoot ?? this.#host.renderRoot;
  }

  /** What the element renders: the prompt, or nothing while it is in a node of its own. */
  render(template: TemplateResult, prompt: PlacedPrompt): TemplateResult | typeof nothing {
    this.#template = template;
    this.#prompt = prompt;
    if (!this.#outer) return template;
    render(template, this.#outer.shadowRoot!);
    return nothing;
  }

  /** The same without a prompt. */
  clear(): typeof nothing {
    if (this.#section) this.#focus.leave(this.#section);
    this.#removeOuter();
    this.#prompt = undefined;
    return nothing;
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostUpdated(): void {
    this.#watch(this.#prompt && (this.root.querySelector<HTMLElement>('.prompt') ?? undefined));
    if (this.#section) return this.#look();
    this.#announced = undefined;
    this.#focus.left();
  }

  hostDisconnected(): void {
    this.#removeOuter();
    this.#watch(undefined);
  }

  #watch(section: HTMLElement | undefined): void {
    if (section === this.#section) return;
    this.#unwatch?.();
    this.#unwatch = undefined;
    this.#section = section;
    if (!section) return;
    showOnTop(section);
    const leave = this.#focus.watch(section);
    section.addEventListener('animationend', this.#lookSoon);
    // It has no size where it is not rendered any more.
    const resizes = new ResizeObserver(this.#lookSoon);
    resizes.observe(section);
    const stop = watchTopLayer(this.#host.ownerDocument, this.#lookSoon);
    this.#unwatch = () => {
      leave();
      section.removeEventListener('animationend', this.#lookSoon);
      resizes.disconnect();
      stop();
      clearTimeout(this.#lookTimer);
      clearTimeout(this.#hiddenTimer);
      this.#lookTimer = this.#hiddenTimer = undefined;
    };
  }

  readonly #lookSoon = (): void => {
    this.#lookTimer ??= setTimeout(() => {
      this.#lookTimer = undefined;
      this.#look();
    });
  };

  #look(): void {
    if (!this.#section || !this.#prompt) return;
    const obstacle = this.#place();
    if (!obstacle) {
      clearTimeout(this.#hiddenTimer);
      this.#hiddenTimer = undefined;
      return this.#announce();
    }
    if (this.#reported.has(obstacle.message)) return;
    this.#hiddenTimer ??= setTimeout(() => this.#report(), hiddenMs);
  }

  #report(): void {
    this.#hiddenTimer = undefined;
    const obstacle = this.#place();
    if (!obstacle || this.#reported.has(obstacle.message)) return;
    this.#reported.add(obstacle.message);
    this.#hidden(obstacle);
  }

  /** Returns why the prompt cannot be used, if a person is needed. */
  #place(): PromptObstacle | undefined {
    const section = this.#section;
    if (!section) return undefined;
    this.#carryStyles(section);
    let obstacle = promptObstacle(section);
    if (!obstacle) return undefined;
    showOnTop(section);
    obstacle = promptObstacle(section);
    if (!obstacle || !this.#prompt?.needed) return undefined;
    if (obstacle.styled) return obstacle;
    if (!this.#outer) return this.#moveOut() ? undefined : obstacle;
    // Back into the element first, and from there to wherever else it can be used.
    this.#removeOuter();
    this.#host.requestUpdate();
    return obstacle;
  }

  #moveOut(): boolean {
    const { ownerDocument } = this.#host;
    const outer = platformMember(ownerDocument, 'createElement')('div');
    outer.className = 'gc-auth-messenger-prompt';
    // A dialog may close for clicks outside its box.
    outer.addEventListener('click', (event) => event.stopPropagation());
    const root = outer.attachShadow({ mode: 'open' });
    adoptStyles(root, [...this.#styles]);
    render(this.#template, root);
    const section = root.querySelector<HTMLElement>('.prompt')!;
    // It may have faded in already, and is measured at once.
    section.style.animation = 'none';
    for (const parent of promptParents(ownerDocument)) {
      parent?.append(outer);
      this.#outer = outer;
      this.#carryStyles(section);
      showOnTop(section);
      if (promptObstacle(section)) continue;
      this.#watch(section);
      this.#host.requestUpdate();
      return true;
    }
    this.#removeOuter();
    return false;
  }

  #removeOuter(): void {
    this.#outer?.remove();
    this.#outer = undefined;
  }

  /** By script, because a policy of the page may forbid style attributes. */
  #carryStyles(section: HTMLElement): void {
    const { position } = this.#prompt!;
    section.style.setProperty('--_side-space', position ? `${position.sideSpace}px` : null);
    // Space around the button that belongs to Messenger's launcher.
    section.style.setProperty('--_bottom-space', position ? `${position.bottomSpace + 8}px` : null);
    if (!this.#outer) return;
    const style = getComputedStyle(this.#host);
    for (const name of inherited) this.#outer.style.setProperty(name, style.getPropertyValue(name));
  }

  /** The same message in another language, or in another place, is not announced a second time. */
  #announce(): void {
    const section = this.#section!;
    const { meaning, pending } = this.#prompt!;
    const { parentNode: parent } = this.#outer ?? this.#host;
    const said = this.#announced;
    if (said?.meaning !== meaning) {
      section.ariaLive = pending ? 'off' : 'polite';
      if (!pending) this.#announced = { meaning, lang: section.lang, parent };
      return;
    }
    if (said.lang !== section.lang || said.parent !== parent) section.ariaLive = 'off';
  }
}
