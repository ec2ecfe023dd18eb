import { byId } from '../dom.js';
import { actionCard } from './action-card.js';

const slowMs = 1500;

/**
 * Buttons that cause faults.
 *
 * @param {import('../control.js').Control} control
 * @param {import('../setup.js').Site} site
 */
export async function addFaultButtons(control, site) {
  const { switches } = await control.inspect();
  const standIn = () => /** @type {any} */ (window).genesysStandIn;

  /** @type {import('./action-card.js').Action[]} */
  const actions = [
    {
      title: 'Expire the JWT',
      expect: 'Genesys refuses it from now on. Also cut the socket: Messenger then needs a new JWT, by a silent code.',
      run: async () => void (await control.act('expire-jwts')),
    },
    {
      title: 'Revoke the refresh token',
      expect: 'The next renewal fails. A silent code replaces it, without a prompt.',
      run: async () => void (await control.act('revoke-refresh-tokens')),
    },
    {
      title: 'Sign out at the provider',
      expect: 'Renewal still works. Also revoke the refresh token to see the prompt.',
      run: async () => void (await control.provider.signOut()),
    },
    {
      title: 'Cut the socket',
      expect: 'Messenger reconnects, and no message is lost. Genesys does this after two hours.',
      run: async () => void (await control.act('cut-sockets')),
    },
    {
      title: 'Ignore the next code',
      expect: 'Messenger ignores the result of reAuthenticate once. The element notices it within 5 s.',
      run: async () => {
        standIn()?.set({ reAuthenticateResolve: 'ignored-once' });
        return 'Now click Reauthenticate.';
      },
    },
    {
      title: 'Refuse all codes',
      expect: 'Genesys answers every exchange with 401. The element stops after a few attempts.',
      pressed: switches.failExchange !== 0,
      toggle: async (on) => void (await control.set({ server: { failExchange: on ? 401 : 0 } })),
    },
    {
      title: 'Slow network',
      expect: `Every response of Genesys and the provider takes ${slowMs / 1000} s longer.`,
      pressed: switches.latencyMs > 0,
      toggle: async (on) => {
        const latencyMs = on ? slowMs : 0;
        await Promise.all([control.set({ server: { latencyMs } }), control.provider.set({ latencyMs })]);
      },
    },
    cookieAction(site),
    {
      title: 'Reset everything',
      expect: 'Sets all switches to their defaults and reloads the page.',
      run: async () => {
        await Promise.all([control.act('reset'), control.provider.set(await noFaults(control))]);
        location.reload();
      },
    },
  ];
  byId('fault-list').replaceChildren(...actions.map((action) => actionCard(action)));
}

/** The provider's faults are its boolean switches and its latency. */
async function noFaults(/** @type {import('../control.js').Control} */ control) {
  const faults = Object.entries(await control.provider.switches()).filter(([, value]) => typeof value === 'boolean');
  return { ...Object.fromEntries(faults.map(([name]) => [name, false])), latencyMs: 0 };
}

/** Only the browser can block cookies, and only those of another site. So this links to a provider on another site. */
function cookieAction(/** @type {import('../setup.js').Site} */ site) {
  return site === 'cross'
    ? {
        title: 'Provider on the same site',
        expect: 'Before: block third-party cookies in the browser and reload. The popup then closes by itself.',
        href: './',
      }
    : {
        title: 'Provider on another site',
        expect: 'The browser may block its cookies in frames, as third-party cookies.',
        href: './?site=cross',
      };
}
