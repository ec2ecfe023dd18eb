/**
 * A fingerprint of a person: 53 bits of the subject of their JWT (RFC 7519 §4.1.2); undefined when it has none.
 *
 * It tells people apart without storing who they are. It is no protection, so a fast, non-cryptographic hash is enough,
 * and unlike `crypto.subtle.digest()` it is synchronous.
 */
export function fingerprint({ sub }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof sub !== 'string' || !sub) return undefined;
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (const character of sub) {
    const codePoint = character.codePointAt(0) ?? 0;
    high = Math.imul(high ^ codePoint, 0x9e3779b1);
    low = Math.imul(low ^ codePoint, 0x5f356495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return ((low & 0x1fffff) * 0x100000000 + (high >>> 0)).toString(36);
}
