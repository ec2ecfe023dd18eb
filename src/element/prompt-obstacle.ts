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
  const rendered = section.getClientRects().length > 0;
  const transparent = opacity === '0' && section.getAnimations().length === 0;
  if (display === 'none' || (rendered && (transparent || visibility !== 'visible'))) {
    return { message: 'Styles of the page hide the prompt.', styled: true };
  }
  const whole = section.getBoundingClientRect();
  const parts = [section, ...section.querySelectorAll('button, .ready')];
  if (rendered && parts.every((part) => isReached(part, whole))) return undefined;
  return { message: 'The prompt is not rendered, inert, or outside the window.' };
}

/** Looks close to the edge, where nothing of a slot is. What is scrolled out of the prompt counts as reached. */
function isReached(part: Element, whole: DOMRect): boolean {
  const { left, top, height } = part.getBoundingClientRect();
  const y = top + height / 2;
  if (y < whole.top || y > whole.bottom) return true;
  for (let at = part; ;) {
    const root = at.getRootNode() as Document | ShadowRoot;
    if (!at.contains(root.elementFromPoint(left + 3, y))) return false;
    if (!('host' in root)) return true;
    // Firefox ignores what is above a shadow root when it looks in that.
    at = root.host;
  }
}
