import { inverse, Matrix } from "ml-matrix";
import { basisMatrix, DEFAULT_BASIS_SIZE, makeAxis, rangeOf, toUnit } from "../basis/axis.js";
import { differencePenalty } from "../basis/kronecker.js";
import { fitCurve1d } from "../methods/curve.js";
import type { Sample, Shape } from "../smoothing/sample.js";

/** A fit as the laws compare it. */
export interface LawFit {
  readonly edf: number;
  /** Leave-one-out residuals, times the root of the weights, shape (n,). */
  readonly left: Float64Array;
}

/** Weight of the penalty on falling coefficients, against data of weight 1: large enough to forbid them. */
const RISE = 1e8;
const MAX_ROUNDS = 50;

/**
 * The weakest-link law: z is a rising function of the lower of the two, min(x, y). A P-spline whose smoothness is
 * chosen by REML, with falling coefficients penalised until none is left.
 *
 * @returns null when min(x, y) does not vary.
 * @see "Law of the Weakest Link", arXiv:2409.19951; Eilers 2005, doi:10.1177/1471082X05049637 (the constraint).
 */
export function fitWeakestLink(sample: Sample, shape: Shape): LawFit | null {
  const { n, weight } = sample;
  const lower = sample.x.map((x, i) => Math.min(x, sample.y[i]!));
  const range = rangeOf(lower);
  if (!(range[1] > range[0])) return null;
  const t = lower.map((value) => toUnit(range, value));
  const free = fitCurve1d(t, sample, shape);
  // A straight line is the limit of much smoothing.
  const lambda = free.lambda ?? 1e6;
  const basis = basisMatrix(makeAxis([0, 1]), t);
  const design = Matrix.from1DArray(n, DEFAULT_BASIS_SIZE, basis);
  const weighted = design.clone().mulColumnVector(Array.from(t, (_, i) => weight?.[i] ?? 1));
  const target = Matrix.columnVector(Array.from(sample.z, (z) => z - shape.mean));
  const normal = design.transpose().mmul(weighted);
  const right = weighted.transpose().mmul(target);
  const smooth = differencePenalty(DEFAULT_BASIS_SIZE).mul(lambda);
  let falling: readonly number[] = [];
  for (let round = 0; ; round++) {
    const solved = inverse(Matrix.add(normal, smooth).add(risePenalty(falling)));
    const beta = solved.mmul(right).to1DArray();
    const now = [...falling];
    for (let j = 0; j + 1 < DEFAULT_BASIS_SIZE; j++)
      if (beta[j + 1]! < beta[j]! && !now.includes(j)) now.push(j);
    if (now.length === falling.length || round === MAX_ROUNDS)
      return judge(design, weighted, solved, beta, target);
    falling = now;
  }

  function judge(b: Matrix, wb: Matrix, a: Matrix, beta: readonly number[], z: Matrix): LawFit {
    const half = b.mmul(a);
    const left = new Float64Array(n);
    let edf = 0;
    for (let i = 0; i < n; i++) {
      let h = 0;
      let fitted = 0;
      for (let j = 0; j < DEFAULT_BASIS_SIZE; j++) {
        h += half.get(i, j) * wb.get(i, j);
        fitted += b.get(i, j) * beta[j]!;
      }
      edf += h;
      left[i] = (Math.sqrt(weight?.[i] ?? 1) * (z.get(i, 0) - fitted)) / (1 - h);
    }
    return { edf, left };
  }
}

/** RISE times the sum over the marked j of (beta_j+1 - beta_j)^2, as a matrix. */
function risePenalty(marked: readonly number[]): Matrix {
  const out = Matrix.zeros(DEFAULT_BASIS_SIZE, DEFAULT_BASIS_SIZE);
  for (const j of marked) {
    out.set(j, j, out.get(j, j) + RISE);
    out.set(j + 1, j + 1, out.get(j + 1, j + 1) + RISE);
    out.set(j, j + 1, out.get(j, j + 1) - RISE);
    out.set(j + 1, j, out.get(j + 1, j) - RISE);
  }
  return out;
}
