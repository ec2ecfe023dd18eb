/** @type {Set<() => void>} */
const listeners = new Set();
let timer = 0;

/**
 * Calls back each second while the page can be seen, and at once when it is seen again.
 *
 * @param {() => void} listener
 * @returns {() => void} stops it
 */
export function eachSecond(listener) {
  listeners.add(listener);
  listener();
  run();
  return () => {
    listeners.delete(listener);
    run();
  };
}

function run() {
  clearInterval(timer);
  timer = 0;
  if (listeners.size > 0 && document.visibilityState === 'visible') timer = window.setInterval(tick, 1000);
}

function tick() {
  for (const listener of listeners) listener();
}

document.addEventListener('visibilitychange', () => {
  run();
  if (document.visibilityState === 'visible') tick();
});
