import { count } from "./method.js";
import type { CheckedOptions } from "./options.js";
import type { Selection } from "./select.js";
import type { TensorFit } from "./solution.js";

/** Below this share of edf an axis's penalty is said to leave no curvature. */
const NO_CURVATURE = 0.05;
/** From here to 20 points a spline is fair; below, it is labelled exploratory. */
const EXPLORATORY_POINTS = 12;

/** The caption of a P-spline: how smooth and why, how sure, and what to beware of. */
export function psplineNote(
  fit: TensorFit,
  selection: Selection,
  lambda: CheckedOptions["lambda"],
  basisFree: boolean,
): string {
  const { n } = fit.system.sample;
  const { axisX } = fit.system;
  const chosen =
    lambda === "reml"
      ? "smoothness chosen by REML"
      : lambda === "gcv"
        ? "smoothness chosen by GCV"
        : "smoothness as given";
  const larger = basisFree && axisX.size > 10 ? ` on ${axisX.size} × ${axisX.size} B-splines` : "";
  const sentences = [
    `Tensor P-spline${larger}, ${chosen}: ${fit.edf.toFixed(1)} effective degrees of freedom from ${count(n, "point")}.`,
  ];
  if (selection.edfAsked !== null) {
    sentences.push(
      `The points alone would allow ${selection.edfAsked.toFixed(1)}: so few were not trusted with that, and it was held down.`,
    );
  } else if (selection.curvature !== null) sentences.push(...curvatureNote(selection.curvature));
  if (n < EXPLORATORY_POINTS) {
    sentences.push(`With fewer than ${EXPLORATORY_POINTS} points it is exploratory: trust the points first.`);
  }
  return sentences.join(" ");
}

/** What is said about an axis along which the data show no bend. */
function curvatureNote([x, y]: readonly [number, number]): string[] {
  if (x < NO_CURVATURE && y < NO_CURVATURE) return ["No curvature was seen along either axis."];
  if (x < NO_CURVATURE) return ["No curvature was seen along x."];
  if (y < NO_CURVATURE) return ["No curvature was seen along y."];
  return [];
}
