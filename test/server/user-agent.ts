import { request, type IncomingHttpHeaders } from 'node:http';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** Absolute URL of the `Location` header. */
  location: URL | undefined;
}

export interface RequestInit {
  method?: string;
  headers?: Record<string, string>;
  /** Sent as a form. */
  form?: Record<string, string>;
}

/** An HTTP client that stores cookies per host and path, and does not follow redirects. */
export class UserAgent {
  readonly #cookies = new Map<string, { host: string; path: string; name: string; value: string }>();

  /** `Set-Cookie` headers of the latest response. */
  lastSetCookies: string[] = [];

  async go(target: string | URL, { method, headers = {}, form }: RequestInit = {}): Promise<Answer> {
    const url = new URL(target);
    const body = form && new URLSearchParams(form).toString();
    const answer = await send(url, method ?? (body === undefined ? 'GET' : 'POST'), body, {
      Accept: 'text/html',
      Cookie: this.#cookiesFor(url),
      ...(body !== undefined && { 'Content-Type': 'application/x-www-form-urlencoded' }),
      ...headers,
    });
    this.#keep(url, answer.headers['set-cookie'] ?? []);
    return answer;
  }

  /** Follows redirects to the same origin. */
  async follow(target: string | URL, init?: RequestInit): Promise<{ url: URL; answer: Answer }> {
    let url = new URL(target);
    let answer = await this.go(url, init);
    while (answer.location?.origin === url.origin) {
      url = answer.location;
      answer = await this.go(url);
    }
    return { url, answer };
  }

  #cookiesFor(url: URL): string {
    return [...this.#cookies.values()]
      .filter(({ host, path }) => host === url.hostname && url.pathname.startsWith(path))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  #keep(url: URL, setCookies: string[]): void {
    this.lastSetCookies = setCookies;
    for (const line of setCookies) {
      const [pair = '', ...attributes] = line.split('; ');
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      const path = attributes.find((attribute) => attribute.toLowerCase().startsWith('path='))?.slice(5) ?? '/';
      const key = `${url.hostname} ${path} ${name}`;
      if (value === '') this.#cookies.delete(key);
      else this.#cookies.set(key, { host: url.hostname, path, name, value });
    }
  }
}

/** Connects to the loopback address, since not every system resolves `*.localhost`. */
function send(url: URL, method: string, body: string | undefined, headers: Record<string, string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const clientRequest = request({
      host: '127.0.0.1',
      port: url.port,
      path: url.pathname + url.search,
      method,
      agent: false,
      headers: { Host: url.host, ...headers },
    });
    clientRequest.once('error', reject);
    clientRequest.once('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.once('end', () => {
        const { statusCode: status = 0, headers: answered } = response;
        const location = answered.location === undefined ? undefined : new URL(answered.location, url);
        resolve({ status, headers: answered, text, location });
      });
    });
    clientRequest.end(body);
  });
}
