/** Where the 3-D view is seen from, in units of the scene's box; the same for Plotly and for our own picture. */
export const CAMERA = {
  eye: { x: -0.92, y: -1.43, z: 0.84 },
  center: { x: 0, y: 0, z: -0.22 },
  up: { x: 0, y: 0, z: 1 },
} as const;

/** Lengths of the scene's box along x, y and z. */
export const ASPECT = { x: 1, y: 1, z: 0.72 } as const;

/** A place on the picture, and how far it is from the eye. */
export interface Projected {
  readonly u: number;
  readonly v: number;
  readonly depth: number;
}

type Triple = readonly [number, number, number];

const cross = (a: Triple, b: Triple): Triple => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const dot = (a: Triple, b: Triple): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const unit = (a: Triple): Triple => {
  const length = Math.hypot(...a);
  return [a[0] / length, a[1] / length, a[2] / length];
};

/**
 * Perspective projection of the unit cube, as Plotly's default camera does it.
 *
 * @returns A function from (x, y, z), each 0–1 along its axis, to u (right), v (down) and depth.
 */
export function projector(): (x: number, y: number, z: number) => Projected {
  const { eye, center } = CAMERA;
  const from: Triple = [eye.x, eye.y, eye.z];
  const forward = unit([center.x - eye.x, center.y - eye.y, center.z - eye.z]);
  const right = unit(cross(forward, [0, 0, 1]));
  const above = cross(right, forward);
  return (x, y, z) => {
    const p: Triple = [
      (x - 0.5) * ASPECT.x - from[0],
      (y - 0.5) * ASPECT.y - from[1],
      (z - 0.5) * ASPECT.z - from[2],
    ];
    const depth = dot(p, forward);
    return { u: dot(p, right) / depth, v: -dot(p, above) / depth, depth };
  };
}
