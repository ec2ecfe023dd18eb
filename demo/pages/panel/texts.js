/** @type {Record<string, string>} explanation of each state */
export const stateTexts = {
  loading: 'Messenger is loading.',
  'signed-out': 'Nobody is signed in.',
  'signing-in': 'The element gets a code from the provider.',
  'signed-in': 'Genesys has confirmed the sign-in.',
  renewing: 'The element gets a new JWT. Chat still works.',
  reauthenticating: 'Messenger needs a new sign-in.',
  'interaction-required': 'You have to sign in: see the prompt.',
  failed: 'Chat does not work. The timeline says why.',
};

/** @type {Record<string, [tone: string, text: string]>} explanation of each verdict on an attempt to get a code */
export const verdictTexts = {
  code: ['good', 'The provider returned a code.'],
  'signed-in': ['good', 'Genesys accepted the code.'],
  skipped: ['neutral', 'Not tried: frames did not work here before.'],
  cancelled: ['neutral', 'The person cancelled the sign-in.'],
  'login-required': ['person', 'The provider requires a login.'],
  'silent-refused': ['person', 'The frame showed a page, or the provider refuses frames.'],
  'silent-timeout': ['person', 'No answer in time.'],
  'popup-blocked': ['person', 'The browser opens popups only on a click.'],
  'popup-closed': ['person', 'The person closed the popup.'],
  'popup-timeout': ['person', 'The person did not sign in in time.'],
  offline: ['neutral', 'No network.'],
};

/** @type {Record<string, string>} */
const tokenTitles = {
  'sign-in': 'JWT from a new code',
  refresh: 'JWT renewed',
  restored: 'JWT from an earlier page',
  'step-up': 'JWT from a step-up',
};

/** @type {Record<string, {kind: string, title: string}>} the main Messenger events; all others are minor */
const messengerTitles = {
  'AuthProvider.getAuthCode': { kind: 'code', title: 'Messenger requests a code' },
  'AuthProvider.reAuthenticate': { kind: 'code', title: 'Messenger requests a new sign-in' },
  'AuthProvider.signIn': { kind: 'code', title: 'Messenger requests a step-up' },
  'Auth.authenticating': { kind: 'code', title: 'Genesys exchanges the code' },
  'Auth.loggedOut': { kind: 'socket', title: 'Signed out of Messenger' },
  'Auth.error': { kind: 'refusal', title: 'Genesys refused' },
  'Auth.authError': { kind: 'refusal', title: 'Genesys refused' },
  'Auth.tokenError': { kind: 'refusal', title: 'Genesys refused the token' },
  'Auth.logoutError': { kind: 'refusal', title: 'Genesys refused the sign-out' },
  'MessagingService.offline': { kind: 'socket', title: 'Socket lost' },
  'MessagingService.reconnecting': { kind: 'socket', title: 'Reconnecting' },
  'MessagingService.reconnected': { kind: 'socket', title: 'Reconnected' },
  'MessagingService.started': { kind: 'socket', title: 'Conversation started' },
  'MessagingService.restored': { kind: 'socket', title: 'Conversation restored' },
};

/** @param {{source: string, issuedAt: number, expiresAt: number}} token */
export function tokenEntry(token) {
  const seconds = Math.round((token.expiresAt - token.issuedAt) / 1000);
  return {
    kind: token.source === 'refresh' ? 'refresh' : 'token',
    title: tokenTitles[token.source] ?? token.source,
    detail: `lifetime ${seconds} s`,
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
  const main = messengerTitles[name];
  const contextId = data?.contextId ?? data?.error?.contextId;
  const facts = [main && name, data?.message ?? data?.error?.message, contextId && `contextId ${contextId}`];
  const detail = facts.filter((text) => typeof text === 'string').join(' · ');
  return main ? { ...main, detail } : { kind: 'messenger', title: breakable(name), detail, minor: true };
}

/** Allows a line break after the plugin's name. */
const breakable = (/** @type {string} */ name) => name.replace('.', '.\u200b');
