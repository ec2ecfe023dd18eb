import { noChange, nothing } from 'lit';
import { Directive, directive } from 'lit/directive.js';
import type { ElementPart } from 'lit/directive.js';

/**
 * Sets custom properties of an element by script. An attribute `style`, as `styleMap` writes at first, is refused by a
 * Content Security Policy without `'unsafe-inline'`.
 */
class SetVars extends Directive {
  override render(_values: Readonly<Record<`--${string}`, number>>): unknown {
    return nothing;
  }

  override update({ element }: ElementPart, [values]: [Readonly<Record<`--${string}`, number>>]): unknown {
    for (const [name, value] of Object.entries(values)) {
      (element as HTMLElement).style.setProperty(name, String(Math.round(value * 1000) / 1000));
    }
    return noChange;
  }
}

export const vars = directive(SetVars);
