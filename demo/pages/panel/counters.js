import { byId } from '../dom.js';

const everyMs = 2000;

/**
 * Shows how many requests Genesys and the provider got. Polls only while the counters are visible.
 *
 * @param {import('../control.js').Control} control
 */
export function showCounters(control) {
  let inView = false;
  let timer = 0;
  let polling = false;

  const update = async () => {
    try {
      const [{ counters }, log] = await Promise.all([control.inspect(), control.provider.log()]);
      const requests = authorizationRequests(log);
      const silent = requests.filter(({ prompt }) => prompt === 'none').length;
      show('refreshes', counters.refreshes, refused(counters.refreshesRefused));
      show('exchanges', counters.exchanges, refused(counters.exchangesRefused));
      show('requests', requests.length, silent ? `${silent} silent` : '');
    } catch {
      for (const name of ['refreshes', 'exchanges', 'requests']) show(name, '–', 'no response');
    }
  };

  const loop = async () => {
    if (polling) return;
    polling = true;
    await update();
    polling = false;
    if (isVisible()) timer = window.setTimeout(loop, everyMs);
  };
  const isVisible = () => inView && document.visibilityState === 'visible';
  const restart = () => {
    clearTimeout(timer);
    if (isVisible()) void loop();
  };

  new IntersectionObserver((observed) => {
    inView = observed.some(({ isIntersecting }) => isIntersecting);
    restart();
  }).observe(byId('counters'));
  document.addEventListener('visibilitychange', restart);
}

/**
 * Completed authorization requests. The login page in between has an entry of its own, which does not count.
 *
 * @param {{route: string, outcome: string, prompt?: string}[]} log
 */
const authorizationRequests = (log) =>
  log.filter(({ route, outcome }) => route === 'authorize' && !outcome.endsWith('-page'));

/** @param {number} times */
const refused = (times) => (times ? `${times} refused` : '');

/** @param {string} name @param {number | string} count @param {string} note */
function show(name, count, note) {
  const value = document.querySelector(`[data-count="${name}"]`);
  const noteElement = document.querySelector(`[data-note="${name}"]`);
  if (value) value.textContent = String(count);
  if (noteElement) noteElement.textContent = note;
}
