/** 53 bits in base 36. */
function hash(text: string): string {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    high = Math.imul(high ^ codePoint, 0x9e3779b1);
    low = Math.imul(low ^ codePoint, 0x5f356495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return ((low & 0x1fffff) * 0x100000000 + (high >>> 0)).toString(36);
}

/** Separates salt, hash and checksum. */
const separator = '.';

const join = (salt: string, sub: string): string => {
  const salted = `${salt}${separator}${hash(`${salt}${separator}${sub}`)}`;
  return `${salted}${separator}${hash(salted)}`;
};

/** What identifies a person: the subject of their JWT (RFC 7519 §4.1.2); undefined when it has none. */
const subjectOf = ({ sub }: Readonly<Record<string, unknown>>): string | undefined =>
  typeof sub === 'string' && sub !== '' ? sub : undefined;

/**
 * A fingerprint of a person: salt, hash and checksum; undefined when the claims do not tell who it is.
 *
 * It tells people apart without storing who they are. The salt prevents that a list of hashes of known addresses tells
 * who it was. It is no protection against guessing one address, so a fast, non-cryptographic hash is enough, and unlike
 * `crypto.subtle.digest()` it is synchronous.
 *
 * @param random 0…1; becomes the salt.
 */
export function fingerprint(claims: Readonly<Record<string, unknown>>, random: number): string | undefined {
  const sub = subjectOf(claims);
  return sub === undefined ? undefined : join(Math.floor(random * 2 ** 52).toString(36), sub);
}

/** Whether a text is a fingerprint. A damaged or made-up one must have no effect. */
export function isFingerprint(text: string): boolean {
  const [salt, hashed, checksum, ...rest] = text.split(separator);
  return rest.length === 0 && checksum !== undefined && hash(`${salt}${separator}${hashed}`) === checksum;
}

const saltOf = (print: string): string => print.split(separator)[0] ?? '';

/** Whether the fingerprint is that of the person of the claims. Without a subject, it is when there is no fingerprint. */
export function isPerson(print: string | undefined, claims: Readonly<Record<string, unknown>>): boolean {
  const sub = subjectOf(claims);
  return print === undefined || sub === undefined ? print === sub : join(saltOf(print), sub) === print;
}

/** Whether both are known and differ. */
export const isOtherPerson = (print: string | undefined, claims: Readonly<Record<string, unknown>>): boolean =>
  print !== undefined && subjectOf(claims) !== undefined && !isPerson(print, claims);

/** Digest of `Config.identity`, which can contain the address of a person, with the salt of their fingerprint. */
export const identityDigest = (identity: string, print: string): string =>
  hash(`${saltOf(print)}${separator}${identity}`);
