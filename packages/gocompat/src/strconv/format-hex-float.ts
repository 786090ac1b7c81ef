import { decompose } from './decimal-digits.ts';

/** Go's `%b` layout, `mantissap±exponent` with a power-of-two exponent. `size` must be finite and ≥ 0. */
export function formatBinaryFloat(size: number, bits: 32 | 64): string {
  const { mantissa, exponent } = bits === 64 ? decompose(size) : decomposeSingle(size);
  return `${mantissa}p${exponent >= 0 ? '+' : ''}${exponent}`;
}

function decomposeSingle(size: number): { readonly mantissa: bigint; readonly exponent: number } {
  if (size < 2 ** -126) return { mantissa: BigInt(size * 2 ** 149), exponent: -149 };
  const { mantissa, exponent } = decompose(size);
  return { mantissa: mantissa >> 29n, exponent: exponent + 29 };
}

/** Go's `%x` layout, `0x1.8p+00`; precision -1 prints as many digits as needed. `size` must be finite and ≥ 0. */
export function formatHexFloat(size: number, verb: 'x' | 'X', precision: number): string {
  const { fraction, lead, exponent } = hexParts(size, precision);
  const digits = fraction === '' ? '' : `.${fraction}`;
  const magnitude = String(Math.abs(exponent)).padStart(2, '0');
  const text = `0x${lead}${digits}p${exponent < 0 ? '-' : '+'}${magnitude}`;
  return verb === 'x' ? text : text.toUpperCase();
}

interface HexParts {
  readonly lead: string;
  readonly fraction: string;
  readonly exponent: number;
}

function hexParts(size: number, precision: number): HexParts {
  if (size === 0) return { lead: '0', fraction: '0'.repeat(Math.max(precision, 0)), exponent: 0 };
  const { mantissa, exponent } = decompose(size);
  const length = mantissa.toString(2).length;
  // The leading 1 at bit 60 leaves 15 hexadecimal digits after the point.
  let aligned = mantissa << BigInt(61 - length);
  let scale = exponent + length - 1;
  if (precision >= 0 && precision < 15) {
    const dropped = BigInt(60 - precision * 4);
    aligned = roundAligned(aligned, dropped);
    if (aligned >> 61n) {
      aligned >>= 1n;
      scale += 1;
    }
  }
  const all = (aligned & ((1n << 60n) - 1n)).toString(16).padStart(15, '0');
  const fraction = precision < 0 ? all.replace(/0+$/, '') : all.slice(0, precision).padEnd(precision, '0');
  return { lead: '1', fraction, exponent: scale };
}

function roundAligned(aligned: bigint, dropped: bigint): bigint {
  const kept = aligned >> dropped;
  const rest = (aligned << (60n - dropped)) & ((1n << 60n) - 1n);
  const rounded = (rest | (kept & 1n)) > 1n << 59n ? kept + 1n : kept;
  return rounded << dropped;
}
