/**
 * A session of W3C WebDriver: https://www.w3.org/TR/webdriver2/
 *
 * @typedef {{
 *   command(method: 'GET' | 'POST' | 'DELETE', path: string, parameters?: object): Promise<any>,
 *   end(): Promise<void>,
 * }} WebDriver
 */

/** An error response. `code` is the error code of the specification, for example "no such element". */
export class WebDriverError extends Error {
  /** @param {string} code @param {string} message */
  constructor(code, message) {
    super(message ? `${code}: ${message}` : code);
    this.code = code;
  }
}

/** @param {string} method @param {string} url @param {object} [parameters] */
async function send(method, url, parameters) {
  const response = await fetch(url, {
    method,
    ...(method === 'POST' && { body: JSON.stringify(parameters ?? {}) }),
    headers: { 'content-type': 'application/json' },
  });
  const { value } = /** @type {any} */ (await response.json());
  if (!response.ok) throw new WebDriverError(value?.error ?? String(response.status), value?.message ?? '');
  return value;
}

/**
 * @param {string} origin of the driver
 * @param {object} capabilities
 * @returns {Promise<WebDriver>}
 */
export async function startWebDriver(origin, capabilities) {
  const { sessionId } = await send('POST', `${origin}/session`, { capabilities: { alwaysMatch: capabilities } });
  const session = `${origin}/session/${sessionId}`;
  return {
    command: (method, path, parameters) => send(method, session + path, parameters),
    end: async () => {
      await send('DELETE', session);
    },
  };
}
