/**
 * Why a command is refused. Pages receive `reason` itself, which with Genesys is a text or a plain
 * object and no `Error`.
 */
export class Refusal extends Error {
  readonly reason: unknown;

  constructor(reason: unknown) {
    super(typeof reason === 'string' ? reason : 'refused');
    this.name = 'Refusal';
    this.reason = reason;
  }
}

export function reasonOf(error: unknown): unknown {
  return error instanceof Refusal ? error.reason : error;
}
