import type { GcAuthError } from '../core/errors.js';

/** Prints errors that no listener has prevented, each cause once. Their texts are redacted already. */
export class ErrorConsole {
  readonly #printed = new Set<string>();

  print(element: Element, { code, message, hint }: GcAuthError): void {
    const line = `<${element.localName}> ${code}: ${message} ${hint}`;
    // eslint-disable-next-line no-console -- a page without a listener has no other way to notice
    if (!this.#printed.has(line)) console.error(line, element);
    this.#printed.add(line);
  }
}
