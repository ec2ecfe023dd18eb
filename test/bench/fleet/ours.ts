import type { Conditions } from '../../../src/core/conditions.js';
import type { Effect } from '../../../src/core/effect.js';
import { GcAuthError } from '../../../src/core/errors.js';
import type { PluginCall, Jwt } from '../../../src/core/messenger.js';
import type { Input } from '../../../src/core/input.js';
import { initialModel, nextDue } from '../../../src/core/model.js';
import type { Model } from '../../../src/core/model.js';
import type { SharedRecord } from '../../../src/core/shared-record.js';
import { transition } from '../../../src/core/transition.js';
import { Meter } from './load.js';
import { DueQueue } from './queue.js';
import { assumptions, isOut, numbers, starts } from './scenario.js';
import type { Start } from './scenario.js';

const { browsers, endsMs, errorPageMs, genesysMs, jwtLifeMs, outageEndsMs, providerMs, seenEveryMs } = assumptions;

/** A browser with one tab, whose rules are the real ones. */
interface Browser {
  model: Model;
  record: SharedRecord;
  /** When its last tick was put into the queue for, ms. */
  tickAt: number;
  asks: number;
  prompted: boolean;
  readonly queue: DueQueue<Input | 'seen'>;
}

const config: Conditions['config'] = {
  codeProvider: false,
  signInModes: ['silent', 'popup'],
  renew: 'auto',
  silentTimeoutMs: 10_000,
  popupTimeoutMs: 300_000,
};

export interface Outcome {
  readonly meter: Meter;
  /** How many browsers asked a person at any time. */
  readonly prompted: number;
  /** How many were signed in ten minutes after the outage. */
  readonly signedIn: number;
}

/** Nobody waits for another, so each browser lives its hour alone, and only the calls are counted together. */
export function ourFleet(start: Start): Outcome {
  const random = numbers(20_261_122);
  const meter = new Meter(endsMs / 1000);
  const outcome = { meter, prompted: 0, signedIn: 0 };
  for (let number = 0; number < browsers; number++) {
    const { prompted, signedIn } = live(random() * starts[start], random, meter);
    if (prompted) outcome.prompted++;
    if (signedIn) outcome.signedIn++;
  }
  return outcome;
}

const jwt = (at: number): Jwt => ({
  jwt: String(at),
  claims: { sub: 'ada', iat: at / 1000, exp: (at + jwtLifeMs) / 1000 },
});

/** One browser, from the moment at which it got a JWT. */
function live(begins: number, random: () => number, meter: Meter): { prompted: boolean; signedIn: boolean } {
  const queue = new DueQueue<Input | 'seen'>();
  const browser: Browser = { model: initialModel, record: {}, tickAt: 0, asks: 0, prompted: false, queue };
  const seen = (): number => -Math.log(1 - random()) * seenEveryMs;
  const isSignedIn = (): boolean => browser.model.phase.name === 'signed-in';

  const stored: readonly Input[] = [
    { type: 'start', loopEntries: [], blocked: false },
    { type: 'loaded', allowSessionUpgrade: false },
    { type: 'auth-ready', authenticated: true },
    { type: 'authenticated', token: jwt(begins) },
  ];
  for (const input of stored) step(browser, input, begins, random(), meter);
  queue.add(begins + seen(), 'seen');

  let signedIn: boolean | undefined;
  for (let next = queue.take(); next && next[0] < endsMs; next = queue.take()) {
    const [at, input] = next;
    if (at >= outageEndsMs + 600_000) signedIn ??= isSignedIn();
    if (input === 'seen') queue.add(at + seen(), 'seen');
    // A tick that was overtaken is none.
    if (input !== 'seen' && input.type === 'tick' && nextDue(browser.model, true) > at) continue;
    step(browser, input === 'seen' ? { type: 'wake', reason: 'visibilitychange' } : input, at, random(), meter);
  }
  return { prompted: browser.prompted, signedIn: signedIn ?? isSignedIn() };
}

function step(browser: Browser, input: Input, now: number, random: number, meter: Meter): void {
  const { record, queue } = browser;
  const seen = { visible: true, online: true, activated: false, popups: true, framesUnusable: false };
  const [model, effects] = transition(browser.model, input, { now, random, record, config, ...seen });
  browser.model = model;
  browser.prompted ||= model.phase.name === 'interaction-required';
  for (const effect of effects) run(browser, effect, now, meter);
  const due = nextDue(model, true);
  if (due === Infinity || due === browser.tickAt) return;
  browser.tickAt = due;
  queue.add(Math.max(due, now), { type: 'tick' });
}

/** What Messenger, Genesys and the provider make of an effect. */
function run(browser: Browser, effect: Effect, at: number, meter: Meter): void {
  const later = (ms: number, input: Input): void => browser.queue.add(at + ms, input);
  const call = (): boolean => {
    meter.count(at);
    return !isOut(at);
  };
  const requestCode = (command: PluginCall['command']): void =>
    later(1, { type: 'plugin-called', call: { id: ++browser.asks, command, forceUpdate: false } });

  switch (effect.do) {
    case 'share':
      browser.record = effect.record;
      return;
    case 'refresh': {
      const { operationId } = effect;
      if (call()) return later(genesysMs, { type: 'authenticated', token: jwt(at) });
      return later(genesysMs, { type: 'command-settled', operationId, failure: { status: 503 } });
    }
    case 'code': {
      const { operationId } = effect;
      const grant = { authCode: String(at), redirectUri: '' };
      if (call()) return later(providerMs, { type: 'code-received', operationId, grant });
      return later(errorPageMs, { type: 'code-failed', operationId, error: new GcAuthError('silent-refused') });
    }
    case 'command':
      if (effect.name === 'Auth.getTokens') requestCode('getAuthCode');
      if (effect.name === 'Auth.reAuthenticate') requestCode('reAuthenticate');
      return;
    case 'answer':
      later(1, { type: 'authenticating' });
      if (call()) return later(genesysMs, { type: 'authenticated', token: jwt(at) });
      return later(genesysMs, { type: 'auth-error', event: 'Auth.error', failure: { status: 503 } });
    default:
  }
}
