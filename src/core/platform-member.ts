/**
 * A member of `document` as the platform or script defines it: the value of its getter, or its method bound to the object.
 * Undefined where the browser has no such member.
 *
 * `document.body` may be any `<form name="body">` of the page, because named elements override the members of `Document`.
 * Its prototypes have no named elements, so the member is looked up there, unless script has replaced it.
 *
 * @see https://html.spec.whatwg.org/multipage/dom.html#dom-document-nameditem
 */
export function platformMember<T extends object, Name extends keyof T>(object: T, name: Name): T[Name] {
  const found = descriptorOf(object, name);
  const member: unknown = found?.get ? found.get.call(object) : found?.value;
  return (typeof member === 'function' ? (member.bind(object) as unknown) : member) as T[Name];
}

/** Sets a member of `document` with the setter of the platform. Throws a `TypeError` where there is none. */
export function setPlatformMember<T extends object, Name extends keyof T>(object: T, name: Name, value: T[Name]): void {
  const found = descriptorOf(object, name);
  if (!found?.set) throw new TypeError(`This browser cannot set ${String(name)}.`);
  found.set.call(object, value);
}

/** The events of `document`, for `fromEvent` of RxJS. */
export const platformEvents = <T extends Target>(target: T): Pick<T, 'addEventListener' | 'removeEventListener'> => ({
  addEventListener: platformMember(target, 'addEventListener'),
  removeEventListener: platformMember(target, 'removeEventListener'),
});

interface Target {
  addEventListener(type: string, listener: never): void;
  removeEventListener(type: string, listener: never): void;
}

/**
 * A global variable that script has defined; undefined when it is missing, or an element or frame with that name: those
 * are properties of a prototype of `window`.
 *
 * @see https://html.spec.whatwg.org/multipage/nav-history-apis.html#named-access-on-the-window-object
 */
export const scriptGlobal = (win: object, name: string): unknown =>
  Object.hasOwn(win, name) ? (win as Record<string, unknown>)[name] : undefined;

function descriptorOf(object: object, name: PropertyKey): PropertyDescriptor | undefined {
  const own = Object.getOwnPropertyDescriptor(object, name);
  if (own && isByScript(own)) return own;
  for (let at = prototypeOf(object); at; at = prototypeOf(at)) {
    const found = Object.getOwnPropertyDescriptor(at, name);
    if (found) return found;
  }
  return undefined;
}

/** Named properties are never accessors, and their value is an element, a collection or a window: never primitive. */
function isByScript(property: PropertyDescriptor): boolean {
  const value: unknown = property.value;
  if (property.get || Object(value) !== value) return true;
  // Browsers let `<embed>` and `<object>` be called.
  return typeof value === 'function' && !('nodeType' in (value as object));
}

const prototypeOf = (object: object): object | null => Object.getPrototypeOf(object) as object | null;
