/**
 * What a shop does with the element: greet the person it names, and open the chat from its own buttons.
 *
 * @param {any} element the `<gc-auth-messenger>`
 */
export function furnishShop(element) {
  const greeting = document.querySelector('[data-greeting-name]');
  const addressee = document.querySelector('[data-person-name]');
  const stranger = addressee?.textContent ?? '';

  /** @param {string | undefined} name */
  const nameThem = (name) => {
    if (greeting) greeting.textContent = name ? `, ${name.split(' ')[0]}` : '';
    if (addressee) addressee.textContent = name ?? stranger;
  };

  element.addEventListener('gc-token', (/** @type {CustomEvent} */ event) =>
    nameThem(personOf(event.detail.claims).name),
  );
  element.addEventListener('gc-signed-out', () => nameThem(undefined));

  for (const button of document.querySelectorAll('[data-chat]')) {
    // What went wrong is told by gc-error already; the shop's button has nothing to add.
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
