import { html, nothing } from 'lit';
import type { ReactiveControllerHost, TemplateResult } from 'lit';
import type { GenesysConfig } from '../core/config.js';
import type { LauncherLook } from '../core/launcher-look.js';
import { setStyles } from './set-styles.js';
import { isOnLeft } from './side.js';
import type { Texts } from './texts.js';

export interface LauncherView {
  readonly texts: Texts;
  /** Messenger is being fetched. */
  readonly busy: boolean;
  readonly open: () => void;
}

interface LauncherHost extends ReactiveControllerHost, Element {
  /** How the deployment wants its launcher; undefined where it has none. Never rejects. */
  launcherLook(config: GenesysConfig): Promise<LauncherLook | undefined>;
}

/** Distance of Messenger’s button from the edges of its frame, in CSS px. */
const inFrame = { side: 8, bottom: 12 };

/**
 * A launcher in Messenger's place until the first click fetches it. It is drawn once the look is known, so that nothing
 * jumps, and not at all where the deployment has no launcher.
 */
export class Launcher {
  constructor(host: LauncherHost) {
    this.#host = host;
  }

  readonly #host: LauncherHost;
  /** The deployment that the look is of. */
  #of = '';
  #look: LauncherLook | undefined;
  #iconFailed = false;

  template(genesys: GenesysConfig, { texts, busy, open }: LauncherView): TemplateResult | typeof nothing {
    const of = `${genesys.configOrigin} ${genesys.deploymentId}`;
    if (of !== this.#of) void this.#fetch(genesys, of);
    const look = this.#look;
    if (!look) return nothing;
    const { strings, lang, dir } = texts;
    const text = look.showText ? (look.text(lang) ?? strings.launcher) : undefined;
    return html`<button
      class="launcher"
      part="launcher"
      type="button"
      lang=${lang}
      dir=${dir}
      ${setStyles(this.#styles(look))}
      aria-label=${text === undefined ? strings.launcher : nothing}
      aria-expanded="false"
      aria-busy=${busy}
      @click=${open}
    >
      ${look.showIcon ? this.#icon(look) : nothing}${text}
    </button>`;
  }

  async #fetch(genesys: GenesysConfig, of: string): Promise<void> {
    this.#of = of;
    this.#look = undefined;
    const look = await this.#host.launcherLook(genesys);
    if (of !== this.#of) return;
    this.#look = look;
    this.#iconFailed = false;
    this.#host.requestUpdate();
  }

  /** What the page sets in custom properties counts more than the deployment. */
  #styles({ position, color, contentColor }: LauncherLook): Record<string, string> {
    const edge = isOnLeft(position, this.#host.ownerDocument) ? 'left' : 'right';
    const ofPage = getComputedStyle(this.#host).getPropertyValue('--gc-accent-color').trim() !== '';
    return {
      [edge]: `calc(var(--gc-inset, ${position.sideSpace + inFrame.side}px) + env(safe-area-inset-${edge}))`,
      bottom: `calc(var(--gc-inset, ${position.bottomSpace + inFrame.bottom}px) + env(safe-area-inset-bottom))`,
      ...(!ofPage && { background: color, color: contentColor }),
    };
  }

  /** An image that is gone, or that the page's policy forbids, leaves Messenger's usual icon. */
  #icon({ icon }: LauncherLook): TemplateResult {
    const failed = (): void => {
      this.#iconFailed = true;
      this.#host.requestUpdate();
    };
    return icon && !this.#iconFailed
      ? html`<img src=${icon} alt="" width="28" height="28" referrerpolicy="no-referrer" @error=${failed} />`
      : bubble;
  }
}

const bubble = html`<svg class="bubble" width="28" height="28" viewBox="0 0 24 24" aria-hidden="true">
  <path
    d="M12 3C6.5 3 2 6.8 2 11.5c0 2.5 1.3 4.8 3.4 6.3-.1 1.1-.6 2.3-1.5 3.2 1.8 0 3.5-.7 4.7-1.7 1.1.3 2.2.5 3.4.5 5.5 0 10-3.8 10-8.3S17.5 3 12 3z"
  />
</svg>`;
