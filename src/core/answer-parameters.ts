/**
 * Parameters that decide what an authorization response means. Each may occur once.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-3.1
 * @see https://www.rfc-editor.org/rfc/rfc9207#section-2
 */
export const decisiveParameters = ['code', 'state', 'iss', 'error', 'response'] as const;
