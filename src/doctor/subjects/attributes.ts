import { attributeNames } from '../attribute-names.js';
import { closest } from '../closest.js';
import type { Facts } from '../facts.js';
import { hasCurlyQuotes, isPlaceholder } from '../leftover.js';
import { allOf, subject } from '../subject.js';
import type { Finding } from '../subject.js';

type Id =
  'attribute-unknown' | 'attribute-quotes' | 'attribute-placeholder' | 'attribute-missing' | 'attribute-invalid';

const simplified = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, '');

/** Attributes of HTML, ARIA and frameworks that look like one of the element's, and are none. */
const otherAttributes =
  /^(data-|aria-|on|_ng|ng-|v-|x-|:|@|\[|\()|^(id|is|class|style|slot|title|hidden|dir|role|part|name|open|code)$/;

/** The attribute that a name was meant to be; undefined for a name that is one, or is close to none. */
function meant(name: string): string | undefined {
  if (attributeNames.includes(name) || otherAttributes.test(name)) return undefined;
  const same = attributeNames.find((known) => simplified(known) === simplified(name));
  return same ?? (name.length > 4 ? closest(name, attributeNames) : undefined);
}

const quoted = (text: string): string => `“${text.slice(0, 80)}”`;

/** The attributes as they are written. What is only malformed is the configuration's fault. */
function findingsIn(facts: Facts): ReadonlyArray<Finding<Id>> {
  const { attributes = {}, configFaults = [] } = facts;
  const misspelt = Object.keys(attributes).flatMap((name): Array<Finding<Id> & { wanted: string }> => {
    const wanted = meant(name);
    return wanted === undefined || wanted in attributes
      ? []
      : [{ id: 'attribute-unknown', found: `There is no attribute ${name}.`, hint: `Write ${wanted}.`, wanted }];
  });
  const wrong = Object.entries(attributes).flatMap(([name, value]): Array<Finding<Id> & { name: string }> => {
    if (!attributeNames.includes(name)) return [];
    const found = `${name} is ${quoted(value)}.`;
    if (hasCurlyQuotes(value)) return [{ id: 'attribute-quotes', found, name }];
    return isPlaceholder(value) ? [{ id: 'attribute-placeholder', found, name }] : [];
  });
  const explained = [...misspelt.map(({ wanted }) => wanted), ...wrong.map(({ name }) => name)];
  const others = configFaults
    .filter(({ attribute }) => !explained.includes(attribute))
    .map(({ missing, message, hint }) => ({
      id: missing ? ('attribute-missing' as const) : ('attribute-invalid' as const),
      found: message,
      hint,
    }));
  return allOf<Id>(
    misspelt.map(({ id, found, hint }) => ({ id, found, hint })),
    wrong.map(({ id, found }) => ({ id, found })),
    others,
  );
}

export const attributes = subject<Id>({
  id: 'configuration',
  name: 'configuration',
  findings: {
    'attribute-unknown': {
      why: 'The browser keeps an attribute that it does not know, and the element does not read it.',
      hint: 'Correct the name of the attribute.',
    },
    'attribute-quotes': {
      why: 'Word processors and editors turn straight quotes into curly ones, which HTML reads as part of the value.',
      hint: 'Write the value in straight quotes: "…".',
    },
    'attribute-placeholder': {
      why: 'The value comes from an example or a template, and was not replaced.',
      hint: 'Write the real value. If a template should insert it, check how the page is generated.',
    },
    'attribute-missing': {
      why: 'The element cannot start without this attribute, and goes to the state failed.',
      hint: 'Add the attribute.',
    },
    'attribute-invalid': {
      why: 'The element refuses a value that it cannot use, and goes to the state failed.',
      hint: 'Correct the value.',
    },
  },
  examine(facts) {
    if (!facts.configFaults) return { unknown: 'no configuration was read' };
    return { seen: 'complete', findings: findingsIn(facts) };
  },
});
