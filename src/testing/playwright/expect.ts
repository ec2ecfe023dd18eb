import type { State } from '../../core/model.js';
import type { PageLike } from './driver.js';
import { kitOf } from './kit.js';

export interface ExpectOptions {
  /** Longest wait, in milliseconds. Default: 10,000. */
  timeout?: number;
}

/** What an element of the page shows. */
interface Seen {
  readonly state: string;
  readonly error: string;
  readonly prompt: boolean;
}

/** Resolves when the element has the state `signed-in`. Rejects with an error that says what it has instead, and why. */
export const expectSignedIn = (page: PageLike, options?: ExpectOptions): Promise<void> =>
  expectState(page, 'signed-in', options);

/** Resolves when the element has the state. Rejects with an error that says what it has instead, and why. */
export const expectState = (page: PageLike, state: State, options?: ExpectOptions): Promise<void> =>
  expectElement(page, `is ${state}`, (seen) => seen.state === state, options);

/**
 * Resolves when the element has the state `interaction-required` and its prompt is visible. Rejects with an error that
 * says what is there instead, and why.
 */
export const expectPrompt = (page: PageLike, options?: ExpectOptions): Promise<void> =>
  expectElement(page, 'shows its prompt', ({ state, prompt }) => prompt && state === 'interaction-required', options);

const pauseMs = 50;

async function expectElement(
  page: PageLike,
  expected: string,
  fits: (seen: Seen) => boolean,
  { timeout = 10_000 }: ExpectOptions = {},
): Promise<void> {
  const end = Date.now() + timeout;
  let seen = 'there is none in the page.';
  for (;;) {
    // While the page navigates, nothing can be read.
    const found = await page
      .locator('gc-auth-messenger')
      .evaluateAll(read)
      .catch((error: unknown) => String(error));
    if (typeof found === 'string') seen = `the page cannot be read: ${found}`;
    else if (found[0] && fits(found[0])) return;
    else if (found[0]) seen = describe(found[0]);
    if (Date.now() >= end) break;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  const problems = kitOf(page.context())?.problems.map((problem) => `\n- ${problem}`) ?? [];
  throw new Error(
    `Expected that <gc-auth-messenger> ${expected}, but after ${timeout} ms ${seen}` +
      (problems.length > 0 ? `\nThe page and the test kit disagree:${problems.join('')}` : ''),
  );
}

const describe = ({ state, error, prompt }: Seen): string =>
  `it is ${state}${prompt ? ' and shows a prompt' : ''}.${error && `\nIts error: ${error}`}`;

/** Runs in the page. */
function read(elements: (HTMLElement | SVGElement)[]): Seen[] {
  return elements.map((element) => {
    const { state, error } = element as unknown as { state?: unknown; error?: { code: string; message: string } };
    const prompt = element.shadowRoot?.querySelector('[part=prompt]');
    return {
      state: typeof state === 'string' ? state : 'not defined: its script has not run',
      error: error ? `${error.code}: ${error.message}` : '',
      prompt: (prompt?.getClientRects().length ?? 0) > 0,
    };
  });
}
