/**
 * Modules that only few templates need, loaded when a function first asks for them: loading node:crypto costs milliseconds,
 * and template functions are synchronous, so `await import()` is no way in.
 */
import type NodeCrypto from 'node:crypto';
import { createRequire } from 'node:module';
import type Bcrypt from 'bcryptjs';

let loadedCrypto: typeof NodeCrypto | undefined;
let loadedBcrypt: typeof Bcrypt | undefined;

function load<T>(name: string): T {
  return createRequire(import.meta.url)(name) as T;
}

/** node:crypto. */
export function nodeCrypto(): typeof NodeCrypto {
  loadedCrypto ??= load<typeof NodeCrypto>('node:crypto');
  return loadedCrypto;
}

/** The bcryptjs package. */
export function bcryptjs(): typeof Bcrypt {
  loadedBcrypt ??= load<typeof Bcrypt>('bcryptjs');
  return loadedBcrypt;
}
