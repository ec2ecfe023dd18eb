import { build } from 'esbuild';
import type { Demo } from '../../../demo/server/demo.js';
import { bundle, productEntry } from './bundle.js';

/** One page that is loaded in every round. */
export interface Contestant {
  readonly name: string;
  /** Entry of its module; none on a blank page. */
  readonly entry?: string;
  readonly markup?: (demo: Demo) => string;
  /** JavaScript, a promise: when the module can be used. At the end of its evaluation unless given. */
  readonly ready?: string;
  /** JavaScript, a promise: when the load is over. Once the page is loaded unless given. */
  readonly done?: string;
}

/** Pages that were never loaded before. */
export interface Pages {
  /** Address of a new page for a contestant; its answers may not be cached. */
  next(contestant: Contestant): string;
}

const page = (name: string): string => `test/bench/load/page/${name}.ts`;

/** The promise of the first render: https://lit.dev/docs/components/lifecycle/#updatecomplete */
const rendered = (tag: string): string => `document.querySelector('${tag}').updateComplete`;

const messengerPath = '/load/messenger.js';

const product = ({ app, genesys, provider }: Demo, loading: string): string => `<gc-auth-messenger
  loading="${loading}"
  deployment-id="${genesys.deploymentId}"
  environment="prod-euw1"
  script-url="${app.origin}${messengerPath}"
  authority="${provider.origin}"
  client-id="${provider.clientId}"
  redirect-uri="${app.origin}/callback.html"
></gc-auth-messenger>`;

const signedIn = `new Promise((resolve, reject) => {
  const element = document.querySelector('gc-auth-messenger');
  const look = () => element.state === 'signed-in' && resolve();
  element.addEventListener('gc-state-change', look);
  element.addEventListener('gc-interaction-required', ({ detail }) => reject(detail.error));
  element.addEventListener('gc-error', ({ detail }) => reject(detail));
  look();
})`;

/** The launcher is drawn once the deployment's configuration has said how. */
const drawn = `new Promise((resolve) => {
  const root = document.querySelector('gc-auth-messenger').shadowRoot;
  const look = () => root.querySelector('.launcher') && resolve();
  new MutationObserver(look).observe(root, { childList: true, subtree: true });
  look();
})`;

export const contestants: readonly Contestant[] = [
  { name: 'blank' },
  {
    name: 'lit',
    entry: page('lit-context'),
    markup: () => '<lit-context></lit-context>',
    ready: rendered('lit-context'),
  },
  {
    name: 'naive',
    entry: page('naive'),
    markup: ({ provider }) =>
      `<naive-messenger authority="${provider.origin}" client-id="${provider.clientId}"></naive-messenger>`,
    ready: rendered('naive-messenger'),
  },
  {
    name: 'ours interaction',
    entry: productEntry,
    markup: (demo) => product(demo, 'interaction'),
    ready: rendered('gc-auth-messenger'),
    done: drawn,
  },
  {
    name: 'ours',
    entry: productEntry,
    markup: (demo) => product(demo, 'eager'),
    ready: rendered('gc-auth-messenger'),
    done: signedIn,
  },
  { name: 'auth0', entry: page('auth0') },
  { name: 'msal', entry: page('msal'), ready: 'window.ready' },
  { name: 'keycloak', entry: page('keycloak') },
];

/** Puts what the pages load on the demo's server. */
export async function createPages(demo: Demo): Promise<Pages> {
  const { page: serve, origin } = demo.app;
  const script = (path: string, text: string): void => serve(path, text, { 'Content-Type': 'text/javascript' });
  const probe = await classicScript(page('probe'));
  script(messengerPath, await classicScript(page('messenger')));
  for (const { name, entry, ready } of contestants) {
    if (entry) script(modulePath(name), marked(await bundle(entry), ready));
  }
  let loads = 0;
  return {
    next({ name, entry, markup }) {
      loads++;
      // A module that the browser has never seen, so that it is compiled.
      const module = entry ? `<script type="module" src="${modulePath(name)}?${loads}"></script>` : '';
      const path = `/load/${loads}`;
      serve(
        path,
        `<!doctype html><html lang="en"><meta charset="utf-8"><title>Load</title><link rel="icon" href="data:,">
<script>${probe}</script><h1>A page</h1>${markup?.(demo) ?? ''}${module}</html>`,
      );
      return origin + path;
    },
  };
}

const modulePath = (name: string): string => `/load/${name.replace(' ', '-')}.js`;

/** Imports are bundled, so the first statement is the first thing that runs. */
const marked = (module: string, ready = ''): string => `performance.mark('start');
${module};
performance.mark('evaluated');
Promise.resolve(${ready}).then(() => performance.mark('ready'));`;

async function classicScript(entry: string): Promise<string> {
  const options = { bundle: true, minify: true, write: false, format: 'iife', target: 'es2022' } as const;
  const { outputFiles } = await build({ ...options, entryPoints: [entry] });
  return outputFiles[0]!.text;
}
