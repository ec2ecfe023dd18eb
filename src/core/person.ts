/**
 * Who somebody is, without saying it: 53 bits of the subject of a JWT (RFC 7519 §4.1.2). Tells people apart; it guards
 * nothing, so it need not be cryptographic, and unlike a digest of the platform it is there at once.
 */
export function fingerprint({ sub }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof sub !== 'string' || !sub) return undefined;
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (const character of sub) {
    const point = character.codePointAt(0) ?? 0;
    high = Math.imul(high ^ point, 0x9e3779b1);
    low = Math.imul(low ^ point, 0x5f356495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return ((low & 0x1fffff) * 0x100000000 + (high >>> 0)).toString(36);
}
