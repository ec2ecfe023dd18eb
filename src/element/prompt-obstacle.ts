/** Why a prompt cannot be used. */
export interface PromptObstacle {
  readonly message: string;
  /** Styles of the page hide the prompt itself, and may do so on purpose. */
  readonly styled?: true;
}

/**
 * Why nobody can see and click the prompt, if so. Found by hit testing, which knows all that hides an element: what
 * covers it, clips it or makes it inert.
 */
export function promptObstacle(section: HTMLElement): PromptObstacle | undefined {
  const { display, visibility, opacity } = getComputedStyle(section);
  const styled = { message: 'Styles of the page hide the prompt.', styled: true } as const;
  if (display === 'none' || visibility !== 'visible') return styled;
  if (!isRendered(section)) return { message: 'The prompt is not rendered, like what is around the element.' };
  if (Number(opacity) === 0 && section.getAnimations().length === 0) return styled;
  const whole = section.getBoundingClientRect();
  for (const part of [section, ...section.querySelectorAll('button, .ready')]) {
    const { left, top, height } = part.getBoundingClientRect();
    // Close to the edge, where nothing of a slot is.
    const [x, y] = [left + 3, top + height / 2];
    // In a small window, the prompt scrolls.
    if (y < whole.top || y > whole.bottom) continue;
    const hit = (section.getRootNode() as ShadowRoot).elementFromPoint(x, y);
    if (hit && part.contains(hit)) continue;
    const inside = x >= 0 && y >= 0 && x < innerWidth && y < innerHeight;
    return { message: inside ? 'The prompt is inert, or covered.' : 'The prompt is outside the window.' };
  }
  return undefined;
}

export const isRendered = (section: HTMLElement): boolean => section.getClientRects().length > 0;
