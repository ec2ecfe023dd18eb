/** One step of a query. Each step searches in the elements that the step before it found. */
export type Step =
  | { by: 'css'; selector: string }
  | { by: 'role'; role: string; name?: string; exact?: boolean }
  | { by: 'label'; text: string }
  | { by: 'text'; text: string; exact?: boolean }
  | { by: 'hasText'; text: string }
  | { by: 'first' };

/**
 * Finds the elements of a query, in open shadow roots, too. It is sent to the page as source text, so it can refer to
 * nothing outside of itself. The rules for texts and roles are those of Playwright, as far as the journeys use them:
 * https://playwright.dev/docs/locators
 */
export function find(steps: Step[]): Element[] {
  const roles: Record<string, string> = {
    alert: '[role=alert]',
    button: 'button, [role=button], input[type=submit]',
    heading: 'h1, h2, h3, h4, h5, h6, [role=heading]',
    textbox: 'textarea, [role=textbox], input:not([type]), input[type=text]',
  };
  const below = (root: Element | Document | ShadowRoot): Element[] =>
    [...((root as Element).shadowRoot ? [(root as Element).shadowRoot!] : []), root].flatMap((tree) =>
      [...tree.querySelectorAll('*')].flatMap((element) => [
        element,
        ...(element.shadowRoot ? below(element.shadowRoot) : []),
      ]),
    );
  const unique = (elements: Element[]): Element[] => [...new Set(elements)];
  const normalize = (text: string): string => text.replace(/\s+/g, ' ').trim();
  const textOf = (node: Node): string =>
    ['SCRIPT', 'STYLE'].includes(node.nodeName)
      ? ''
      : node.nodeType === Node.TEXT_NODE
        ? (node.textContent ?? '')
        : [...((node as Element).shadowRoot?.childNodes ?? node.childNodes)].map(textOf).join('');
  const matches = (found: string, wanted: string, exact = false): boolean =>
    exact
      ? normalize(found) === normalize(wanted)
      : normalize(found).toLowerCase().includes(normalize(wanted).toLowerCase());
  const labels = (element: Element): string[] => [
    element.getAttribute('aria-label') ?? '',
    ...[...((element as HTMLInputElement).labels ?? [])].map(textOf),
  ];
  // https://www.w3.org/TR/accname-1.2/, simplified
  const nameOf = (element: Element): string => labels(element).find(Boolean) ?? textOf(element);
  const shown = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true });

  let found: Element[] = [document.documentElement];
  for (const step of steps) {
    const all = (): Element[] => unique(found.flatMap(below));
    switch (step.by) {
      case 'css':
        found = all().filter((element) => element.matches(step.selector));
        break;
      case 'role':
        found = all()
          .filter((element) => element.matches(roles[step.role] ?? `[role=${step.role}]`) && shown(element))
          .filter((element) => step.name === undefined || matches(nameOf(element), step.name, step.exact));
        break;
      case 'label':
        found = all().filter((element) => labels(element).some((label) => label && matches(label, step.text)));
        break;
      case 'text': {
        const matching = all().filter((element) => matches(textOf(element), step.text, step.exact));
        // The innermost ones.
        found = matching.filter((element) => !below(element).some((inner) => matching.includes(inner)));
        break;
      }
      case 'hasText':
        found = found.filter((element) => matches(textOf(element), step.text));
        break;
      case 'first':
        found = found.slice(0, 1);
    }
  }
  return found;
}
