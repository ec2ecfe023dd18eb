/** Session or local storage; `undefined` where the browser blocks it. */
export function accessibleStorage(kind: 'localStorage' | 'sessionStorage'): Storage | undefined {
  // Where storage is blocked, reading the property throws; where its quota is zero, writing throws.
  try {
    const storage = window[kind];
    storage.setItem('_genesys:probe', '1');
    storage.removeItem('_genesys:probe');
    return storage;
  } catch {
    return undefined;
  }
}
