/**
 * Ends what fades in within `element` and its shadow root, so that colours have their final values; what never ends, as
 * a spinner, goes on. Checks of accessibility measure colours as they are painted, also half faded in.
 */
export function showFinalColors(element: Element): void {
  const animations = [element, ...(element.shadowRoot ? [element.shadowRoot] : [])].flatMap((root) =>
    root instanceof Element ? root.getAnimations({ subtree: true }) : root.getAnimations(),
  );
  for (const animation of animations) {
    if (Number.isFinite(animation.effect?.getComputedTiming().endTime)) animation.finish();
  }
}
