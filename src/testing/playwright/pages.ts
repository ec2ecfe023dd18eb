/** Answers of the provider that a browser shows. */
export interface PageAnswer {
  readonly status: number;
  readonly body: string;
  /** OAuth error code that is sent to the page. */
  readonly error?: string;
  /** Why the request is wrong, as a sentence. */
  readonly problem?: string;
}

const escape = (text: string): string => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

const page = (title: string, content: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <meta name="referrer" content="no-referrer" />
    <title>${escape(title)}</title>
    <link rel="icon" href="data:," />
  </head>
  <body style="font: 1rem/1.5 system-ui, sans-serif; max-width: 30em; margin: 4em auto; padding: 0 1em">
    ${content}
  </body>
</html>
`;

export const messagePage = (status: number, title: string, text: string): PageAnswer => ({
  status,
  body: page(title, `<h1>${escape(title)}</h1><p>${escape(text)}</p>`),
  ...(status >= 400 && { problem: text }),
});

/** A script in place of a redirect: Playwright routes no request that a redirect causes. */
export const redirectPage = (url: string): PageAnswer => ({
  status: 200,
  body: page('Redirect', `<script>location.replace(${JSON.stringify(url).replaceAll('<', '\\u003c')})</script>`),
});

/** Name of the parameter that the login page adds to the authorization request. */
export const loginParameter = 'test_kit_login';

/** Sends the same authorization request again, with the person. */
export function loginPage(request: URL, sub: string): PageAnswer {
  const fields = [...request.searchParams, [loginParameter, sub] as const].map(
    ([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}" />`,
  );
  const action = escape(request.origin + request.pathname);
  const form = `<form action="${action}">${fields.join('')}<button>Sign in as ${escape(sub)}</button></form>`;
  return { status: 200, body: page('Sign in', `<h1>Sign in</h1>${form}`) };
}
