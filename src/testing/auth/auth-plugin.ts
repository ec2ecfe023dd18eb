import { provideCommand, registerBuiltInPlugin } from '../bus/plugin.js';
import type { Plugin } from '../bus/plugin.js';
import type { Runtime } from '../runtime.js';
import { startTimer } from '../timing.js';
import { AuthFlows } from './auth-flows.js';

/**
 * The `Auth` plugin: its commands, and the sign-in at page load. Events:
 * https://developer.genesys.cloud/commdigital/digital/webmessaging/messengersdk/SDKCommandsEvents/authPlugin
 *
 * @returns `undefined` for a deployment without authentication: Genesys does not start the plugin there
 */
export function startAuthPlugin(runtime: Runtime): AuthFlows | undefined {
  if (!runtime.config.auth?.enabled) return undefined;
  const plugin = registerBuiltInPlugin(runtime.bus, 'Auth');
  const auth = new AuthFlows(runtime, plugin);
  provideCommand(plugin, 'getTokens', () => auth.getTokens());
  provideCommand(plugin, 'refreshToken', () => auth.refresh());
  provideCommand(plugin, 'reAuthenticate', () => auth.reAuthenticate());
  provideCommand(plugin, 'logout', () => auth.signOut.logout());
  // Undocumented: the native Sign-in button's command. It does the same as the documented one.
  provideCommand(plugin, 'signIn', () => plugin.command('MessagingService.stepUpConversation'));
  const hasStoredTokens = auth.tokens.useStored();
  plugin.ready();
  if (hasStoredTokens) auth.tokens.announce('authenticated');
  watchAuthProvider(runtime, plugin, auth, hasStoredTokens);
  return auth;
}

/** The first `AuthProvider.ready` starts the first sign-in. A later one can end a stuck re-authentication. */
function watchAuthProvider(runtime: Runtime, plugin: Plugin, auth: AuthFlows, hasStoredTokens: boolean): void {
  const { bus, switches, timing } = runtime;
  let wasReady = false;
  bus.subscribe('GenesysJS', 'AuthProvider.ready', () => {
    const signsIn = !wasReady && !hasStoredTokens && switches.firstAuthCode === 'at-load';
    wasReady = true;
    if (signsIn || auth.reAuthentication.awaitsNudge) auth.getTokens().catch(() => undefined);
  });
  if (hasStoredTokens) return;
  startTimer(runtime, timing.authProviderMs, () => {
    if (!wasReady) plugin.publish('authProviderError', { message: 'AuthProvider plugin is not ready' });
  });
}
