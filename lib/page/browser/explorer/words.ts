import { formatP, formatValue } from "../../../shared/text.js";
import type { InteractionTest, Surface } from "../../../spline/types.js";
import { PENDING } from "./fits.js";
import type { Cross } from "../../../plot/index.js";

/** Value and band of the surface at the cross. */
export function readingAt(surface: Surface, { x, y }: Cross): string {
  const { z, se, low, high, supported } = surface.predict(x, y);
  if (!supported) return "not supported: no model is near, and nothing is said";
  const band = Number.isNaN(se)
    ? "no band"
    : `95 % ${formatValue(low)} to ${formatValue(high)}, standard error ${se.toFixed(3)}`;
  return `${formatValue(z)} (${band}); supported`;
}

/** What leaving out some models changes: before → after. */
export function changesBetween(before: Surface, after: Surface, cross: Cross, left: string): string {
  const change = (of: (surface: Surface) => string): string => {
    const [was, is] = [of(before), of(after)];
    return was === is ? `${was} as before` : `${was} → ${is}`;
  };
  const parts = [
    `interaction ${change(({ interaction }) => testWords(interaction))}`,
    `cross-validated R² ${change(({ r2LeftOut }) => r2LeftOut?.toFixed(2) ?? "none")}`,
    `at the cross ${change((surface) => readingAt(surface, cross).replace("; supported", ""))}`,
  ];
  return `Without ${left}: ${parts.join("; ")}.`;
}

function testWords(test: InteractionTest): string {
  if (test === PENDING) return "…";
  return test.p === null ? "not testable" : formatP(test.p);
}

/** Which scale is shown, and what of the other is to come. */
export function scaleWords(shown: Surface, isWaiting: boolean): string {
  if (isWaiting) return "Shown: scores taken as exact. The fit over abilities follows.";
  return shown.scale === "ability"
    ? "Shown: the law between the abilities behind the scores, which know their errors."
    : shown.method === "posterior"
      ? "Shown: exact scores of models that share families."
      : "Shown: scores taken as exact, models as independent.";
}
