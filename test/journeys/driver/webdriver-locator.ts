import type { Locator, Role } from './driver.js';
import type { Step } from './find.js';
import { poll } from './poll.js';
import { unlessGone } from './webdriver-context.js';
import type { WebDriverPage } from './webdriver-page.js';

/** A query for elements with WebDriver, which every call runs again. */
export class WebDriverLocator implements Locator {
  readonly #page: WebDriverPage;
  readonly #steps: Step[];

  constructor(page: WebDriverPage, steps: Step[]) {
    this.#page = page;
    this.#steps = steps;
  }

  locator(selector: string): Locator {
    return this.#then({ by: 'css', selector });
  }

  getByRole(role: Role, options: { name?: string; exact?: boolean } = {}): Locator {
    return this.#then({ by: 'role', role, ...options });
  }

  getByLabel(text: string): Locator {
    return this.#then({ by: 'label', text });
  }

  getByText(text: string, options: { exact?: boolean } = {}): Locator {
    return this.#then({ by: 'text', text, ...options });
  }

  filter({ hasText }: { hasText: string }): Locator {
    return this.#then({ by: 'hasText', text: hasText });
  }

  first(): Locator {
    return this.#then({ by: 'first' });
  }

  async click(): Promise<void> {
    await this.waitFor();
    const reference = await this.#run<Record<string, string>>('return element');
    // The click can make the page close its window.
    await this.#page.command('POST', `/element/${Object.values(reference)[0]}/click`).catch(unlessGone);
  }

  async fill(text: string): Promise<void> {
    await this.waitFor();
    // As one input event, not key by key: https://www.w3.org/TR/input-events-2/#event-type-input
    await this.#run(
      `element.focus();
       Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), 'value').set.call(element, given.argument);
       element.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, inputType: 'insertText' }));
       element.dispatchEvent(new Event('change', { bubbles: true }));`,
      text,
    );
  }

  inputValue(): Promise<string> {
    return this.#run('return element.value');
  }

  async waitFor(options: { timeout?: number } = {}): Promise<void> {
    // A slot has no box, but its text has.
    const visible = `return find(given).some((element) => {
      const contents = document.createRange();
      contents.selectNodeContents(element);
      const boxless = getComputedStyle(element).display === 'contents';
      const { width, height } = (boxless ? contents : element).getBoundingClientRect();
      return width > 0 && height > 0 && (boxless || element.checkVisibility({ visibilityProperty: true }));
    })`;
    await poll(
      `visible ${JSON.stringify(this.#steps)}`,
      () => this.#page.run<boolean>(visible, this.#steps),
      options.timeout,
    );
  }

  count(): Promise<number> {
    return this.#page.run('return find(given).length', this.#steps);
  }

  evaluate<E extends Element, A, R>(work: (element: E, argument: A) => R | Promise<R>, argument?: A): Promise<R> {
    return this.#run(`return (${String(work)})(element, given.argument)`, argument);
  }

  /** Waits for the first element, and runs the body of a function with it as `element`. */
  async #run<R>(body: string, argument?: unknown): Promise<R> {
    await poll(JSON.stringify(this.#steps), () => this.count());
    return this.#page.run(`const [element] = find(given.steps); ${body}`, { steps: this.#steps, argument });
  }

  #then(step: Step): Locator {
    return new WebDriverLocator(this.#page, [...this.#steps, step]);
  }
}
