import { ownNames, required } from '../../core/script-tag-names.js';
import { markupScript } from '../../doctor/markup.js';
import type { MarkupElement } from '../../doctor/markup.js';

type Attributes = Readonly<Record<string, string>>;

const has = ({ attributes }: MarkupElement, name: string): boolean => Object.hasOwn(attributes, name);

const dataAttributes = ({ attributes }: MarkupElement): Attributes =>
  Object.fromEntries(
    Object.entries(attributes)
      .filter(([name]) => name.startsWith('data-') && !ownNames.includes(name))
      .map(([name, value]) => [name.slice(5), value]),
  );

/**
 * Whether a script tag is that of the bundle. Whoever runs in the page knows; here its name says it, or what it has as
 * `data-*`: other vendors have a `data-client-id` too.
 */
export function isScriptOfBundle(script: MarkupElement): boolean {
  const { src = '' } = script.attributes;
  const given = required.filter((name) => has(script, `data-${name}`));
  if (src.includes('gc-auth-messenger.iife')) return true;
  if (src.includes('gc-auth-messenger')) return given.length > 0 || has(script, 'data-mount');
  return given.length > 1 || has(script, 'data-deployment-id');
}

/**
 * The attributes of each element that the bundle makes from script tags, as src/element/script-tag.ts does: the first tag
 * decides, and a module has none.
 */
export function mountedBy(elements: readonly MarkupElement[]): readonly Attributes[] {
  const script = elements.find(
    (each) => each.name === 'script' && !markupScript(each, '').module && isScriptOfBundle(each),
  );
  if (!script) return [];
  const fixed = dataAttributes(script);
  const own = required.some((name) => Object.hasOwn(fixed, name)) ? [fixed] : [];
  if (!has(script, 'data-mount')) return own;
  const places = elements.filter((each) => each.name === 'div' && has(each, 'data-gc-auth-messenger'));
  // What the script tag says wins over a placeholder.
  return places.length > 0 ? places.map((place) => ({ ...dataAttributes(place), ...fixed })) : own;
}
