/** @type {Set<() => void>} */
const listeners = new Set();
let timer = 0;

/**
 * Calls the listener at once, every second while the page is visible, and when it becomes visible again.
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
