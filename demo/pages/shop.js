/**
 * What the shop does with the element: shows the person's name, and opens the chat with its own buttons.
 *
 * @param {any} element the `<gc-auth-messenger>`
 */
export function connectShop(element) {
  const greeting = document.querySelector('[data-greeting-name]');
  const addressName = document.querySelector('[data-person-name]');
  const defaultName = addressName?.textContent ?? '';

  /** @param {string | undefined} name */
  const showName = (name) => {
    if (greeting) greeting.textContent = name ? `, ${name.split(' ')[0]}` : '';
    if (addressName) addressName.textContent = name ?? defaultName;
  };

  element.addEventListener('gc-token', (/** @type {CustomEvent} */ event) =>
    showName(personOf(event.detail.claims).name),
  );
  element.addEventListener('gc-signed-out', () => showName(undefined));

  for (const button of document.querySelectorAll('[data-chat]')) {
    // The element reports errors with gc-error.
    button.addEventListener('click', () => element.open().catch(() => {}));
  }
}

/**
 * @param {Record<string, unknown>} claims payload of the Genesys JWT
 * @returns {{name: string | undefined, id: string | undefined}}
 */
export function personOf(claims) {
  /** @param {unknown} value */
  const text = (value) => (typeof value === 'string' && value !== '' ? value : undefined);
  const parts = [text(claims.given_name), text(claims.family_name)].filter(Boolean).join(' ');
  return { name: text(claims.name) ?? text(parts), id: text(claims.sub) };
}
