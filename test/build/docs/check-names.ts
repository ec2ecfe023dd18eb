import { localeCodes } from '../../../src/element/locale-for.js';
import type { PublicNames } from './names.js';

/** Words in code spans that look like ours and belong to others, by whom they belong to. */
const foreign = new Set(
  [
    // Genesys
    'forceUpdate getAuthCode reAuthenticate signIn contextId en-us publish logoutOIDC Genesys authFetching',
    // The platform
    'addEventListener apt-get console.error customElements.whenDefined pagehide preventDefault import requestStorageAccess',
    'user-agent tsconfig.json crossorigin script-tag',
    'script-src connect-src frame-src img-src media-src object-src font-src base-uri frame-ancestors style-src require-trusted-types-for trusted-types light-dark z-index pointer-events',
    // Libraries and tools
    'auth0-spa-js keycloak-js msal-browser oidc-client-ts oidc-provider lit-html okta-auth-js from warm useEffect svelte-check vue-tsc data-turbo-action',
    'api.redirect fromURI InitiateAuth',
    'automaticSilentRenew monitorSession addUserSignedOut userStore signinCallback clearStaleState removeUser',
    ...localeCodes,
  ].flatMap((words) => words.split(' ')),
);

const choices: Readonly<Record<string, readonly string[]>> = {
  loading: ['eager', 'idle', 'interaction'],
  renew: ['auto', 'on-demand', 'off'],
  'response-mode': ['auto', 'query', 'fragment'],
  'sign-in-modes': ['silent', 'silent-redirect', 'popup', 'redirect'],
};

/** What is wrong with an attribute and its value; undefined when nothing is. */
export function attributeFault(name: string, value: string, { attributes }: PublicNames): string | undefined {
  if (!attributes.has(name)) return `there is no attribute ${name}`;
  const unknown = value && choices[name] ? value.split(' ').find((word) => !choices[name]?.includes(word)) : undefined;
  return unknown === undefined ? undefined : `${name} does not take “${unknown}”`;
}

/** What is wrong with the names in a code span; undefined when nothing is, or when it names nothing of ours. */
export function spanFault(span: string, known: PublicNames): string | undefined {
  const isText = (word: string): boolean => known.texts.has(word) || known.states.has(word);
  const [, attribute, value = ''] = /^([a-z][\w-]*)="([^"]*)"$/.exec(span) ?? [];
  if (attribute !== undefined && !foreign.has(attribute)) return attributeFault(attribute, value, known);
  const [, method] = /^([a-z]\w*)\(.*\)$/i.exec(span) ?? [];
  if (method !== undefined) {
    return known.methods.has(method) || known.members.has(method) || foreign.has(method)
      ? undefined
      : `there is no method ${method}()`;
  }
  const [, state] = /^:state\(([\w-]+)\)$/.exec(span) ?? [];
  if (state !== undefined) return known.states.has(state) ? undefined : `there is no state ${state}`;
  if (/^--gc-/.test(span)) return known.cssProperties.has(span) ? undefined : `there is no property ${span}`;
  if (/^gc-[a-z-]+$/.test(span)) {
    return known.events.has(span) || span === 'gc-auth-messenger' ? undefined : `there is no event ${span}`;
  }
  if (/^\w+\$$/.test(span)) return known.properties.has(span) ? undefined : `there is no stream ${span}`;
  if (/^[a-z]+(-[a-z]+)+$/.test(span)) {
    const onScript = span === 'data-mount';
    const ours =
      onScript ||
      known.attributes.has(span) ||
      isText(span) ||
      Object.values(choices).some((one) => one.includes(span));
    return ours || foreign.has(span) ? undefined : `nothing is called ${span}`;
  }
  if (/^[a-z]+[A-Z]\w*$/.test(span)) {
    const ours = known.properties.has(span) || known.methods.has(span) || known.members.has(span);
    const property = [...known.attributes].some((name) => camel(name) === span);
    return ours || property || foreign.has(span) ? undefined : `nothing is called ${span}`;
  }
  return undefined;
}

const camel = (attribute: string): string => attribute.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** On every element. */
const global = new Set(['id', 'class', 'style', 'slot', 'hidden', 'dir', 'key', 'ref']);

/** What is wrong with the tags of a sample, in HTML or in the template of a framework. */
export function tagFaults(code: string, known: PublicNames): string[] {
  return openingTags(code).flatMap((tag) =>
    [...tag.matchAll(/([^\s="{}]+)(?:=("[^"]*"|\{(?:[^{}]|\{[^}]*\})*\}))?/g)].flatMap(([, name = '', value = '']) => {
      const fault = templateFault(name, value, known);
      return fault === undefined ? [] : [fault];
    }),
  );
}

/** What stands between `<gc-auth-messenger` and the end of that tag. */
const openingTags = (code: string): string[] =>
  [...code.matchAll(/<gc-auth-messenger\b((?:"[^"]*"|\{(?:[^{}]|\{[^}]*\})*\}|[^>"{}])*?)\/?>/g)].map(
    ([, tag = '']) => tag,
  );

/** Vue binds with `:` and `@`, Angular with brackets, React and Svelte with `on`, Solid with `on:` and `prop:`. */
function templateFault(name: string, value: string, known: PublicNames): string | undefined {
  const [, event] = /^(?:@|on:?(?=gc-)|\()([\w-]+)\)?$/.exec(name) ?? [];
  if (event !== undefined) return known.events.has(event) ? undefined : `there is no event ${event}`;
  const [, property] =
    /^(?::([\w-]+)\.prop|\[(\w+)\]|prop:(\w+))$/.exec(name)?.filter((part) => part !== undefined) ?? [];
  if (property !== undefined) {
    const ours = known.properties.has(property) || [...known.attributes].some((one) => camel(one) === property);
    return ours ? undefined : `there is no property ${property}`;
  }
  const attribute = name.replace(/^(?::|\[attr\.)([\w-]+)\]?$/, '$1');
  if (global.has(attribute)) return undefined;
  const fixed = name === attribute && value.startsWith('"') ? value.slice(1, -1) : '';
  return attributeFault(attribute, fixed, known);
}

/** Names in style sheets and strings of a sample. */
export function otherFaults(code: string, known: PublicNames): string[] {
  const unknown = (pattern: RegExp, names: ReadonlySet<string>, what: string): string[] =>
    [...code.matchAll(pattern)]
      .map(([, name = '']) => name)
      .filter((name) => !names.has(name))
      .map((name) => `there is no ${what} ${name}`);
  return [
    ...unknown(/::part\(([\w-]+)\)/g, known.parts, 'part'),
    ...unknown(/:state\(([\w-]+)\)/g, known.states, 'state'),
    ...unknown(/(--gc-[\w-]+)/g, known.cssProperties, 'property'),
    ...unknown(/['"](gc-(?!auth-(?:messenger|inspector)\b)[\w-]+)['"]/g, known.events, 'event'),
  ];
}
