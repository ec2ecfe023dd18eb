/** Another document of this origin. For channels, locks and storage events it is like another tab. */
export function openFrameTab(): { readonly win: Window; close(): void } {
  const frame = document.body.appendChild(document.createElement('iframe'));
  return { win: frame.contentWindow!, close: () => frame.remove() };
}
