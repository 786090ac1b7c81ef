/**
 * Go integers. Plain JS numbers are float64 everywhere; every integer kind is a GoInt.
 * One class for all kinds keeps call sites monomorphic; values beyond 2^53 carry a bigint.
 */

export type IntKind =
  | 'int'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'duration'
  | 'month'
  | 'weekday';

const bits: Readonly<Record<IntKind, { readonly width: number; readonly signed: boolean }>> = {
  int: { width: 64, signed: true },
  int8: { width: 8, signed: true },
  int16: { width: 16, signed: true },
  int32: { width: 32, signed: true },
  int64: { width: 64, signed: true },
  uint: { width: 64, signed: false },
  uint8: { width: 8, signed: false },
  uint16: { width: 16, signed: false },
  uint32: { width: 32, signed: false },
  uint64: { width: 64, signed: false },
  duration: { width: 64, signed: true },
  month: { width: 64, signed: true },
  weekday: { width: 64, signed: true },
};

/** A type with a name of its own, and the integer type below it. */
interface NamedType {
  readonly goType: string;
  readonly kind: IntKind;
}

const namedTypes: Readonly<Partial<Record<IntKind, NamedType>>> = {
  duration: { goType: 'time.Duration', kind: 'int64' },
  month: { goType: 'time.Month', kind: 'int' },
  weekday: { goType: 'time.Weekday', kind: 'int' },
};

/** The named type behind a kind, if it is one. */
export function namedTypeOf(kind: IntKind): NamedType | undefined {
  return namedTypes[kind];
}

/** An integer of one Go kind. `n` is exact when `big` is undefined, else an approximation of `big`. */
export class GoInt {
  readonly kind: IntKind;
  readonly n: number;
  readonly big: bigint | undefined;

  constructor(kind: IntKind, n: number, big: bigint | undefined) {
    this.kind = kind;
    this.n = n;
    this.big = big;
  }

  /** Decimal digits, as Go's `%d`. */
  toString(): string {
    return this.big === undefined ? String(this.n) : this.big.toString();
  }

  /** The exact value. */
  toBigInt(): bigint {
    return this.big ?? BigInt(this.n);
  }

  /** True for `uint`, `uint8`, … */
  get isUnsigned(): boolean {
    return !bits[this.kind].signed;
  }
}

const internedFrom = -256;
const interned: readonly GoInt[] = Array.from(
  { length: 1280 },
  (_, i) => new GoInt('int', i + internedFrom, undefined),
);

/** A Go `int` from an exact JS integer (|n| ≤ 2^53-1). */
export function int(n: number): GoInt {
  return interned[n - internedFrom] ?? new GoInt('int', n + 0, undefined);
}

/** A Go `int64` from an exact JS integer or a bigint, wrapped to 64 bits. */
export function int64(n: number | bigint): GoInt {
  return goInt('int64', n);
}

/** A Go `uint64`, wrapped to 64 bits. */
export function uint64(n: number | bigint): GoInt {
  return goInt('uint64', n);
}

/** A `time.Duration` of `nanoseconds`. */
export function duration(nanoseconds: number | bigint): GoInt {
  return goInt('duration', nanoseconds);
}

/** An integer of any kind, wrapped to the width of the kind as a Go conversion does. */
export function goInt(kind: IntKind, n: number | bigint): GoInt {
  if (typeof n === 'number' && Number.isSafeInteger(n) && fitsWithoutWrap(kind, n)) {
    return kind === 'int' ? int(n) : new GoInt(kind, n + 0, undefined);
  }
  const { width, signed } = bits[kind];
  const wrapped = signed ? BigInt.asIntN(width, BigInt(n)) : BigInt.asUintN(width, BigInt(n));
  const approximate = Number(wrapped);
  return new GoInt(kind, approximate, Number.isSafeInteger(approximate) ? undefined : wrapped);
}

function fitsWithoutWrap(kind: IntKind, n: number): boolean {
  const { width, signed } = bits[kind];
  if (width === 64) return signed || n >= 0;
  const limit = 2 ** (signed ? width - 1 : width);
  return n < limit && n >= (signed ? -limit : 0);
}
