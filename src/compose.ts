import { abortAfter } from './async/abortable.js';
import type { Config, GenesysConfig, PageAddress, RawConfig } from './core/config.js';
import { GcAuthError } from './core/errors.js';
import type { LauncherLook } from './core/launcher-look.js';
import { readConfig } from './core/read-config.js';
import { fetchLauncherLook } from './genesys/launcher.js';
import { createMessengerPort } from './genesys/messenger-port.js';
import { whenActivated } from './oidc/callback/when-activated.js';
import { createCodeLedger } from './oidc/code-ledger.js';
import { createCodePort } from './oidc/code-port.js';
import { createCodeProviderPort } from './oidc/code-provider.js';
import type { CodeProvider } from './oidc/code-provider.js';
import { isFramed } from './oidc/rungs/framed.js';
import { pageAddress } from './page/address.js';
import { createDebugLog } from './page/debug-log.js';
import { createPersistencePort } from './page/persistence.js';
import { nextTask } from './page/next-task.js';
import { createPagePort } from './page/page-port.js';
import { shareSecrets } from './page/shared-secrets.js';
import { createScheduler } from './page/scheduler.js';
import { watchUntouched } from './page/untouched.js';
import { whenIdle } from './page/when-idle.js';
import { Session } from './session/session.js';
import { createTabsPort } from './tabs/tabs-port.js';

export { whenToRefuse } from './page/when-to-refuse.js';
export type { CodeProvider, CodeRequest } from './oidc/code-provider.js';

/** Reads the attributes and properties of the element, relative to its page. Throws `config-invalid`. */
export const configure = (raw: RawConfig, win: Window): Config => readConfig(raw, pageAddress(win));

/** The URL of the page, against which the configuration is read. */
export const addressOf = (win: Window): PageAddress => pageAddress(win);

/** Resolves in a task of its own, so that the browser can paint before it. */
export const inNextTask = (win: Window): Promise<void> => nextTask(win);

/** Creates a session with the real ports. `provide` replaces the rungs. */
export function compose(config: Config, win: Window, provide?: CodeProvider): Session {
  const { genesys, oidc } = config;
  // Messenger does not start without storage, and no answer of the provider reaches the page.
  if (win.origin === 'null') {
    throw new GcAuthError('storage-blocked', {
      message: 'The page is in a sandbox without allow-same-origin.',
      hint: 'Add allow-same-origin to the sandbox.',
    });
  }
  shareSecrets(win);
  const persistence = createPersistencePort(win, { authority: oidc.authority, deploymentId: genesys.deploymentId });
  const rungs =
    oidc.authority && oidc.clientId
      ? createCodePort(oidc, win, {
          silentTimeoutMs: config.silentTimeoutMs,
          silentTimeoutSet: config.silentTimeoutSet,
          persistence,
          deploymentId: genesys.deploymentId,
          log: genesys.debug ? createDebugLog(true) : undefined,
        })
      : undefined;
  const code = provide ? createCodeProviderPort(provide, win, rungs) : rungs;
  if (!code) throw new GcAuthError('config-invalid');
  const signInModes = usableModes(config.signInModes, win);
  return new Session({
    config: { ...config, signInModes },
    scheduler: createScheduler(),
    random: Math.random,
    ports: {
      messenger: createMessengerPort(genesys, win),
      code,
      ledger: createCodeLedger(win),
      page: createPagePort(win, signInModes.includes('silent-redirect') ? watchUntouched(win) : undefined),
      tabs: createTabsPort(win, genesys.deploymentId),
      persistence,
      log: createDebugLog(genesys.debug),
    },
  });
}

/** A page in a frame is not left. Without a popup, a redirect stays, to say so. */
const usableModes = (modes: Config['signInModes'], win: Window): Config['signInModes'] =>
  isFramed(win)
    ? modes.filter((mode) => mode !== 'silent-redirect' && (mode !== 'redirect' || !modes.includes('popup')))
    : modes;

/** Longest time between two attributes that arrive one after the other, in milliseconds. */
const attributesMs = 50;

/**
 * Calls back when Messenger may be fetched: in the next task (`eager`), so that rendering and starting are not one long
 * task, or when the page is idle (`idle`), but not before a prerendered page is shown. With `interaction` never: a click
 * fetches it. `attributesArrive`: some were missing before, and more may follow. Returns a function that cancels.
 */
export function whenToStart(
  { loading, attributesArrive }: { loading: Config['loading']; attributesArrive: boolean },
  win: Window,
  start: () => void,
): () => void {
  let stop = (): void => undefined;
  let cancelled = false;
  whenActivated(win.document, () => {
    if (cancelled || loading === 'interaction') return;
    if (loading === 'idle') stop = whenIdle(win, start);
    else if (attributesArrive) stop = afterDelay(win, attributesMs, start);
    else void nextTask(win).then(() => cancelled || start());
  });
  return () => {
    cancelled = true;
    stop();
  };
}

function afterDelay(win: Window, ms: number, callback: () => void): () => void {
  const timer = win.setTimeout(callback, ms);
  return () => win.clearTimeout(timer);
}

/** Longest wait for the look of the launcher, in milliseconds: then it is drawn as usual. */
const launcherMs = 3_000;

/**
 * How the deployment wants its launcher; undefined where it has none. Never rejects. It is asked for in the next task,
 * because this one has made the session.
 */
export async function launcherLook(config: GenesysConfig, win: Window): Promise<LauncherLook | undefined> {
  await nextTask(win);
  return fetchLauncherLook(config, win.fetch.bind(win), abortAfter(launcherMs));
}
