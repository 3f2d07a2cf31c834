/** Householder reflections Q of the columns of a matrix: Q'A = [R; 0], R upper triangular. */
export interface Reflections {
  readonly n: number;
  /** The columns kept: those that are not spanned by the ones before them. */
  readonly kept: readonly number[];
  /** R' with a positive diagonal, shape (f, f), lower: the Cholesky factor of A'A. */
  readonly l: Float64Array;
  /** Signs that R's rows were multiplied by for that, shape (f,). */
  readonly signs: Float64Array;
  /** Reflection t is I - v v', v the t-th of these, zero above row t. */
  readonly v: readonly Float64Array[];
}

/**
 * Reflections that turn the columns of A into a triangle: the last n - f rows of Q'B are then B in an orthonormal
 * basis of what A's columns leave.
 *
 * @param a A, shape (n, columns); overwritten.
 * @param tolerance A column is left out when less than this share of its square is new.
 * @see Golub & Van Loan 2013, Matrix Computations, section 5.2.2.
 */
export function reflectionsOf(a: Float64Array, n: number, columns: number, tolerance: number): Reflections {
  const v: Float64Array[] = [];
  const kept: number[] = [];
  const signs: number[] = [];
  for (let column = 0; column < columns; column++) {
    const t = v.length;
    let above = 0;
    let square = 0;
    for (let i = 0; i < n; i++) {
      const value = a[i * columns + column]! ** 2;
      if (i < t) above += value;
      else square += value;
    }
    if (!(square > tolerance * (above + square))) continue;
    const norm = Math.sqrt(square);
    const first = a[t * columns + column]!;
    // Away from the first entry, so that nothing cancels.
    const sign = first > 0 ? 1 : -1;
    const scale = 1 / Math.sqrt(square + Math.abs(first) * norm);
    const reflection = new Float64Array(n);
    for (let i = t; i < n; i++) reflection[i] = a[i * columns + column]! * scale;
    reflection[t]! += sign * norm * scale;
    reflect(reflection, t, a, columns);
    v.push(reflection);
    kept.push(column);
    signs.push(-sign);
  }
  const f = kept.length;
  const l = new Float64Array(f * f);
  for (let i = 0; i < f; i++)
    for (let t = 0; t <= i; t++) l[i * f + t] = signs[t]! * a[t * columns + kept[i]!]!;
  return { n, kept, l, signs: Float64Array.from(signs), v };
}

/** B = Q'B in place, shape (n, columns). */
export function reflectAll({ v }: Reflections, b: Float64Array, columns: number): void {
  for (const [t, reflection] of v.entries()) reflect(reflection, t, b, columns);
}

/** B = Q B in place, shape (n, columns). */
export function reflectBack({ v }: Reflections, b: Float64Array, columns: number): void {
  for (let t = v.length - 1; t >= 0; t--) reflect(v[t]!, t, b, columns);
}

/** B = (I - v v') B for v zero above row `from`. */
function reflect(v: Float64Array, from: number, b: Float64Array, columns: number): void {
  const along = new Float64Array(columns);
  for (let i = from; i < v.length; i++)
    for (let j = 0; j < columns; j++) along[j]! += v[i]! * b[i * columns + j]!;
  for (let i = from; i < v.length; i++)
    for (let j = 0; j < columns; j++) b[i * columns + j]! -= v[i]! * along[j]!;
}
