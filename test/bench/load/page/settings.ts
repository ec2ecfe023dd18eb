/** Libraries are constructed and ask nobody, so there need be no such provider: RFC 6761 §6.4 keeps the name unused. */
export const domain = 'login.invalid';
export const clientId = 'bench';
export const redirectUri = `${location.origin}/callback.html`;
