import 'axe-core/axe.min.js';
import type axe from 'axe-core';

/** Rules of WCAG 2.2 AA and those that axe recommends, but for those about the outline of a whole page. */
const options: axe.RunOptions = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  rules: { 'target-size': { enabled: true }, region: { enabled: false }, 'page-has-heading-one': { enabled: false } },
  resultTypes: ['violations'],
};

interface WithAxe {
  readonly axe: typeof axe;
}

/** What axe finds in the element and its shadow root, or in a document, in words. */
export async function violations(of: Element | Document): Promise<string[]> {
  const win = ('defaultView' in of ? of.defaultView! : window) as unknown as WithAxe;
  const found = await win.axe.run(of, options);
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
  );
}

/** Puts axe into a frame of this origin. */
export function addAxe({ document }: Window): Promise<void> {
  const script = document.createElement('script');
  script.src = '/node_modules/axe-core/axe.min.js';
  document.head.append(script);
  return new Promise((resolve, reject) => {
    script.onload = () => resolve();
    script.onerror = reject;
  });
}
