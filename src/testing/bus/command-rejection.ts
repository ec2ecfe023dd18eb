/**
 * Rejects a command. The caller receives `reason` itself: Genesys rejects with a string or a plain object, not with an
 * `Error`.
 */
export class CommandRejection extends Error {
  readonly reason: unknown;

  constructor(reason: unknown) {
    super(typeof reason === 'string' ? reason : 'rejected');
    this.name = 'CommandRejection';
    this.reason = reason;
  }
}

/** What a caller receives for `error`. */
export function reasonOf(error: unknown): unknown {
  return error instanceof CommandRejection ? error.reason : error;
}
