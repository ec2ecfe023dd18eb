/**
 * Runs the work at once, or when a prerendered page is shown: a page that nobody sees must not use up a code.
 *
 * @see https://developer.mozilla.org/docs/Web/API/Document/prerendering
 */
export function whenActivated(document: Document, work: () => void): void {
  if ('prerendering' in document && document.prerendering === true) {
    // Not the member of `document`, which a `<form name="addEventListener">` of the page overrides.
    EventTarget.prototype.addEventListener.call(document, 'prerenderingchange', work, { once: true });
  } else {
    work();
  }
}
