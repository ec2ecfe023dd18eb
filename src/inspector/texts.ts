import type { Entry, StateRecord, TokenRecord, Tone } from './records.js';

/** What each state means. */
export const stateTexts: Readonly<Record<string, string>> = {
  loading: 'Messenger is loading.',
  'signed-out': 'Nobody is signed in.',
  'signing-in': 'The element gets a code and has it exchanged.',
  'signed-in': 'Genesys confirmed the sign-in.',
  renewing: 'The element gets a new JWT. Chat still works.',
  reauthenticating: 'Messenger needs a new code.',
  'interaction-required': 'A person must sign in.',
  failed: 'Chat does not work. The history says why.',
};

const stateTones: Readonly<Record<string, Tone>> = {
  'signing-in': 'busy',
  'signed-in': 'good',
  renewing: 'renew',
  reauthenticating: 'warn',
  'interaction-required': 'person',
  failed: 'bad',
};

const verdictTexts: Readonly<Record<string, readonly [Tone, string]>> = {
  code: ['good', 'The provider returned a code.'],
  skipped: ['neutral', 'Not tried: it did not work here before.'],
  cancelled: ['neutral', 'The attempt was cancelled.'],
  offline: ['neutral', 'There was no network.'],
  'login-required': ['person', 'The provider requires a login.'],
  'silent-refused': ['person', 'The provider showed a page in the frame, or refuses frames.'],
  'silent-timeout': ['person', 'The frame gave no answer in time.'],
  'popup-blocked': ['person', 'The browser opens popups only in a click.'],
  'popup-closed': ['person', 'The person closed the popup.'],
  'popup-timeout': ['person', 'The person did not sign in in time.'],
};

const lookUp = <Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

export const toneOfState = (state: string): Tone => lookUp(stateTones, state) ?? 'neutral';

export const textOfState = (state: string): string =>
  lookUp(stateTexts, state) ?? 'The inspector does not know this state.';

export const verdict = (name: string): readonly [Tone, string] =>
  lookUp(verdictTexts, name) ?? ['bad', 'The attempt failed. The history has a hint.'];

const sources: Readonly<Record<string, string>> = {
  'sign-in': 'JWT from a new code',
  refresh: 'JWT renewed',
  restored: 'JWT from an earlier page',
  'step-up': 'JWT from a step-up',
};

export const sourceTitle = ({ source }: TokenRecord): string => lookUp(sources, source) ?? `JWT from ${source}`;

/** The Messenger events that the history shows; the list of events has all. */
const mainEvents: Readonly<Record<string, string>> = {
  'AuthProvider.getAuthCode': 'Messenger requests a code',
  'AuthProvider.reAuthenticate': 'Messenger requests a new sign-in',
  'AuthProvider.signIn': 'Messenger requests a step-up',
  'Auth.authenticating': 'Genesys exchanges the code',
  'Auth.loggedOut': 'Messenger is signed out',
  'Auth.error': 'Genesys refused',
  'Auth.authError': 'Genesys refused the sign-in',
  'Auth.tokenError': 'Genesys refused the token',
  'Auth.logoutError': 'Genesys refused the sign-out',
  'MessagingService.offline': 'The socket is lost',
  'MessagingService.reconnecting': 'The socket reconnects',
  'MessagingService.reconnected': 'The socket is back',
  'MessagingService.started': 'Conversation started',
  'MessagingService.restored': 'Conversation restored',
};

export const mainEvent = (name: string): string | undefined => lookUp(mainEvents, name);

const toneOfKind: Readonly<Record<Entry['kind'], Tone>> = {
  state: 'neutral',
  token: 'good',
  attempt: 'busy',
  error: 'bad',
  person: 'person',
  messenger: 'neutral',
  note: 'busy',
};

export const toneOfEntry = ({ kind, tone }: Entry): Tone => tone ?? toneOfKind[kind];

export const stateTitle = (previous: StateRecord | undefined, { state }: StateRecord): string =>
  previous ? `${previous.state} → ${state}` : state;
