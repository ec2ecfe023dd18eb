/**
 * Runs the work at once, or when someone looks at a page that was prerendered: who never comes must not have spent a code.
 *
 * @see https://developer.mozilla.org/docs/Web/API/Document/prerendering
 */
export function whenActivated(document: Document, work: () => void): void {
  if ('prerendering' in document && document.prerendering) {
    document.addEventListener('prerenderingchange', work, { once: true });
  } else {
    work();
  }
}
