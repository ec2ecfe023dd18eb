import { noChange, nothing } from 'lit';
import { Directive, directive } from 'lit/directive.js';
import type { ElementPart } from 'lit/directive.js';

/**
 * Sets styles of an element by script. An attribute `style`, as `styleMap` of Lit writes at first, is refused by a Content
 * Security Policy without `'unsafe-inline'`.
 */
class SetStyles extends Directive {
  #names: readonly string[] = [];

  override render(_styles: Readonly<Record<string, string>>): unknown {
    return nothing;
  }

  override update({ element }: ElementPart, [styles]: [Readonly<Record<string, string>>]): unknown {
    const { style } = element as HTMLElement;
    for (const name of this.#names) style.removeProperty(name);
    this.#names = Object.keys(styles);
    for (const name of this.#names) style.setProperty(name, styles[name]!);
    return noChange;
  }
}

export const setStyles = directive(SetStyles);
