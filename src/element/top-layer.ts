import { platformEvents, platformMember } from '../core/platform-member.js';

/**
 * Puts the prompt on top of all that is in the top layer. Without popovers, its `z-index` has to do.
 *
 * @see https://developer.mozilla.org/docs/Web/API/Popover_API
 */
export function showOnTop(section: HTMLElement): void {
  try {
    if (section.matches(':popover-open')) section.hidePopover();
    section.showPopover();
  } catch {
    // The browser has no popovers, or the section is not in the document.
  }
}

/**
 * The nodes in which a prompt may be usable, the best first. While a modal dialog is open, all that is outside the dialog
 * is inert, also what is above it in the top layer. While an element is in full screen, Chromium and Firefox show nothing
 * that is outside it, not even popovers that were opened later.
 *
 * @see https://html.spec.whatwg.org/multipage/interaction.html#modal-dialogs-and-inert-subtrees
 */
export function promptParents(document: Document): ReadonlyArray<Element | null | undefined> {
  const dialogs = [...platformMember(document, 'querySelectorAll')('dialog[open]')].reverse();
  let active = platformMember(document, 'activeElement');
  // A dialog in a shadow root has taken the focus.
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  let full = platformMember(document, 'fullscreenElement');
  while (full?.shadowRoot?.fullscreenElement) full = full.shadowRoot.fullscreenElement;
  return [platformMember(document, 'body'), full, active?.closest('dialog[open]'), ...dialogs];
}

/** What puts elements into the top layer or takes them out. `focusin` is for dialogs in shadow roots, which are seen by nothing else. */
const types = ['toggle', 'focusin', 'fullscreenchange'];

/** Calls back when the top layer may have changed, or what is inert. Returns how to stop. */
export function watchTopLayer(document: Document, changed: () => void): () => void {
  const { addEventListener, removeEventListener } = platformEvents(document);
  // Most of these events do not bubble.
  for (const type of types) addEventListener(type, changed, true);
  const observer = new MutationObserver(changed);
  observer.observe(document, { subtree: true, attributeFilter: ['open', 'inert'] });
  return () => {
    for (const type of types) removeEventListener(type, changed, true);
    observer.disconnect();
  };
}
