/** The real window, except for what a test replaces. */
export function windowWith(changes: { readonly [K in keyof Window]?: unknown }): Window {
  return new Proxy<Window>(window, {
    has: (target, name) => name in changes || name in target,
    get(target, name) {
      if (name in changes) return changes[name as keyof Window];
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
