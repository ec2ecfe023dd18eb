import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Allows cookies in a frame on another site. Chromium requires `Secure` for that and accepts it from loopback origins
 * without TLS. WebKit does not accept it there and does not require it. So each cookie is sent in both forms, and the
 * browser stores the one it accepts. The cookie library refuses `Secure` without TLS, hence the change of the header.
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

/** Acts like a browser that blocks third-party cookies: a frame sends no cookies and stores none. */
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
