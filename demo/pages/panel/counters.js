import { byId } from '../dom.js';

const everyMs = 2000;

/**
 * How often Genesys and the provider were troubled, asked only while somebody can see the answer.
 *
 * @param {import('../control.js').Control} control
 */
export function countVisits(control) {
  let inView = false;
  let timer = 0;
  let asking = false;

  const ask = async () => {
    try {
      const [{ counters }, log] = await Promise.all([control.inspect(), control.provider.log()]);
      const visits = visitsIn(log);
      const silent = visits.filter(({ prompt }) => prompt === 'none').length;
      show('refreshes', counters.refreshes, refused(counters.refreshesRefused));
      show('exchanges', counters.exchanges, refused(counters.exchangesRefused));
      show('visits', visits.length, silent ? `${silent} silent` : '');
    } catch {
      for (const name of ['refreshes', 'exchanges', 'visits']) show(name, '–', 'no answer');
    }
  };

  const loop = async () => {
    if (asking) return;
    asking = true;
    await ask();
    asking = false;
    if (wanted()) timer = window.setTimeout(loop, everyMs);
  };
  const wanted = () => inView && document.visibilityState === 'visible';
  const restart = () => {
    clearTimeout(timer);
    if (wanted()) void loop();
  };

  new IntersectionObserver((seen) => {
    inView = seen.some(({ isIntersecting }) => isIntersecting);
    restart();
  }).observe(byId('counters'));
  document.addEventListener('visibilitychange', restart);
}

/**
 * The visits to the provider that came to an end; a login page on the way is not another visit.
 *
 * @param {{route: string, outcome: string, prompt?: string}[]} log
 */
const visitsIn = (log) => log.filter(({ route, outcome }) => route === 'authorize' && !outcome.endsWith('-page'));

/** @param {number} times */
const refused = (times) => (times ? `${times} refused` : '');

/** @param {string} name @param {number | string} count @param {string} note */
function show(name, count, note) {
  const value = document.querySelector(`[data-count="${name}"]`);
  const remark = document.querySelector(`[data-note="${name}"]`);
  if (value) value.textContent = String(count);
  if (remark) remark.textContent = note;
}
