/**
 * exp and log whose every bit is fixed. The language leaves the last bit of Math.exp, Math.log and `**` to the engine,
 * and a chain of random decisions that once sees another bit goes its own way from there. These are made of +, -, *
 * and / alone, which IEEE 754 rounds one way everywhere, so that a seed gives the same draws in every browser.
 *
 * Reductions and coefficients (Remez) are those of fdlibm, Sun Microsystems 1993, e_exp.c and e_log.c; errors are below
 * 1 ulp.
 */

/** log 2 in two parts: any whole number below 2^11 times the first is exact. */
const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;

/** 2^-540 to 2^540. Powers beyond are products of two, so that only the last product can round. */
const FARTHEST = 540;
const POWERS = new Float64Array(2 * FARTHEST + 1).fill(1);
for (let i = 1; i <= FARTHEST; i++) {
  POWERS[FARTHEST + i] = POWERS[FARTHEST + i - 1]! * 2;
  POWERS[FARTHEST - i] = POWERS[FARTHEST - i + 1]! / 2;
}

/** x 2^k for |k| <= 1080. */
function scale(x: number, k: number): number {
  const half = k >> 1;
  return x * POWERS[FARTHEST + half]! * POWERS[FARTHEST + k - half]!;
}

/** e^x. */
export function exp(x: number): number {
  if (!(x > -746 && x < 710)) return x < 0 ? 0 : x + Infinity;
  // x = k log 2 + r with |r| at most half of log 2, and e^r = 1 + 2 r / (R(r^2) - r), R(r^2) = r coth(r / 2).
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (1.66666666666666019037e-1 +
        t *
          (-2.77777777770155933842e-3 +
            t *
              (6.61375632143793436117e-5 + t * (-1.6533902205465251539e-6 + t * 4.13813679705723846039e-8))));
  return scale(1 - (low - (r * c) / (2 - c) - high), k);
}

/** 2^-1022. */
const LEAST_NORMAL = 2.2250738585072014e-308;
const DOUBLE = new Float64Array(1);
/** The same eight bytes: sign, exponent and the first 20 bits of the fraction are the upper word of every engine's. */
const WORDS = new Int32Array(DOUBLE.buffer);
/** Added to an upper word, carries 1 into the exponent from the root of 2 on. */
const FROM_ROOT_2 = 0x95f64;

/** Natural logarithm of x; -Infinity of 0, NaN below. */
export function log(x: number): number {
  if (!(x > 0 && x < Infinity)) return x === 0 ? -Infinity : x > 0 ? x : NaN;
  const isTiny = x < LEAST_NORMAL;
  const normal = isTiny ? x * POWERS[FARTHEST + 54]! : x;
  DOUBLE[0] = normal;
  const exponent = ((WORDS[1]! + FROM_ROOT_2) >> 20) - 1023;
  // x = 2^k (1 + f) with 1 + f between the roots of 1/2 and 2, and log(1 + f) = 2 artanh s for s = f / (2 + f).
  const f = scale(normal, -exponent) - 1;
  const k = isTiny ? exponent - 54 : exponent;
  const half = 0.5 * f * f;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const odd =
    z *
    (6.66666666666673513e-1 +
      w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  return k * LN2_HIGH - (half - (s * (half + odd + even) + k * LN2_LOW) - f);
}

/** log(1 + e^x). */
export function softplus(x: number): number {
  const e = exp(x > 0 ? -x : x);
  const u = 1 + e;
  // What rounding took from 1 + e is given back to the logarithm.
  return (x > 0 ? x : 0) + (log(u) + (e - (u - 1)) / u);
}

/** 1 / (1 + e^-t). */
export function logistic(t: number): number {
  return 1 / (1 + exp(-t));
}
