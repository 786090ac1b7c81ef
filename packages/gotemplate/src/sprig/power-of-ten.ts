/** Go's `math.Pow(10, exponent)` for whole exponents: repeated squaring of fractions, which rounds differently from JS. */
export function powerOfTen(exponent: number): number {
  let fraction = 1;
  let binaryExponent = 0;
  let square = 0.625;
  let squareExponent = 4;
  for (let rest = Math.abs(exponent); rest >= 1; rest = Math.floor(rest / 2)) {
    if (squareExponent < -4096 || squareExponent > 4096) {
      binaryExponent += squareExponent;
      break;
    }
    if (rest % 2 === 1) {
      fraction *= square;
      binaryExponent += squareExponent;
    }
    square *= square;
    squareExponent *= 2;
    if (square < 0.5) {
      square += square;
      squareExponent -= 1;
    }
  }
  if (exponent < 0) return scale(1 / fraction, -binaryExponent);
  return scale(fraction, binaryExponent);
}

/** `fraction · 2^exponent` in two steps, since 2^exponent alone may be out of range. */
function scale(fraction: number, exponent: number): number {
  if (exponent > 1100) return Number.POSITIVE_INFINITY;
  if (exponent > 1000) return fraction * 2 ** 1000 * 2 ** (exponent - 1000);
  if (exponent < -1000) return fraction * 2 ** 50 * 2 ** Math.max(exponent - 50, -1074);
  return fraction * 2 ** exponent;
}
