import { UserManager } from 'oidc-client-ts';

// https://authts.github.io/oidc-client-ts/classes/UserManager.html#signinsilentcallback
void new UserManager({ authority: '', client_id: '', redirect_uri: '' }).signinSilentCallback();
