import { basisRows } from "./basis.js";
import type { TensorFit } from "./solution.js";

/** Values and unscaled standard errors at every crossing of two sets of positions, index ix * y.length + iy. */
export function evaluateTensor(
  fit: TensorFit,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
): { z: Float64Array; s: Float64Array } {
  const { axisX, axisY, offset } = fit.system;
  const ky = axisY.size;
  const size = axisX.size * ky;
  const rowsX = basisRows(axisX, x);
  const rowsY = basisRows(axisY, y);
  const z = new Float64Array(x.length * y.length);
  const s = new Float64Array(x.length * y.length);
  // For each x, coefficients and covariance are first contracted along x: a curve in y with a banded covariance.
  const curve = new Float64Array(ky);
  const covariance = fit.covariance();
  const band = new Float64Array(ky * 4);
  for (let i = 0; i < x.length; i++) {
    const cx = rowsX.first[i]!;
    curve.fill(0);
    band.fill(0);
    for (let a = 0; a < 4; a++) {
      const ba = rowsX.values[4 * i + a]!;
      for (let b = 0; b < ky; b++) {
        const p = (cx + a) * ky + b;
        curve[b]! += ba * fit.beta[p]!;
        const last = Math.min(3, ky - 1 - b);
        for (let c = 0; c < 4; c++) {
          const bac = ba * rowsX.values[4 * i + c]!;
          const at = p * size + (cx + c) * ky + b;
          for (let d = 0; d <= last; d++) band[4 * b + d]! += bac * covariance[at + d]!;
        }
      }
    }
    for (let j = 0; j < y.length; j++) {
      const cy = rowsY.first[j]!;
      let value = 0;
      let s2 = 0;
      for (let b = 0; b < 4; b++) {
        const bb = rowsY.values[4 * j + b]!;
        value += bb * curve[cy + b]!;
        s2 += bb * bb * band[4 * (cy + b)]!;
        for (let d = b + 1; d < 4; d++) s2 += 2 * bb * rowsY.values[4 * j + d]! * band[4 * (cy + b) + d - b]!;
      }
      z[i * y.length + j] = value + offset;
      s[i * y.length + j] = Math.sqrt(Math.max(0, s2));
    }
  }
  return { z, s };
}
