import type { AuthFlows } from '../auth/auth-flows.js';
import type { Messaging } from '../messaging/messaging-plugin.js';
import type { Runtime } from '../runtime.js';
import type { Launcher } from './launcher-plugin.js';
import type { MessengerWindow } from './messenger-plugin.js';

/** Everything that the view depends on. */
export interface UiSources {
  runtime: Runtime;
  auth: AuthFlows | undefined;
  messaging: Messaging;
  messenger: MessengerWindow;
  launcher: Launcher;
}

export interface Entry {
  /** Stays the same when the server confirms the message. */
  key: string;
  from: 'person' | 'agent';
  text: string;
  /** Epoch milliseconds. */
  time: number;
  pending: boolean;
}

/** Content of the line between header and transcript. */
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

/** What the launcher and the window render. */
export interface ViewState {
  /** After `Messenger.clear`. */
  cleared: boolean;
  open: boolean;
  launcherVisible: boolean;
  /** First name of the signed-in person; `undefined` without a JWT. */
  person: string | undefined;
  notice: Notice;
  canSend: boolean;
  entries: Entry[];
}

export function viewState({ auth, messaging, messenger, launcher }: UiSources, online: boolean): ViewState {
  const claims = auth?.tokens.store.claims;
  return {
    cleared: messenger.cleared,
    open: messenger.isOpen,
    launcherVisible: launcher.visible,
    person: claims && (claims.given_name ?? claims.sub),
    notice: noticeOf(auth, messaging, online),
    canSend: !messaging.authenticating && messaging.session.phase !== 'ended',
    entries: entriesOf(messaging),
  };
}

function noticeOf(auth: AuthFlows | undefined, { session }: Messaging, online: boolean): Notice {
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
  const confirmed = conversation.transcript.messages.map(({ id, clientId, from, text, time }): Entry => ({
    key: clientId ?? id,
    from,
    text,
    time,
    pending: false,
  }));
  const unconfirmed = conversation.outbox.messages.map(({ id, text, time }): Entry => ({
    key: id,
    from: 'person',
    text,
    time,
    pending: true,
  }));
  return [...confirmed, ...unconfirmed];
}
