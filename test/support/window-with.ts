/** The real window with some members replaced. */
export const windowWith = (changes: Changes<Window>): Window => standIn<Window>(window, changes);

/** The real document with some members replaced. */
export const documentWith = (changes: Changes<Document>): Document => standIn(document, changes);

type Changes<T> = { readonly [K in keyof T]?: unknown };

function standIn<T extends object>(real: T, changes: Changes<T>): T {
  return new Proxy(real, {
    has: (target, name) => name in changes || name in target,
    get(target, name) {
      if (name in changes) return changes[name as keyof T];
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
