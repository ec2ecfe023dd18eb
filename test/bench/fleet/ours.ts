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

/** A browser with one tab, which runs the real rules. */
interface Browser {
  model: Model;
  record: SharedRecord;
  /** The time of the latest tick in the queue, ms. */
  tickAt: number;
  /** Number of plugin calls so far. */
  calls: number;
  prompted: boolean;
  readonly queue: DueQueue<Input | 'visible'>;
}

const config: Conditions['config'] = {
  codeProvider: false,
  signInModes: ['silent', 'popup'],
  renew: 'auto',
  silentTimeoutMs: 10_000,
  storageAccessUri: undefined,
  popupTimeoutMs: 300_000,
  identity: 'identity',
};

export interface Outcome {
  readonly meter: Meter;
  /** Number of browsers that showed the prompt at any time. */
  readonly prompted: number;
  /** Number of browsers that were signed in ten minutes after the outage. */
  readonly signedIn: number;
}

/** Browsers do not depend on each other, so each hour runs separately, and only the requests are counted together. */
export function ourFleet(start: Start): Outcome {
  const random = numbers(20_261_122);
  const meter = new Meter(endsMs / 1000);
  const outcome = { meter, prompted: 0, signedIn: 0 };
  for (let number = 0; number < browsers; number++) {
    const { prompted, signedIn } = simulate(random() * starts[start], random, meter);
    if (prompted) outcome.prompted++;
    if (signedIn) outcome.signedIn++;
  }
  return outcome;
}

const jwt = (at: number): Jwt => ({
  jwt: String(at),
  claims: { sub: 'ada', iat: at / 1000, exp: (at + jwtLifeMs) / 1000 },
});

/** Simulates one browser, from the moment at which it received a JWT. */
function simulate(startsAt: number, random: () => number, meter: Meter): { prompted: boolean; signedIn: boolean } {
  const queue = new DueQueue<Input | 'visible'>();
  const browser: Browser = { model: initialModel, record: {}, tickAt: 0, calls: 0, prompted: false, queue };
  const untilVisible = (): number => -Math.log(1 - random()) * seenEveryMs;
  const isSignedIn = (): boolean => browser.model.phase.name === 'signed-in';

  const signInInputs: readonly Input[] = [
    { type: 'start', loopEntries: [], blocked: false },
    { type: 'loaded', allowSessionUpgrade: false },
    { type: 'auth-ready', authenticated: true },
    { type: 'authenticated', token: jwt(startsAt) },
  ];
  for (const input of signInInputs) step(browser, input, startsAt, random(), meter);
  queue.add(startsAt + untilVisible(), 'visible');

  let signedIn: boolean | undefined;
  for (let next = queue.take(); next && next[0] < endsMs; next = queue.take()) {
    const [at, input] = next;
    if (at >= outageEndsMs + 600_000) signedIn ??= isSignedIn();
    if (input === 'visible') queue.add(at + untilVisible(), 'visible');
    // The deadline of this tick has been replaced by a later one.
    if (input !== 'visible' && input.type === 'tick' && nextDue(browser.model, true) > at) continue;
    step(browser, input === 'visible' ? { type: 'wake', reason: 'visibilitychange' } : input, at, random(), meter);
  }
  return { prompted: browser.prompted, signedIn: signedIn ?? isSignedIn() };
}

function step(browser: Browser, input: Input, now: number, random: number, meter: Meter): void {
  const { record, queue } = browser;
  const page = { visible: true, online: true, activated: false, popups: true, framesUnusable: false, crossSite: false };
  const [model, effects] = transition(browser.model, input, {
    now,
    random,
    record,
    signOutAtLoad: undefined,
    silentRedirect: false,
    config,
    ...page,
  });
  browser.model = model;
  browser.prompted ||= model.phase.name === 'interaction-required';
  for (const effect of effects) run(browser, effect, now, meter);
  const due = nextDue(model, true);
  if (due === Infinity || due === browser.tickAt) return;
  browser.tickAt = due;
  queue.add(Math.max(due, now), { type: 'tick' });
}

/** Answers an effect as Messenger, Genesys and the provider do. */
function run(browser: Browser, effect: Effect, at: number, meter: Meter): void {
  const answerAfter = (ms: number, input: Input): void => browser.queue.add(at + ms, input);
  const requestSucceeds = (): boolean => {
    meter.count(at);
    return !isOut(at);
  };
  const callPlugin = (command: PluginCall['command']): void =>
    answerAfter(1, { type: 'plugin-called', call: { id: ++browser.calls, command, forceUpdate: false } });

  switch (effect.do) {
    case 'share':
      browser.record = effect.record;
      return;
    case 'refresh': {
      const { operationId } = effect;
      if (requestSucceeds()) return answerAfter(genesysMs, { type: 'authenticated', token: jwt(at) });
      return answerAfter(genesysMs, { type: 'command-settled', operationId, failure: { status: 503 } });
    }
    case 'code': {
      const { operationId } = effect;
      const grant = { authCode: String(at), redirectUri: '' };
      if (requestSucceeds()) return answerAfter(providerMs, { type: 'code-received', operationId, grant });
      return answerAfter(errorPageMs, { type: 'code-failed', operationId, error: new GcAuthError('silent-refused') });
    }
    case 'command':
      if (effect.name === 'Auth.getTokens') callPlugin('getAuthCode');
      if (effect.name === 'Auth.reAuthenticate') callPlugin('reAuthenticate');
      return;
    case 'answer':
      answerAfter(1, { type: 'authenticating' });
      if (requestSucceeds()) return answerAfter(genesysMs, { type: 'authenticated', token: jwt(at) });
      return answerAfter(genesysMs, { type: 'auth-error', event: 'Auth.error', failure: { status: 503 } });
    default:
  }
}
