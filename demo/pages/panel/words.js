/** @type {Record<string, string>} what each state means to a visitor */
export const stateWords = {
  loading: 'Messenger is on its way.',
  'signed-out': 'Nobody is signed in.',
  'signing-in': 'A code is being fetched from the provider.',
  'signed-in': 'Genesys confirmed who this is.',
  renewing: 'A fresh JWT is being fetched; chat goes on.',
  reauthenticating: 'Messenger asked for a new sign-in.',
  'interaction-required': 'A person has to act: see the prompt.',
  failed: 'It does not work, and says why below.',
};

/** @type {Record<string, [tone: string, words: string]>} what became of an attempt to get a code */
export const verdictWords = {
  code: ['good', 'The provider gave a code.'],
  'signed-in': ['good', 'Genesys took the code, and confirmed who this is.'],
  skipped: ['neutral', 'Not tried: frames did not work here before.'],
  cancelled: ['neutral', 'The person changed their mind.'],
  'login-required': ['person', 'The provider wants a person.'],
  'silent-refused': ['person', 'A page instead of an answer, or no framing.'],
  'silent-timeout': ['person', 'No answer in time.'],
  'popup-blocked': ['person', 'The browser wants a click first.'],
  'popup-closed': ['person', 'The person closed the window.'],
  'popup-timeout': ['person', 'Nobody signed in, for too long.'],
  offline: ['neutral', 'No network.'],
};

/** @type {Record<string, string>} */
const tokenTitles = {
  'sign-in': 'JWT from a fresh code',
  refresh: 'JWT renewed',
  restored: 'JWT kept from before',
  'step-up': 'JWT after step-up',
};

/** @type {Record<string, {kind: string, title: string}>} the Messenger events that tell the story; all others are detail */
const messengerTitles = {
  'AuthProvider.getAuthCode': { kind: 'code', title: 'Messenger asks for a code' },
  'AuthProvider.reAuthenticate': { kind: 'code', title: 'Messenger asks for a new sign-in' },
  'AuthProvider.signIn': { kind: 'code', title: 'Messenger asks to step up' },
  'Auth.authenticating': { kind: 'code', title: 'A code goes to the exchange' },
  'Auth.loggedOut': { kind: 'socket', title: 'Signed out of Messenger' },
  'Auth.error': { kind: 'refusal', title: 'Genesys refused' },
  'Auth.authError': { kind: 'refusal', title: 'Genesys refused' },
  'Auth.tokenError': { kind: 'refusal', title: 'Genesys refused the token' },
  'Auth.logoutError': { kind: 'refusal', title: 'Genesys refused the sign-out' },
  'MessagingService.offline': { kind: 'socket', title: 'Socket lost' },
  'MessagingService.reconnecting': { kind: 'socket', title: 'Reconnecting' },
  'MessagingService.reconnected': { kind: 'socket', title: 'Connected again' },
  'MessagingService.started': { kind: 'socket', title: 'Conversation started' },
  'MessagingService.restored': { kind: 'socket', title: 'Conversation restored' },
};

/** @param {{source: string, issuedAt: number, expiresAt: number}} token */
export function tokenEntry(token) {
  const seconds = Math.round((token.expiresAt - token.issuedAt) / 1000);
  return {
    kind: token.source === 'refresh' ? 'refresh' : 'token',
    title: tokenTitles[token.source] ?? token.source,
    detail: `lives ${seconds} s`,
  };
}

/** @param {{state: string, previous?: string, reason?: string}} change */
export function stateEntry({ state, previous, reason }) {
  const title = previous ? `${previous} → ${state}` : state;
  return { kind: state === 'interaction-required' ? 'prompt' : 'state', title, detail: reason };
}

/** @param {any} error a GcAuthError */
export function errorEntry({ code, message, hint, trace }) {
  return { kind: 'error', title: code, detail: message, hint, trace };
}

/** @param {{name: string, data?: any}} event */
export function messengerEntry({ name, data }) {
  const told = messengerTitles[name];
  const contextId = data?.contextId ?? data?.error?.contextId;
  const facts = [told && name, data?.message ?? data?.error?.message, contextId && `contextId ${contextId}`];
  const detail = facts.filter((text) => typeof text === 'string').join(' · ');
  return told ? { ...told, detail } : { kind: 'messenger', title: breakable(name), detail, minor: true };
}

/** Long names may break after the plugin's. */
const breakable = (/** @type {string} */ name) => name.replace('.', '.\u200b');
