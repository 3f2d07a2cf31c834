import { gridAxis } from "./gridData.js";
import type { MeshNode } from "./mesh.js";
import { decimalsFor, rounded } from "./round.js";

/** From `surfaceMesh`: one array for each x. */
export type Mesh = readonly (readonly MeshNode[])[];

/** One value of each node as Plotly wants them: an array for each row of y, gaps as null. The mesh has x first. */
export function meshRows(
  mesh: Mesh,
  value: (node: MeshNode) => number,
  decimals: number,
): (number | null)[][] {
  const [first = []] = mesh;
  return first.map((_, iy) => mesh.map((column) => rounded(value(column[iy] as MeshNode), decimals)));
}

/** Where the nodes are: y by rows, since it differs from column to column at the border of the support. */
export function meshPlaces(mesh: Mesh): Readonly<Record<"x" | "y", unknown>> {
  const ys = mesh.flatMap((column) => column.map((node) => node.y));
  const rows = meshRows(mesh, (node) => node.y, decimalsFor(Math.max(...ys) - Math.min(...ys)));
  const isRegular = rows.every((row) => row.every((y) => y === row[0]));
  return {
    x: gridAxis(Float64Array.from(mesh, (column) => column[0]?.x ?? NaN)),
    y: isRegular ? rows.map((row) => row[0]) : rows,
  };
}
