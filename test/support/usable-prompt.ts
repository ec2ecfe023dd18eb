/** The element at a point of the window, inside shadow roots too. */
export function hitAt(x: number, y: number): Element | null {
  let hit = document.elementFromPoint(x, y);
  for (let inner = hit?.shadowRoot?.elementFromPoint(x, y); inner && inner !== hit;) {
    hit = inner;
    inner = hit.shadowRoot?.elementFromPoint(x, y);
  }
  return hit;
}

/** The node of its own that the prompt has where the element is of no use. */
export const outerNode = (): HTMLElement | null => document.querySelector('.gc-auth-messenger-prompt');

/** The prompt, wherever it is. */
export const promptOf = (element: Element): HTMLElement | null =>
  [outerNode(), element].map((one) => one?.shadowRoot?.querySelector<HTMLElement>('[part=prompt]')).find(Boolean) ??
  null;

/** The button of the prompt, if a click on its centre and on that of dismiss reaches them; otherwise undefined. */
export function usableButton(element: Element): HTMLElement | undefined {
  const buttons = [...(promptOf(element)?.querySelectorAll<HTMLElement>('[part=button], [part=dismiss]') ?? [])];
  const reached = buttons.every((button) => {
    const { left, top, width, height } = button.getBoundingClientRect();
    const hit = hitAt(left + width / 2, top + height / 2);
    return hit !== null && button.contains(hit);
  });
  return reached ? buttons.find((button) => button.part.contains('button')) : undefined;
}
