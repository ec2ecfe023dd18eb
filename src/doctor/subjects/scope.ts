import { subject } from '../subject.js';

/** Scopes that a set-up is better with, and why. */
const recommendedScopes: Readonly<Record<string, string>> = {
  profile: 'agents see the name only from this claim',
  email: 'agents see the e-mail address only from this claim',
  offline_access: 'Genesys can refresh, instead of a new code for every JWT',
};

/** Whether everything is asked for that agents and Genesys can use. */
export const scope = subject({
  id: 'scope',
  name: 'scope',
  findings: {
    'scope-openid': {
      why: 'Without openid, the request is not an OpenID Connect request, and Genesys gets no ID token.',
      hint: 'Add openid to scope.',
    },
    'scope-recommended': {
      why: 'Agents see the person’s name and e-mail only if the provider sends them, and Genesys refreshes only with a refresh token.',
      hint: 'Consider scope="openid profile email offline_access".',
      advice: true,
    },
  },
  examine({ config, broken = [] }) {
    if (!config || broken.includes('scope')) return { unknown: 'scope is not known' };
    if (config.codeProvider && !config.oidc.authority) return undefined;
    const words = config.oidc.scope.split(/\s+/);
    const missing = Object.entries(recommendedScopes).filter(([name]) => !words.includes(name));
    const reasons = missing.map((one) => one.join(': ')).join('; ');
    const found = `scope is “${config.oidc.scope}”.`;
    return {
      seen: config.oidc.scope,
      findings: !words.includes('openid')
        ? [{ id: 'scope-openid', found }]
        : missing.length > 0
          ? [
              {
                id: 'scope-recommended',
                found,
                hint: `Consider scope="openid profile email offline_access": ${reasons}.`,
              },
            ]
          : [],
    };
  },
});
