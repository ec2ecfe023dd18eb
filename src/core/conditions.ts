import type { Config } from './config.js';
import type { SharedRecord } from './shared-record.js';

/** What a rule may read besides the model: clock, page, browser, shared record, configuration. */
export interface Conditions {
  /** Epoch ms on a clock that never goes backwards. */
  readonly now: number;
  /** 0…1; a new number for every input. */
  readonly random: number;
  readonly visible: boolean;
  readonly online: boolean;
  /**
   * The browser lets a popup open, because the person has just acted.
   * @see https://developer.mozilla.org/docs/Web/Security/User_activation
   */
  readonly activated: boolean;
  /** Popups can work here. */
  readonly popups: boolean;
  /** Hidden frames are known not to work with this provider in this browser. */
  readonly framesUnusable: boolean;
  /** The provider is probably on another site, so the browser may keep its cookies from frames. */
  readonly crossSite: boolean;
  /** The page may go to the provider by itself: nobody has used it yet, and it has not done so in vain before. */
  readonly silentRedirect: boolean;
  readonly record: SharedRecord;
  /** `at` of the sign-out that the record had when this page was loaded; undefined when it had none. */
  readonly signOutAtLoad: number | undefined;
  readonly config: Pick<
    Config,
    'signInModes' | 'codeProvider' | 'renew' | 'silentTimeoutMs' | 'popupTimeoutMs' | 'storageAccessUri' | 'identity'
  >;
}
