import { wellKnown } from '../core/issuer-address.js';
import type { Step } from './providers/provider.js';
import type { Attributes } from './tag.js';

/** Where the discovery document is; undefined before the provider is known. */
export function discoveryOf(attributes: Attributes): string | undefined {
  const { authority, 'metadata-url': document } = attributes;
  if (document !== undefined || authority === undefined) return document;
  return wellKnown.test(authority) ? authority : `${authority.replace(/\/$/, '')}/.well-known/openid-configuration`;
}

/** What to register at Genesys Cloud, in this order. `host`: of the page. */
export const genesysSteps = (attributes: Attributes, host: string | undefined): readonly Step[] => [
  {
    title: 'Integration “OpenID Connect Messenger Configuration” > Discovery URI',
    value: discoveryOf(attributes),
    text: 'Genesys must reach it from the internet.',
  },
  { title: 'Its credentials > client ID', value: attributes['client-id'] },
  { title: 'Its credentials > client secret', text: 'That of the client. It is needed here, and nowhere else.' },
  { title: 'Its implicit flow', text: 'Off, if it is offered.' },
  { title: 'Messenger configuration > authentication', text: 'On, with this integration.' },
  {
    title: 'Messenger deployment > deployment ID',
    value: attributes['deployment-id'],
    text: 'Assign the configuration to it, and set it to active.',
  },
  { title: 'Messenger deployment > allowed domains', value: host },
];

/** What must be on the origin of the page. */
export const callbackSteps = (redirectUri: string | undefined): readonly Step[] => [
  { title: 'Address', value: redirectUri },
  {
    title: 'Files',
    text: 'callback.html there, and callback.js beside it. Both are in the folder dist of the package.',
  },
  {
    title: 'Headers of callback.html',
    value: 'Content-Type: text/html\nCache-Control: max-age=3600\nNo-Vary-Search: params',
    text: 'The page then comes from the cache for every answer of the provider.',
  },
  { title: 'Headers of callback.js', value: 'Content-Type: text/javascript\nCache-Control: max-age=3600' },
];
