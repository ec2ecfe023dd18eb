import { byId } from '../dom.js';
import { actionCard } from './action.js';

const slowMs = 1500;

/**
 * What breaks in life, one button each.
 *
 * @param {import('../control.js').Control} control
 * @param {import('../setup.js').Site} site
 * @param {import('./entries.js').Entries} entries
 */
export async function offerBreakers(control, site, entries) {
  const now = await control.inspect();
  const standIn = () => /** @type {any} */ (window).genesysStandIn;

  /** @type {import('./action.js').Action[]} */
  const actions = [
    {
      title: 'Expire the JWT',
      expect: 'Genesys refuses it from now on. Cut the socket too: a silent code brings a new one.',
      run: async () => void (await control.act('expire-jwts')),
    },
    {
      title: 'Kill the refresh token',
      expect: 'The next renewal is refused; a silent code follows, no prompt.',
      run: async () => void (await control.act('revoke-refresh-tokens')),
    },
    {
      title: 'Sign out at the provider',
      expect: 'Refreshes go on. Kill the refresh token too, and one prompt comes.',
      run: async () => void (await control.provider.signOut()),
    },
    {
      title: 'Cut the socket',
      expect: 'As after two hours: it reconnects, and no message is lost.',
      run: async () => void (await control.act('cut-sockets')),
    },
    {
      title: 'Ignore the next resolve',
      expect: 'Then Reauthenticate: the answer is overlooked, nudged, followed within 5 s.',
      run: async () => {
        standIn()?.set({ reAuthenticateResolve: 'ignored-once' });
        return 'Armed. Press Reauthenticate.';
      },
    },
    {
      title: 'Refuse exchanges',
      expect: 'Every code gets a 401. Some tries, then it stops: never a loop.',
      pressed: now.switches.failExchange !== 0,
      toggle: async (on) => void (await control.set({ server: { failExchange: on ? 401 : 0 } })),
    },
    {
      title: 'Slow network',
      expect: `Each answer of Genesys and of the provider takes ${slowMs / 1000} s more.`,
      pressed: now.switches.latencyMs > 0,
      toggle: async (on) => {
        const latencyMs = on ? slowMs : 0;
        await Promise.all([control.set({ server: { latencyMs } }), control.provider.set({ latencyMs })]);
      },
    },
    cookies(site),
    {
      title: 'Repair everything',
      expect: 'Every switch as at the start, then a reload.',
      run: async () => {
        await Promise.all([control.act('reset'), control.provider.set(await harmless(control))]);
        location.reload();
      },
    },
  ];
  const record = (/** @type {string} */ title) => entries.record({ kind: 'you', title: `You: ${title}` });
  byId('breaker-list').replaceChildren(...actions.map((action) => actionCard(action, record)));
}

/** The provider's faults are its true-or-false switches and its latency. */
async function harmless(/** @type {import('../control.js').Control} */ control) {
  const faults = Object.entries(await control.provider.switches()).filter(([, value]) => typeof value === 'boolean');
  return { ...Object.fromEntries(faults.map(([name]) => [name, false])), latencyMs: 0 };
}

/** Only the browser can block cookies, and only those of another site: so the page changes to a provider on one. */
function cookies(/** @type {import('../setup.js').Site} */ site) {
  return site === 'cross'
    ? {
        title: 'Back to the same site',
        expect: 'Block third-party cookies in the browser and reload: the popup then closes by itself.',
        href: './',
      }
    : {
        title: 'Block cookies',
        expect: 'The browser decides that. Leads to a provider on another site, whose cookies it may block.',
        href: './?site=cross',
      };
}
