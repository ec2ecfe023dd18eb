import { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import type { ProviderSwitches } from './switches.js';

const { Check, Prompt, base } = interactionPolicy;

/** When a page is needed: the library's rules, `prompt=select_account`, and the switches. */
export function createPolicy(switches: () => ProviderSwitches): interactionPolicy.Prompt[] {
  const policy = base();
  policy.add(
    new Prompt(
      { name: 'select_account', requestable: true },
      silentRefusal('account_selection', 'account_selection_required', () => switches().accountSelection),
    ),
    1,
  );
  policy.get('consent')?.checks.add(silentRefusal('consent', 'consent_required', () => switches().consentRequired));
  return policy;
}

/** Applies to `prompt=none` only, so that the person can still sign in on a page. */
function silentRefusal(reason: string, error: string, active: () => boolean): interactionPolicy.Check {
  return new Check(`${reason}_switch`, `${reason} is required`, error, (ctx: KoaContextWithOIDC) =>
    active() && ctx.oidc.prompts.has('none') ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT,
  );
}
