import type { ErrorCode, GcAuthError } from '../core/errors.js';

/** Why a prompt is shown where mostly the set-up is wrong, and not only a sign-in is missing. */
const setupFaults: ReadonlySet<ErrorCode> = new Set(['silent-refused', 'silent-timeout']);

/** Prints errors that no listener has prevented, each cause once. Their texts are redacted already. */
export class ErrorConsole {
  constructor(element: Element) {
    this.#element = element;
  }

  readonly #element: Element;
  readonly #printed = new Set<string>();

  failed(error: GcAuthError): void {
    this.#print('error', error);
  }

  /** A prompt is shown. */
  prompted(error: GcAuthError): void {
    if (setupFaults.has(error.code)) this.#print('warn', error);
  }

  #print(level: 'error' | 'warn', { code, message, hint }: GcAuthError): void {
    const line = `<${this.#element.localName}> ${code}: ${message} ${hint}`;
    // eslint-disable-next-line no-console -- a page without a listener has no other way to notice
    if (!this.#printed.has(line)) console[level](line, this.#element);
    this.#printed.add(line);
  }
}
