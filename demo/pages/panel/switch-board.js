import { byId, make } from '../dom.js';

/** @type {Record<string, readonly (string | number)[]>} allowed values of switches */
const choices = {
  configureRefusal: [401, 403],
  failExchange: [0, 401, 403, 429, 500, 503],
  failRefresh: [0, 401, 403, 429, 500, 503],
  failRevoke: [0, 401, 403, 429, 500, 503],
  status: ['Active', 'Inactive'],
  alignment: ['Auto', 'Left', 'Right'],
  launcherVisibility: ['On', 'Off', 'OnDemand'],
  launcherDisplay: ['Icon', 'Text', 'IconAndText'],
  reAuthenticateResolve: ['honoured', 'ignored-once', 'ignored-until-nudged', 'ignored'],
  firstAuthCode: ['at-load', 'at-open', 'never'],
  takenName: ['silent', 'callback'],
};

/**
 * Inputs for all switches of the stand-in and the provider, created from their current values.
 *
 * @param {import('../control.js').Control} control
 */
export async function addSwitches(control) {
  const [{ switches, browserSwitches }, provider] = await Promise.all([control.inspect(), control.provider.switches()]);
  const standIn = () => /** @type {any} */ (window).genesysStandIn;
  byId('switch-board').replaceChildren(
    board('Genesys Cloud', switches, (patch) => control.set({ server: patch })),
    board('Messenger in this browser', browserSwitches, async (patch) => {
      await control.set({ browser: patch });
      standIn()?.set(patch);
    }),
    board('OpenID provider', provider, (patch) => control.provider.set(patch)),
  );
}

/**
 * @param {string} title
 * @param {Record<string, unknown>} switches
 * @param {(patch: object) => Promise<unknown>} apply
 */
function board(title, switches, apply) {
  const outcome = make('output', { class: 'outcome' });
  const rows = Object.entries(switches).map(([name, value]) => {
    const input = inputFor(name, value);
    input.addEventListener('change', async () => {
      try {
        await apply({ [name]: valueOf(input, value) });
        outcome.toggleAttribute('data-bad', false);
        outcome.textContent = `${name} is set.`;
      } catch (error) {
        outcome.toggleAttribute('data-bad', true);
        outcome.textContent = error instanceof Error ? error.message : String(error);
      }
    });
    return make('label', { class: 'switch' }, make('span', {}, name), input);
  });
  return make('fieldset', {}, make('legend', {}, title), ...rows, outcome);
}

/** @param {string} name @param {unknown} value @returns {HTMLInputElement | HTMLSelectElement} */
function inputFor(name, value) {
  const allowed = choices[name];
  if (allowed) {
    const options = allowed.map((one) => make('option', { value: String(one), selected: one === value }, String(one)));
    return make('select', {}, ...options);
  }
  if (typeof value === 'boolean') return make('input', { type: 'checkbox', checked: value });
  if (typeof value === 'number') return make('input', { type: 'number', min: '0', value: String(value) });
  return make('input', { type: 'text', value: [value ?? []].flat().join(', '), spellcheck: 'false' });
}

/** @param {HTMLInputElement | HTMLSelectElement} input @param {unknown} before the earlier value, which has the switch's type */
function valueOf(input, before) {
  if (input instanceof HTMLInputElement && input.type === 'checkbox') return input.checked;
  if (typeof before === 'number') return Number(input.value);
  if (typeof before === 'string') return input.value;
  const list = input.value.split(/[\s,]+/).filter(Boolean);
  return before === null && list.length === 0 ? null : list;
}
