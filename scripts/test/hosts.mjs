/**
 * The hosts of `examples`, and how each serves its pages.
 *
 * @typedef {object} Host
 * @property {string} name folder in `examples`
 * @property {'files' | 'start' | 'test'} serves `files`: any web server. `start`: `npm run build` and `npm start`. `test`: none, `npm test`
 *   has a browser of its own.
 * @property {'page' | 'none'} keeps `page`: a link keeps the page, and with it the element. `none`: a link loads a page.
 * @property {true} [inlineScripts] the host writes scripts into its pages, which a policy has to allow
 * @property {true} [rendered] the server answers with the tag in the page
 * @property {true} [base] the host needs `<base>`, which a policy has to allow
 * @property {true} [quick] `npm test` includes it. The others take minutes the first time.
 */

/** @type {readonly Host[]} */
export const hosts = [
  { name: 'html', serves: 'files', keeps: 'none', quick: true },
  { name: 'script-tag', serves: 'files', keeps: 'none', quick: true },
  { name: 'htmx', serves: 'files', keeps: 'page', quick: true },
  { name: 'turbo', serves: 'files', keeps: 'page', quick: true },
  { name: 'react', serves: 'start', keeps: 'page', quick: true },
  { name: 'vue', serves: 'start', keeps: 'page', quick: true },
  { name: 'playwright', serves: 'test', keeps: 'none', quick: true },
  { name: 'svelte', serves: 'start', keeps: 'page' },
  { name: 'solid', serves: 'start', keeps: 'page' },
  { name: 'astro', serves: 'start', keeps: 'none', rendered: true },
  { name: 'next', serves: 'start', keeps: 'page', rendered: true, inlineScripts: true },
  { name: 'nuxt', serves: 'start', keeps: 'page', rendered: true, inlineScripts: true },
  { name: 'sveltekit', serves: 'start', keeps: 'page', rendered: true, inlineScripts: true },
  { name: 'angular', serves: 'start', keeps: 'page', base: true },
];

export const quickHosts = hosts.filter(({ quick }) => quick).map(({ name }) => name);

/** @param {string[]} names empty: all @throws for a name that is not in `examples` */
export function chosenHosts(names) {
  const known = hosts.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`No such host: ${unknown.join(', ')}. There are ${known.join(', ')}.`);
  return names.length > 0 ? names : known;
}
