/** Files of projects that use the package, compiled against its declarations. */
export const samples = {
  'types of define.js alone': `
    import 'gc-auth-messenger/define.js';
    const element = document.querySelector('gc-auth-messenger')!;
    element.addEventListener('gc-token', (event) => console.log(event.detail.expiresAt));
    document.addEventListener('gc-error', (event) => console.log(event.detail.code));
    window.addEventListener('gc-state-change', (event) => console.log(event.detail.state));
    void element.signIn();
    element.renew = 'auto';
    // @ts-expect-error A wrong value.
    element.renew = 'always';
    // @ts-expect-error Read-only.
    element.error = undefined;
    element.token$.subscribe((token) => console.log(token.jwt));
  `,
  'types of the main entry': `
    import type { GcAuthError, GcAuthMessenger, OidcMetadata, TokenInfo } from 'gc-auth-messenger';
    export const use = (element: GcAuthMessenger, metadata: Partial<OidcMetadata>): GcAuthError | undefined => {
      element.metadata = metadata;
      element.state$.subscribe(({ state }) => console.log(state));
      return element.error;
    };
    export type Token = TokenInfo;
    document.querySelector('gc-auth-messenger')?.signIn();
  `,
  'types of the inspector': `
    import 'gc-auth-messenger/inspector.js';
    const inspector = document.createElement('gc-auth-inspector');
    inspector.htmlFor = 'chat';
    inspector.open = true;
    inspector.note('Clicked on chat');
  `,
  'types of the policies': `
    import { cspFor, policyText } from 'gc-auth-messenger/csp';
    import type { CspOptions, Policies, Policy } from 'gc-auth-messenger/csp';
    const options: CspOptions = { environment: 'prod-euw1', authority: 'https://login.example.com', clientId: 'x', nonce: 'x' };
    const { page, callback }: Policies = cspFor(options);
    const withOwnImages: Policy = { ...page, 'img-src': [...(page['img-src'] ?? []), 'https://images.example'] };
    export const headers: string[] = [policyText(withOwnImages), policyText(callback)];
    // @ts-expect-error A misspelt option.
    cspFor({ environment: 'prod-euw1', autority: 'https://login.example.com' });
  `,
  'types of the bundles': `
    import 'gc-auth-messenger/gc-auth-messenger.js';
    import 'gc-auth-messenger/gc-auth-messenger.iife.js';
    document.addEventListener('gc-signed-out', (event) => console.log(event.detail.reason));
    const queue = (window.gcAuthMessenger ??= []);
    queue.push((element) => void element.signIn());
  `,
};
