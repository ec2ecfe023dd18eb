import Keycloak from 'keycloak-js';
import { clientId, domain } from './settings.js';

Object.assign(window, { library: new Keycloak({ url: `https://${domain}`, realm: 'bench', clientId }) });
