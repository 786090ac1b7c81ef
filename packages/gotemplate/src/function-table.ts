/**
 * Function tables: what templates may call, with the Go types of the parameters.
 * In: typed descriptors written with `goFunction` and `variadicFunction`. Out: a FunctionTable for a TemplateSet.
 * The evaluator checks arity and argument types as Go's reflection would, so implementations see only fitting values.
 * Not its business: what any function does.
 */
import type { Dict, GoInt, GoStruct, GoTime } from '@flotilla/gocompat';
import type { TemplateCall } from './template-call.ts';

/**
 * JS type of an argument for each parameter type. `any` never sees `undefined` (Go passes nil), `value` is Go's
 * reflect.Value: it tells a nil interface (`null`) from no value (`undefined`). A nil map arrives as `null`, a nil slice as
 * a nil-tagged array.
 */
export interface GoParamTypes {
  readonly any: unknown;
  readonly value: unknown;
  readonly string: string;
  readonly bool: boolean;
  readonly int: number;
  readonly int64: GoInt;
  readonly uint32: number;
  readonly float64: number;
  readonly duration: GoInt;
  readonly map: Dict | null;
  readonly list: unknown[];
  readonly strings: string[];
  readonly bytes: Uint8Array;
  readonly time: GoTime;
  readonly certificate: GoStruct;
}

/** The Go type of a parameter, by short name. */
export type GoParam = keyof GoParamTypes;

/** Parameter types as Go prints them in messages. */
export const goParamNames: Readonly<Record<GoParam, string>> = {
  any: 'interface {}',
  value: 'reflect.Value',
  string: 'string',
  bool: 'bool',
  int: 'int',
  int64: 'int64',
  uint32: 'uint32',
  float64: 'float64',
  duration: 'time.Duration',
  map: 'map[string]interface {}',
  list: '[]interface {}',
  strings: '[]string',
  bytes: '[]uint8',
  time: 'time.Time',
  certificate: 'sprig.certificate',
};

type ArgumentsOf<P extends readonly GoParam[]> = { -readonly [K in keyof P]: GoParamTypes[P[K]] };

/**
 * One function. Its result is a GoValue (`int(3)`, not `3`, for a Go int). A thrown GoError, or TemplateError, is the
 * function's error result or panic and is reported as `error calling NAME: …`; a Suspension passes through; anything else is
 * a bug and passes through too.
 */
export interface FunctionSpec {
  readonly params: readonly GoParam[];
  /** The last of `params` may be given any number of times. */
  readonly variadic?: boolean;
  /** The implementation takes the running execution as an extra first argument: `include`, `tpl`, `lookup`. */
  readonly takesCall?: boolean;
  readonly call: (...args: never[]) => unknown;
}

export type FunctionTable = ReadonlyMap<string, FunctionSpec>;

/** A function with a fixed number of arguments. */
export function goFunction<const P extends readonly GoParam[]>(
  params: P,
  call: (...args: ArgumentsOf<P>) => unknown,
): FunctionSpec {
  return { params, call };
}

/** A function whose last parameter, `rest`, repeats. */
export function variadicFunction<const P extends readonly GoParam[], R extends GoParam>(
  params: P,
  rest: R,
  call: (...args: [...ArgumentsOf<P>, ...GoParamTypes[R][]]) => unknown,
): FunctionSpec {
  return { params: [...params, rest], variadic: true, call };
}

/** A function with a fixed number of arguments that also sees the execution it is called from. */
export function callFunction<const P extends readonly GoParam[]>(
  params: P,
  call: (execution: TemplateCall, ...args: ArgumentsOf<P>) => unknown,
): FunctionSpec {
  return { params, takesCall: true, call };
}

/** A variadic function that also sees the execution it is called from. */
export function variadicCallFunction<const P extends readonly GoParam[], R extends GoParam>(
  params: P,
  rest: R,
  call: (execution: TemplateCall, ...args: [...ArgumentsOf<P>, ...GoParamTypes[R][]]) => unknown,
): FunctionSpec {
  return { params: [...params, rest], variadic: true, takesCall: true, call };
}

/** A method of a named or typed map; the receiver comes first and is not among `params`. */
export function goMethod<const P extends readonly GoParam[], Receiver>(
  params: P,
  call: (receiver: Receiver, ...args: ArgumentsOf<P>) => unknown,
): FunctionSpec {
  return { params, call };
}

/** Later tables win. */
export function mergeFunctions(...tables: readonly FunctionTable[]): FunctionTable {
  return new Map(tables.flatMap((table) => [...table]));
}
