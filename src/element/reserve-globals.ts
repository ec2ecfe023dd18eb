/*
 * Runs before Lit, which reads these globals. Markup such as `<a id="litHtmlVersions">` would answer for one that nobody
 * has defined yet, and Lit would throw while it loads. A property of the window itself wins over named elements.
 *
 * https://html.spec.whatwg.org/multipage/nav-history-apis.html#named-access-on-the-window-object
 */
const names = [
  'litElementHydrateSupport',
  'litElementPolyfillSupport',
  'litElementVersions',
  'litHtmlPolyfillSupport',
  'litHtmlVersions',
  'litNonce',
  'litPropertyMetadata',
  'reactiveElementPolyfillSupport',
  'reactiveElementVersions',
  'ShadyCSS',
  'trustedTypes',
];

for (const name of names) {
  if (name in globalThis && !Object.hasOwn(globalThis, name)) {
    Object.defineProperty(globalThis, name, { value: undefined, writable: true, configurable: true });
  }
}

export {};
