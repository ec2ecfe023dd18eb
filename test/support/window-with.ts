/** The real window with some members replaced. */
export const windowWith = (changes: Changes<Window>): Window => standIn<Window>(window, changes);

/** The real document with some members replaced. */
export const documentWith = (changes: Changes<Document>): Document => standIn(document, changes);

type Changes<T> = { readonly [K in keyof T]?: unknown };

function standIn<T extends object>(real: T, changes: Changes<T>): T {
  const memberOf = (name: PropertyKey): unknown => {
    if (name in changes) return changes[name as keyof T];
    const value: unknown = Reflect.get(real, name, real);
    return typeof value === 'function' ? (value.bind(real) as unknown) : value;
  };
  const has = (name: PropertyKey): boolean => name in changes || name in real;
  // Members of `document` are looked up in its prototype.
  const prototype = new Proxy(Object.create(null) as object, {
    getOwnPropertyDescriptor: (_, name) =>
      has(name) ? { get: () => memberOf(name), configurable: true, enumerable: true } : undefined,
  });
  return new Proxy(real, {
    has: (_, name) => has(name),
    get: (_, name) => memberOf(name),
    getPrototypeOf: () => prototype,
  });
}
