import type { Dict, TypedMap } from './dict.ts';
import type { GoInt } from './go-int.ts';
import type { GoStruct } from './go-struct.ts';
import type { GoTime } from './go-time.ts';

/**
 * What a template can hold: `number` is float64, `null` is a nil interface, `undefined` is Go's invalid value (no value at all),
 * `Uint8Array` is `[]byte`. Strings keep undecodable bytes as lone surrogates U+DC80–U+DCFF.
 */
export type GoValue =
  | null
  | undefined
  | string
  | boolean
  | number
  | GoInt
  | GoTime
  | Dict
  | TypedMap
  | GoStruct
  | Uint8Array
  | readonly unknown[];
