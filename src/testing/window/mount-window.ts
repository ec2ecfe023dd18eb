import { startTimer } from '../timing.js';
import { bodyOf, element } from './dom.js';
import { LauncherButton, placeMessenger } from './launcher-button.js';
import { styleSheet } from './styles.js';
import type { UiSources } from './view-state.js';
import { viewState } from './view-state.js';
import { WindowView } from './window-view.js';

const caller = 'MessengerUI';

/** Adds launcher and window to the page, and renders them on every change. */
export function mountWindow(sources: UiSources): void {
  const { runtime, auth, messaging, messenger, launcher } = sources;
  const { bus, stopped } = runtime;
  const command = (name: string, data?: unknown): Promise<unknown> => bus.command(caller, name, data);
  const run = (name: string): void => void command(name).catch(() => undefined);
  let steppingUp = false;
  let restoring = true;
  let wasOpen = false;

  const host = element('div', { id: 'genesys-messenger' });
  placeMessenger(host, runtime.config);
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [styleSheet()];
  const button = new LauncherButton(runtime.config, () => run('Messenger.toggle'));
  const view = new WindowView(runtime.switches.keepsDraft ? runtime.tabStorage : undefined, runtime.deploymentId, {
    close: () => run('Messenger.close'),
    send: (message) => command('MessagingService.sendMessage', { message }),
    typing: () => run('MessagingService.sendTyping'),
    signIn: () => run('Auth.getTokens'),
    stepUp: () => run('MessagingService.stepUpConversation'),
    reAuthenticate: () => {
      buttonDelay.restart();
      run('Auth.reAuthenticate');
    },
    resume: () => messaging.open(),
  });
  root.append(view.node, button.node);

  /** The "Re-authenticating…" alert gets a button after a while. */
  const buttonDelay = new Delay(
    (callback) => startTimer(runtime, runtime.timing.reAuthenticateButtonMs, callback),
    render,
  );

  function render(): void {
    const state = viewState(sources, navigator.onLine);
    buttonDelay.update(state.notice === 're-authenticating');
    host.hidden = state.cleared;
    button.render(state);
    view.render(state, steppingUp, buttonDelay.isOver);
    if (state.open !== wasOpen) moveFocus(state.open);
    wasOpen = state.open;
  }

  function moveFocus(open: boolean): void {
    // A window that is restored after a reload must not take the focus from the page.
    if (open && !restoring) view.composer.focus();
    if (!open && (root.activeElement === null || view.node.contains(root.activeElement))) {
      if (document.activeElement === host || document.activeElement === bodyOf(document)) button.node.focus();
    }
  }

  const scheduleRender = oncePerTask(render);
  for (const changes of [
    messaging.session.changes,
    messaging.conversation.changes,
    messenger.changes,
    launcher.changes,
  ]) {
    changes.add(scheduleRender);
  }
  auth?.tokens.changes.add((change) => {
    if (change === 'logged-out') view.composer.discardDraft();
    scheduleRender();
  });
  const setSteppingUp = (value: boolean) => (): void => {
    steppingUp = value;
    scheduleRender();
  };
  bus.subscribe(caller, 'Auth.signingIn', setSteppingUp(true));
  // Messenger shows "Signing in…" until the AuthProvider publishes one of these events, whatever the command returns.
  bus.subscribe(caller, 'AuthProvider.signedIn', setSteppingUp(false));
  bus.subscribe(caller, 'AuthProvider.signInFailed', setSteppingUp(false));
  addEventListener('online', scheduleRender, { signal: stopped });
  addEventListener('offline', scheduleRender, { signal: stopped });
  stopped.addEventListener('abort', () => host.remove());
  bodyOf(document).append(host);
  render();
  setTimeout(() => (restoring = false));
}

/** Several calls in one task run `callback` once, in a microtask. */
function oncePerTask(callback: () => void): () => void {
  let scheduled = false;
  return () => {
    if (scheduled) return;
    scheduled = true;
    queueMicrotask(() => {
      scheduled = false;
      callback();
    });
  };
}

/** Tells when a state has lasted for some time. */
class Delay {
  isOver = false;
  readonly #startTimer: (callback: () => void) => () => void;
  readonly #onChange: () => void;
  #cancel: (() => void) | undefined;

  constructor(start: (callback: () => void) => () => void, onChange: () => void) {
    this.#startTimer = start;
    this.#onChange = onChange;
  }

  /** @param lasts whether the state lasts */
  update(lasts: boolean): void {
    if (!lasts) this.#reset();
    else if (!this.isOver) this.#cancel ??= this.#startTimer(() => this.#end());
  }

  restart(): void {
    this.#reset();
    this.#onChange();
  }

  #end(): void {
    this.#cancel = undefined;
    this.isOver = true;
    this.#onChange();
  }

  #reset(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.isOver = false;
  }
}
