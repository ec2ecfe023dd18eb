import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Lets cookies travel into a frame on another site. Chromium wants `Secure` on them and takes it from plain-http loopback
 * origins; WebKit does not take it there, and wants none. So each goes out both ways, and a browser keeps what it may.
 * The cookie library refuses to write `Secure` over http, so it is done last.
 */
export function sendCookiesAcrossSites(response: ServerResponse): void {
  beforeHead(response, () => {
    const cookies = response.getHeader('Set-Cookie');
    if (Array.isArray(cookies)) {
      response.setHeader(
        'Set-Cookie',
        ['; SameSite=None; Secure', '; SameSite=None'].flatMap((attributes) =>
          cookies.map((cookie) => cookie.replace(/; samesite=lax/i, attributes)),
        ),
      );
    }
  });
}

/** What a browser does that blocks third-party cookies: none reach a frame, and none that it is given are kept. */
export function withholdFrameCookies(request: IncomingMessage, response: ServerResponse): void {
  if (request.headers['sec-fetch-dest'] !== 'iframe') return;
  delete request.headers.cookie;
  beforeHead(response, () => response.removeHeader('Set-Cookie'));
}

function beforeHead(response: ServerResponse, act: () => void): void {
  const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => ServerResponse;
  response.writeHead = (...args: unknown[]) => {
    act();
    return writeHead(...args);
  };
}
