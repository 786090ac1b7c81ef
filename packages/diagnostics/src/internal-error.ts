/** A bug in Flotilla, never a mistake of its user. */
export class InternalError extends Error {
  constructor(message: string) {
    super(`this is a bug in Flotilla: ${message}`);
    this.name = 'InternalError';
  }
}

/** Throws {@link InternalError} unless `condition` holds. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InternalError(message);
}

/** Marks a branch the type system proves impossible. */
export function unreachable(value: never): never {
  throw new InternalError(`unexpected value ${JSON.stringify(value)}`);
}
