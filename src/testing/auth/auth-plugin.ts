import { provideCommand } from '../bus/plugin.js';
import type { Plugin } from '../bus/plugin.js';
import type { Runtime } from '../runtime.js';
import { after, registerOwnPlugin } from '../runtime.js';
import { Auth } from './auth.js';

/**
 * The `Auth` plugin: what it does by itself at page load, and its commands. `undefined` where the
 * deployment has no authentication: Genesys does not start the plugin then.
 */
export function startAuthPlugin(runtime: Runtime): Auth | undefined {
  if (!runtime.config.auth?.enabled) return undefined;
  const plugin = registerOwnPlugin(runtime.bus, 'Auth');
  const auth = new Auth(runtime, plugin);
  provideCommand(plugin, 'getTokens', () => auth.getTokens());
  provideCommand(plugin, 'refreshToken', () => auth.refresh());
  provideCommand(plugin, 'reAuthenticate', () => auth.reAuthenticate());
  provideCommand(plugin, 'logout', () => auth.logout());
  // What the native Sign-in button does; undocumented, and the same path as the documented command.
  provideCommand(plugin, 'signIn', () => plugin.command('MessagingService.stepUpConversation'));
  const stored = auth.tokens.adoptStored();
  plugin.ready();
  if (stored) auth.tokens.announce('authenticated');
  listenToProvider(runtime, plugin, auth, stored);
  return auth;
}

/** The first `AuthProvider.ready` starts the first sign-in; a later one is a nudge. */
function listenToProvider(runtime: Runtime, plugin: Plugin, auth: Auth, stored: boolean): void {
  const { bus, switches, timing } = runtime;
  let heard = false;
  bus.subscribe('GenesysJS', 'AuthProvider.ready', () => {
    const first = !heard;
    heard = true;
    const due = first && !stored && switches.firstAuthCode === 'at-load';
    if (due || auth.reAuthentication.awaitsNudge) auth.getTokens().catch(() => undefined);
  });
  if (stored) return;
  after(runtime, timing.authProviderMs, () => {
    if (!heard) plugin.publish('authProviderError', { message: 'AuthProvider plugin is not ready' });
  });
}
