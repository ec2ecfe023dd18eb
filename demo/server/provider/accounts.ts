/** A person who can sign in. */
export interface Account {
  id: string;
  givenName: string;
  familyName: string;
}

export const password = 'demo';

export const accounts: readonly Account[] = [
  { id: 'alice', givenName: 'Alice', familyName: 'Martin' },
  { id: 'bob', givenName: 'Bob', familyName: 'Keller' },
];

export function accountById(id: string): Account | undefined {
  return accounts.find((account) => account.id === id);
}

export function fullName({ givenName, familyName }: Account): string {
  return `${givenName} ${familyName}`;
}

/** @returns the account; `undefined` for a wrong name or password */
export function authenticate(name: string, givenPassword: string): Account | undefined {
  return givenPassword === password ? accountById(name.trim().toLowerCase()) : undefined;
}

/** Standard claims: https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims */
export function claimsOf(account: Account): { sub: string; [claim: string]: string } {
  return {
    sub: account.id,
    name: fullName(account),
    given_name: account.givenName,
    family_name: account.familyName,
    email: `${account.id}@example.com`,
  };
}
