import { inverse, Matrix } from "ml-matrix";
import { NO_FIT } from "./flat.js";
import { toUnit } from "./range.js";
import type { Sample } from "./sample.js";
import type { Shape } from "./shape.js";
import type { SurfaceFacts } from "./surface.js";

/**
 * Thin-plate interpolation with its linear part; points at one place are averaged. It runs through every
 * point, noise included, and has no uncertainty: shown only when asked for by name. Distances are taken in the
 * unit box, so that the axes' units do not matter.
 *
 * @see Duchon 1977, doi:10.1007/BFb0086566; leave-one-out by Rippa 1999, doi:10.1023/A:1018975909870.
 */
export function fitThinPlate(sample: Sample, shape: Shape): SurfaceFacts {
  const places = averagePlaces(sample, shape);
  const m = places.length;
  const system = Matrix.zeros(m + 3, m + 3);
  places.forEach((p, i) => {
    places.forEach((r, j) => system.set(i, j, radial(p.u - r.u, p.v - r.v)));
    [1, p.u, p.v].forEach((value, t) => {
      system.set(i, m + t, value);
      system.set(m + t, i, value);
    });
  });
  const solved = inverse(system);
  const target = [...places.map((p) => p.z - shape.mean), 0, 0, 0];
  const c = solved.mmul(Matrix.columnVector(target)).to1DArray();
  const at = (x: number, y: number): number => {
    const u = toUnit(shape.domain.x, x);
    const v = toUnit(shape.domain.y, y);
    const bent = places.reduce((sum, p, i) => sum + c[i]! * radial(u - p.u, v - p.v), 0);
    return shape.mean + c[m]! + c[m + 1]! * u + c[m + 2]! * v + bent;
  };
  const loo = m > 3 ? places.reduce((sum, _, i) => sum + (c[i]! / solved.get(i, i)) ** 2, 0) : NaN;
  const merged = m < sample.n ? ` ${sample.n} points at ${m} places: those at one place were averaged.` : "";
  return {
    ...NO_FIT,
    method: "thin-plate",
    note: `Thin-plate interpolation: it passes through every point, noise and all, and has no uncertainty.${merged}`,
    domain: shape.domain,
    edf: m,
    looRmse: Number.isFinite(loo) ? Math.sqrt(loo / m) : null,
    evaluate(x, y) {
      const z = new Float64Array(x.length * y.length);
      for (let i = 0; i < x.length; i++)
        for (let j = 0; j < y.length; j++) z[i * y.length + j] = at(x[i]!, y[j]!);
      return { z, se: null };
    },
  };
}

/** r^2 log r, from the two components of r. */
function radial(du: number, dv: number): number {
  const r2 = du * du + dv * dv;
  return r2 === 0 ? 0 : 0.5 * r2 * Math.log(r2);
}

function averagePlaces(sample: Sample, shape: Shape): { u: number; v: number; z: number; w: number }[] {
  const places = new Map<string, { u: number; v: number; z: number; w: number }>();
  for (let i = 0; i < sample.n; i++) {
    const key = `${sample.x[i]} ${sample.y[i]}`;
    const w = sample.weight === null ? 1 : sample.weight[i]!;
    const known = places.get(key);
    if (known === undefined) {
      const u = toUnit(shape.domain.x, sample.x[i]!);
      const v = toUnit(shape.domain.y, sample.y[i]!);
      places.set(key, { u, v, z: sample.z[i]!, w });
    } else {
      known.w += w;
      known.z += ((sample.z[i]! - known.z) * w) / known.w;
    }
  }
  return [...places.values()];
}
