/** A document of this origin with a life of its own, which channels, locks and storage events treat as any other tab. */
export function openFrameTab(): { readonly win: Window; close(): void } {
  const frame = document.body.appendChild(document.createElement('iframe'));
  return { win: frame.contentWindow!, close: () => frame.remove() };
}
