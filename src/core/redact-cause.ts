import { redact, redactText } from './redact.js';

/** Kept, because `instanceof` tells callers what happened. Other classes may hold anything. */
const builtIns = [TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError];

/** Causes of causes beyond this are left out. */
const maxDepth = 8;

/** Own members that errors of the language have in the different engines. */
const standard = /^(message|stack|cause|line|column|sourceURL|(file|line|column)(Name|Number))$/;

/**
 * A thrown value without secrets: an error that has none stays itself, another one becomes a frozen copy with its name and
 * stack. Never throws.
 */
export function redactCause(thrown: unknown, depth = 0): unknown {
  try {
    return thrown instanceof Error ? redactError(thrown, depth) : redact(thrown);
  } catch {
    return undefined;
  }
}

function redactError(thrown: Error, depth: number): Error {
  const { name, stack, cause } = thrown;
  const { message, cause: _, ...members } = redact(thrown) as { message?: unknown; cause?: unknown };
  const nested = depth < maxDepth ? redactCause(cause, depth + 1) : undefined;
  const texts = { name: textOf(name), stack: textOf(stack) };
  const clean = message === thrown.message && texts.name === name && texts.stack === stack && nested === cause;
  if (clean && isPlainError(thrown)) return thrown;

  const Type = builtIns.find((type) => thrown instanceof type) ?? Error;
  const copy = new Type(textOf(message), nested === undefined ? undefined : { cause: nested });
  Object.assign(copy, members);
  for (const [key, value] of Object.entries(texts)) {
    Object.defineProperty(copy, key, { value, configurable: true });
  }
  return Object.freeze(copy);
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? redactText(value) : undefined);

/** Whether an error has nothing but what the language gives it, so that it says the same later. */
const isPlainError = (thrown: Error): boolean =>
  [Error, ...builtIns].some((type) => Object.getPrototypeOf(thrown) === type.prototype) &&
  Reflect.ownKeys(thrown).every((key) => typeof key === 'string' && standard.test(key)) &&
  !Object.getOwnPropertyDescriptor(thrown, 'message')?.get;
