import { after } from '../runtime.js';
import { element } from './dom.js';
import { LauncherButton } from './launcher-button.js';
import { styleSheet } from './styles.js';
import type { UiSources } from './view-state.js';
import { viewState } from './view-state.js';
import { WindowView } from './window-view.js';

const caller = 'MessengerUI';

/** Puts launcher and window into the page, and keeps them true. */
export function mountUi(sources: UiSources): void {
  const { runtime, auth, messaging, messenger, launcher } = sources;
  const { bus, stopped } = runtime;
  const command = (name: string, data?: unknown): Promise<unknown> => bus.command(caller, name, data);
  const quietly = (name: string): void => void command(name).catch(() => undefined);
  let steppingUp = false;
  let restoring = true;
  let wasOpen = false;

  const host = element('div', { id: 'genesys-messenger' });
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [styleSheet()];
  const button = new LauncherButton(() => quietly('Messenger.toggle'));
  const view = new WindowView(runtime.switches.keepsDraft ? runtime.tabStorage : undefined, runtime.deploymentId, {
    close: () => quietly('Messenger.close'),
    send: (message) => command('MessagingService.sendMessage', { message }),
    typing: () => quietly('MessagingService.sendTyping'),
    signIn: () => quietly('Auth.getTokens'),
    stepUp: () => quietly('MessagingService.stepUpConversation'),
    reAuthenticate: () => {
      waiting.restart();
      quietly('Auth.reAuthenticate');
    },
    resume: () => messaging.open(),
  });
  root.append(view.node, button.node);

  const waiting = new Patience((act) => after(runtime, runtime.timing.reAuthenticateButtonMs, act), render);

  function render(): void {
    const state = viewState(sources, navigator.onLine);
    waiting.watch(state.notice === 're-authenticating');
    host.hidden = state.gone;
    button.render(state);
    view.render(state, steppingUp, waiting.over);
    if (state.open !== wasOpen) moveFocus(state.open);
    wasOpen = state.open;
  }

  function moveFocus(open: boolean): void {
    // A window that opens because it was open before the reload must not take the focus from the page.
    if (open && !restoring) view.composer.focus();
    if (!open && (root.activeElement === null || view.node.contains(root.activeElement))) {
      if (document.activeElement === host || document.activeElement === document.body) button.node.focus();
    }
  }

  const scheduled = coalesced(render);
  for (const changes of [
    messaging.session.changes,
    messaging.conversation.changes,
    messenger.changes,
    launcher.changes,
  ]) {
    changes.add(scheduled);
  }
  auth?.tokens.changes.add((change) => {
    if (change === 'logged-out') view.composer.discardDraft();
    scheduled();
  });
  const setSteppingUp = (value: boolean) => (): void => {
    steppingUp = value;
    scheduled();
  };
  bus.subscribe(caller, 'Auth.signingIn', setSteppingUp(true));
  // It is the provider's word that takes the button out of its wait: without it, it stays.
  bus.subscribe(caller, 'AuthProvider.signedIn', setSteppingUp(false));
  bus.subscribe(caller, 'AuthProvider.signInFailed', setSteppingUp(false));
  addEventListener('online', scheduled, { signal: stopped });
  addEventListener('offline', scheduled, { signal: stopped });
  stopped.addEventListener('abort', () => host.remove());
  document.body.append(host);
  render();
  setTimeout(() => (restoring = false));
}

/** Many changes in one turn are drawn once. */
function coalesced(act: () => void): () => void {
  let due = false;
  return () => {
    if (due) return;
    due = true;
    queueMicrotask(() => {
      due = false;
      act();
    });
  };
}

/** How long something may last before a button is offered. */
class Patience {
  over = false;
  readonly #wait: (act: () => void) => () => void;
  readonly #onOver: () => void;
  #cancel: (() => void) | undefined;

  constructor(wait: (act: () => void) => () => void, onOver: () => void) {
    this.#wait = wait;
    this.#onOver = onOver;
  }

  watch(lasting: boolean): void {
    if (!lasting) this.#end();
    else if (!this.over) this.#cancel ??= this.#wait(() => this.#run());
  }

  restart(): void {
    this.#end();
    this.#onOver();
  }

  #run(): void {
    this.#cancel = undefined;
    this.over = true;
    this.#onOver();
  }

  #end(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.over = false;
  }
}
