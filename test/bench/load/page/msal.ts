import { ProtocolMode, PublicClientApplication } from '@azure/msal-browser';
import { clientId, domain, redirectUri } from './settings.js';

const application = new PublicClientApplication({
  auth: { clientId, authority: `https://${domain}`, knownAuthorities: [domain], redirectUri },
  system: { protocolMode: ProtocolMode.OIDC },
});

Object.assign(window, { library: application, ready: application.initialize() });
