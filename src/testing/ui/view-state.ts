import type { Auth } from '../auth/auth.js';
import type { Messaging } from '../messaging/messaging-plugin.js';
import type { Launcher, MessengerWindow } from '../messenger-plugins.js';
import type { Runtime } from '../runtime.js';

/** What the launcher and the window are drawn from. */
export interface UiSources {
  runtime: Runtime;
  auth: Auth | undefined;
  messaging: Messaging;
  messenger: MessengerWindow;
  launcher: Launcher;
}

export interface Entry {
  /** The same before and after the server confirmed the message. */
  key: string;
  from: 'person' | 'agent';
  text: string;
  /** Epoch milliseconds. */
  time: number;
  pending: boolean;
}

/** The one line between header and transcript. */
export type Notice =
  | 'none'
  | 'connecting'
  | 'reconnecting'
  | 'offline'
  | 'signing-in'
  | 'sign-in-needed'
  | 're-authenticating'
  | 'guest'
  | 'ended';

export interface ViewState {
  gone: boolean;
  open: boolean;
  launcherVisible: boolean;
  /** First name of whom Messenger holds a JWT; `undefined` without one. */
  person: string | undefined;
  notice: Notice;
  canSend: boolean;
  entries: Entry[];
}

export function viewState({ auth, messaging, messenger, launcher }: UiSources, online: boolean): ViewState {
  const claims = auth?.tokens.store.claims;
  return {
    gone: messenger.cleared,
    open: messenger.isOpen,
    launcherVisible: launcher.visible,
    person: claims && (claims.given_name ?? claims.sub),
    notice: noticeOf(auth, messaging, online),
    canSend: !messaging.authenticating && messaging.session.phase !== 'ended',
    entries: entriesOf(messaging),
  };
}

function noticeOf(auth: Auth | undefined, { session }: Messaging, online: boolean): Notice {
  if (auth?.reAuthentication.outstanding) return 're-authenticating';
  switch (session.phase) {
    case 'awaiting-auth':
      return auth?.authenticating ? 'signing-in' : 'sign-in-needed';
    case 'connecting':
      return online ? 'connecting' : 'offline';
    case 'reconnecting':
      return online ? 'reconnecting' : 'offline';
    case 'ended':
      return 'ended';
    case 'active':
      return auth && !session.authenticated ? 'guest' : 'none';
    case 'idle':
      return 'none';
  }
}

function entriesOf({ conversation }: Messaging): Entry[] {
  const said = conversation.transcript.messages.map(({ id, clientId, from, text, time }): Entry => ({
    key: clientId ?? id,
    from,
    text,
    time,
    pending: false,
  }));
  const waiting = conversation.outbox.messages.map(({ id, text, time }): Entry => ({
    key: id,
    from: 'person',
    text,
    time,
    pending: true,
  }));
  return [...said, ...waiting];
}
