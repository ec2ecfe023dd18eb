import { joinSecrets, ownSecrets } from '../core/secrets.js';
import type { SecretRegistry } from '../core/secrets.js';

/** The number is the version of the interface: a copy with another one keeps to itself. */
const slot = Symbol.for('gc-auth-messenger:secrets:1');

const isRegistry = (value: unknown): value is SecretRegistry => {
  const { version, remember, find } = Object(value) as Partial<SecretRegistry>;
  return version === 1 && typeof remember === 'function' && typeof find === 'function';
};

/**
 * Shares the registry of secrets with the other copies of the bundle in this window: what one copy hears, another may log.
 * The window holds functions that remember and find, not the secrets.
 */
export function shareSecrets(win: Window): void {
  const found = (win as { [slot]?: unknown })[slot];
  if (isRegistry(found)) joinSecrets(found);
  else Reflect.defineProperty(win, slot, { value: Object.freeze(ownSecrets()), configurable: true });
}
