import { byId, make } from './dom.js';
import { storeRealAttributes, realAttributes } from './setup.js';

const uuid = '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';

const fields = [
  {
    name: 'deployment-id',
    label: 'Deployment ID',
    hint: 'Admin › Messenger Deployments',
    pattern: uuid,
    example: '3f0c1b52-6d0e-4c1e-9a55-0f2d7a6b8c11',
    wide: true,
  },
  { name: 'environment', label: 'Environment', hint: 'prod-euw1, euw1 or mypurecloud.ie', value: 'prod-euw1' },
  {
    name: 'client-id',
    label: 'Client ID',
    hint: 'The client that is registered for Genesys',
    example: 'messenger-web',
  },
  {
    name: 'authority',
    label: 'Authority',
    hint: 'The issuer of your OpenID provider',
    type: 'url',
    example: 'https://login.example.com',
    wide: true,
  },
  {
    name: 'redirect-uri',
    label: 'Redirect URI',
    hint: 'Register exactly this URI at the provider',
    type: 'url',
    value: `${location.origin}/callback.html`,
    wide: true,
  },
  {
    name: 'scope',
    label: 'Scope',
    hint: 'offline_access lets Genesys refresh its JWT',
    value: 'openid offline_access',
    wide: true,
  },
];

/**
 * Shows a form for a real deployment and provider. The page reloads with its values.
 *
 * @returns {Record<string, string> | undefined} the stored values
 */
export function showRealForm() {
  const box = /** @type {HTMLDetailsElement} */ (byId('real'));
  const form = /** @type {HTMLFormElement} */ (byId('real-form'));
  const stored = realAttributes();
  box.hidden = false;
  box.open = !stored;
  byId('real-fields').replaceChildren(...fields.map((field) => row(field, stored?.[field.name])));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const values = [...new FormData(form)].map(([name, value]) => [name, String(value).trim()]);
    storeRealAttributes(Object.fromEntries(values));
    location.reload();
  });

  const forget = byId('real-forget');
  forget.hidden = !stored;
  forget.addEventListener('click', () => {
    storeRealAttributes(undefined);
    location.reload();
  });
  return stored;
}

/** @param {(typeof fields)[number]} field @param {string | undefined} stored */
function row({ name, label, hint, type = 'text', pattern, example, value, wide }, stored) {
  const id = `real-${name}`;
  const input = make('input', {
    id,
    name,
    type,
    pattern,
    required: true,
    placeholder: example,
    value: stored ?? value,
    'aria-describedby': `${id}-hint`,
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
  });
  return make(
    'p',
    { class: 'field', 'data-wide': wide },
    make('label', { for: id }, label),
    input,
    make('span', { id: `${id}-hint`, class: 'quiet' }, hint),
  );
}
