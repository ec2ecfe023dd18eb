/**
 * What each room of `src` may import; everything else is an error. Type imports count: they couple as values do.
 */

const rxjs = '(^|/)node_modules/rxjs/';
const oidcClient = '(^|/)node_modules/oidc-client-ts/';
const lit = '(^|/)node_modules/(lit|lit-html|lit-element|@lit/reactive-element)/';
const litContext = '(^|/)node_modules/@lit/context/';
const doors = String.raw`^src/(index|define|mount|inspector/define|setup/define|oidc/callback/callback|doctor/csp|testing/index|testing/playwright/index|testing/genesys-stand-in|templates/(jsx|vue|svelte)\.d|cli/main)\.ts$`;
const sessionPorts = String.raw`^src/session/ports(\.ts$|/)`;

/** @param {string} name */
const room = (name) => `^src/${name}/`;

/** @param {string} name @param {string[]} allowed */
const roomImportsOnly = (name, allowed) => ({
  name: `${name}-imports-only`,
  severity: 'error',
  from: { path: room(name) },
  to: { pathNot: [room(name), ...allowed] },
});

/** @param {string} name the file without ending @param {string[]} allowed */
const fileImportsOnly = (name, allowed) => ({
  name: `${name}-imports-only`,
  severity: 'error',
  from: { path: `^src/${name}\\.ts$` },
  to: { pathNot: allowed },
});

/** Adapters: rooms that implement the ports of the session. They know the ports as types, and not each other. */
const adapters = ['genesys', 'oidc', 'tabs', 'page'];

/** @param {string} name @param {string[]} more */
const adapterImportsOnly = (name, ...more) => roomImportsOnly(name, [room('core'), sessionPorts, rxjs, ...more]);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^/(dist|callback)' } },
    {
      name: 'reachable-from-a-door',
      comment: 'No entry of the package leads here: dead code.',
      severity: 'error',
      from: { path: doors },
      to: { path: '^src/', pathNot: doors, reachable: false },
    },

    roomImportsOnly('core', []),
    roomImportsOnly('session', [room('core'), rxjs]),
    // What RxJS lacks.
    roomImportsOnly('async', [rxjs]),
    adapterImportsOnly('genesys'),
    adapterImportsOnly('tabs'),
    adapterImportsOnly('page'),
    adapterImportsOnly('oidc', room('async'), oidcClient),
    {
      name: 'ports-are-types',
      severity: 'error',
      from: { path: adapters.map(room) },
      to: { path: sessionPorts, dependencyTypesNot: ['type-only'] },
    },
    roomImportsOnly('element', [
      room('session'),
      room('core'),
      String.raw`^src/compose\.ts$`,
      String.raw`^src/doctor/in-page\.ts$`,
      lit,
      litContext,
      oidcClient,
    ]),
    {
      name: 'doctor-is-loaded-on-demand',
      comment: 'Only a page that calls diagnose() loads it.',
      severity: 'error',
      from: { path: room('element') },
      to: { path: room('doctor'), dependencyTypesNot: ['type-only'], dynamic: false },
    },
    // Over the public interface of the element only, and what redacts texts.
    roomImportsOnly('inspector', [room('core'), room('element'), String.raw`^src/page/shared-secrets\.ts$`, lit]),
    {
      name: 'inspector-takes-types-of-element',
      severity: 'error',
      from: { path: room('inspector') },
      to: { path: room('element'), dependencyTypesNot: ['type-only'] },
    },
    // It shows what the doctor says as the inspector does, and loads the doctor as the element does.
    roomImportsOnly('setup', [
      room('core'),
      String.raw`^src/doctor/(csp|read-tag)\.ts$`,
      String.raw`^src/element/import-doctor\.ts$`,
      String.raw`^src/inspector/(styles|records|sections/doctor-section)\.ts$`,
      lit,
    ]),
    roomImportsOnly('templates', [room('element'), room('inspector'), '(^|/)node_modules/(vue|svelte)/']),
    roomImportsOnly('doctor', [room('core')]),
    roomImportsOnly('cli', [
      room('doctor'),
      room('core'),
      '^(node:|(util|module|http|https|crypto|dns|net)$)',
      '(^|/)node_modules/(parse5|tldts|string-width)/',
    ]),
    roomImportsOnly('testing', [room('core')]),
    {
      name: 'testing-takes-types-of-core',
      severity: 'error',
      // What runs in Node.js costs a page nothing.
      from: { path: room('testing'), pathNot: room('testing/playwright') },
      to: { path: room('core'), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-page-loads-the-playwright-kit',
      severity: 'error',
      from: { path: '^(src|demo)/', pathNot: room('testing/playwright') },
      to: { path: room('testing/playwright') },
    },
    fileImportsOnly('compose', [...['core', 'session', 'async', ...adapters].map(room), rxjs]),
    fileImportsOnly('index', [room('element')]),
    fileImportsOnly('mount', [room('element'), String.raw`^src/define\.ts$`]),
    // Before any element, it looks whether the page is one at all.
    fileImportsOnly('define', [room('element'), String.raw`^src/(index|oidc/callback/self-callback)\.ts$`]),

    {
      name: 'callback-needs-no-library',
      comment: 'The callback page is loaded for every silent sign-in and has to answer at once.',
      severity: 'error',
      from: { path: '^src/oidc/callback/' },
      to: { pathNot: '^src/oidc/callback/' },
    },
    {
      name: 'entries-are-not-imported',
      severity: 'error',
      from: {},
      to: { path: String.raw`^src/(oidc/callback/callback|testing/genesys-stand-in)\.ts$` },
    },
    { name: 'src-stands-alone', severity: 'error', from: { path: '^src/' }, to: { path: '^(test|demo|scripts)/' } },
    {
      name: 'demo-uses-the-public-doors',
      severity: 'error',
      from: { path: '^demo/' },
      to: { path: '^(src|test)/', pathNot: String.raw`^src/testing/switches\.ts$` },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'default'],
    },
  },
};
