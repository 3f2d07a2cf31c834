import { backwardSolve, forwardSolve } from "./cholesky.js";
import type { TensorSystem } from "./tensor.js";

/** (X'WX + S)^-1 in the eigenbasis, both triangles. */
export function eigenCovariance(system: TensorSystem, d: Float64Array, ci: Float64Array): Float64Array {
  const { fixed, penalised, marginX, marginY } = system;
  const size = marginX.size * marginY.size;
  const q = penalised.length;
  const f = fixed.kept.length;
  const out = new Float64Array(size * size);
  const rr = new Float64Array(q * q);
  for (let i = 0; i < q; i++)
    for (let j = 0; j <= i; j++) {
      const value = ci[i * q + j]! / Math.sqrt(d[i]! * d[j]!);
      rr[i * q + j] = value;
      rr[j * q + i] = value;
      out[penalised[i]! * size + penalised[j]!] = value;
      out[penalised[j]! * size + penalised[i]!] = value;
    }
  // Q = Lf^-T Z', one column per penalised direction.
  const lean = fixed.z.slice();
  for (let i = 0; i < q; i++) backwardSolve(fixed.l, f, lean.subarray(i * f, (i + 1) * f));
  // FR = -Q RR.
  const cross = new Float64Array(f * q);
  for (let i = 0; i < q; i++)
    for (let j = 0; j < q; j++)
      for (let t = 0; t < f; t++) cross[t * q + j]! -= lean[i * f + t]! * rr[i * q + j]!;
  for (let t = 0; t < f; t++) {
    const row = fixed.kept[t]!;
    for (let j = 0; j < q; j++) {
      out[row * size + penalised[j]!] = cross[t * q + j]!;
      out[penalised[j]! * size + row] = cross[t * q + j]!;
    }
    const unit = new Float64Array(f);
    unit[t] = 1;
    forwardSolve(fixed.l, f, unit);
    backwardSolve(fixed.l, f, unit);
    for (let s = 0; s < f; s++) {
      let value = unit[s]!;
      for (let j = 0; j < q; j++) value -= cross[t * q + j]! * lean[j * f + s]!;
      out[row * size + fixed.kept[s]!] = value;
    }
  }
  return out;
}
