let lastBegun: number | undefined;

const { fetch } = window;
window.fetch = (input, init) => {
  const url = input instanceof Request ? input.url : String(input);
  if (url.endsWith('/oauth/token')) lastBegun ??= performance.now();
  return fetch(input, init);
};

/** When the token endpoint is called the next time: `undefined` until then. */
export function exchangeBegun(): () => number | undefined {
  lastBegun = undefined;
  return () => lastBegun;
}
