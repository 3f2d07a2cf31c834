import { shortText } from "../../shared/escape.js";
import type { ExternalOptions, Scale } from "../types.js";

/** Fractions carry the noise of adding up: 1.0000000000000002 is 1. */
const NOISE = 1e-9;
/** The share of numbers that may be strays, beyond the scale of the others. */
const STRAYS = 0.05;

/** What a head says of its numbers: percent, or 1 for an item that is correct and 0 for another. */
export type Unit = "percent" | "verdict";

/** The numbers of one facet or column, of those whose cells do not say their scale. */
export class ScaleGroup {
  least = Infinity;
  most = -Infinity;
  count = 0;
  /** Numbers within (0, 1] that may be fractions. */
  small = 0;
  /** Numbers beyond 0 to 100, which are no part of the others. */
  outside = 0;

  constructor(readonly unit: Unit | undefined) {}

  add(value: number): void {
    if (value < 0 || value > 100) return void (this.outside += 1);
    this.count += 1;
    this.least = Math.min(this.least, value);
    this.most = Math.max(this.most, value);
    if (value > 0 && value <= 1 + NOISE && this.unit !== "percent") this.small += 1;
  }

  /** What its numbers look like: "none" where none tells, as where all are 0. */
  get looks(): "fraction" | "percent" | "unclear" | "none" {
    const most = Math.min(Math.max(1, STRAYS * (this.count + this.outside)), this.count - 1);
    if (this.outside > 0 && this.outside > most) return "unclear";
    if (this.most <= 0) return "none";
    if (this.most <= 1 + NOISE) return this.unit === "percent" ? "unclear" : "fraction";
    return (this.most > 10 && this.unit !== "verdict") || this.unit === "percent" ? "percent" : "unclear";
  }
}

/** What makes a number a score in [0, 1] or says why it is not taken; or why none of its group is. */
export type Reading = ((written: number) => number | string) | string;

/** How a table's numbers are read. */
export interface Scales {
  /** By the group's name. */
  readonly readings: ReadonlyMap<string, Reading>;
  readonly scale: Scale;
  readonly notes: readonly string[];
}

/**
 * The scales of a table's groups, each by its own numbers and, where these could be either, by the others'. Numbers up to
 * 1 are fractions; one beyond 10 makes its group percent; up to 10, they may be of 0–10, of 1–5 or low percent, which is
 * asked. Fractions that groups of percent outnumber may be percent below 1, which is asked too. In groups of percent,
 * numbers up to 1 are left out, and zeros with them, where they are more than one in twenty.
 *
 * @param scaleOf What counts as 1, by the user's word.
 */
export function scalesOf(
  groups: ReadonlyMap<string, ScaleGroup>,
  scaleOf: NonNullable<ExternalOptions["scaleOf"]>,
): Scales {
  const free = [...groups].filter(([name]) => !Object.hasOwn(scaleOf, name)).map(([, group]) => group);
  const percent = free.filter(({ looks }) => looks === "percent");
  const fractions = free.filter(({ looks }) => looks === "fraction");
  const isOutnumbered = percent.length > 0 && percent.length >= fractions.length;
  // Where one is no verdict, all are of how many were correct.
  const isCounts = free.some(({ unit, looks }) => unit === "verdict" && looks === "unclear");
  const small = percent.reduce((sum, group) => sum + group.small, 0);
  const isMixed = small > STRAYS * percent.reduce((sum, { count }) => sum + count, 0);
  const few = small > 0 ? [`Read as percent, although numbers lie in (0, 1]: ${small}.`] : [];
  const said = [...groups.keys()].filter((name) => Object.hasOwn(scaleOf, name));
  const out = said.map((name) => `${JSON.stringify(shortText(name, 40))} is read out of ${scaleOf[name]}.`);
  const mixed = isMixed ? ["Mixed scales: read as percent, and numbers in (0, 1] left out."] : few;
  const notes = [...out, ...mixed];
  const readingOf = (name: string, group: ScaleGroup): Reading => {
    if (Object.hasOwn(scaleOf, name)) return (written) => written / scaleOf[name]!;
    if (group.looks === "unclear" || isCounts || (group.looks === "fraction" && isOutnumbered))
      return question(name, group);
    if (group.looks !== "percent") return (written) => (written > 1 ? 1 : written);
    const leaves = isMixed && group.small > 0;
    return (written) =>
      leaves && written <= 1 ? `mixed scales: ${written} may be a fraction or percent` : fromPercent(written);
  };
  const readings = new Map([...groups].map(([name, group]) => [name, readingOf(name, group)] as const));
  return { readings, scale: percent.length > 0 ? "percent" : "fraction", notes };
}

/** Why a group is not taken, and what to say of it. */
function question(name: string, { least, most, outside }: ScaleGroup): string {
  const shown = JSON.stringify(shortText(name, 40));
  const guess = outside > 0 ? 100 : most <= 1 ? 1 : least >= 1 && most <= 5 ? 5 : most <= 10 ? 10 : 100;
  const range = `from ${least} to ${most}${outside > 0 ? `, ${outside} beyond 0 to 100` : ""}`;
  const answer = `scaleOf: { ${shown}: ${guess} } or --scale ${shown}=${guess}`;
  return `the scale of ${shown} is unclear (${range}): say what counts as 1, as in ${answer}`;
}

/** A percentage as a fraction, exactly as written: 77.47 becomes 0.7747, which dividing by 100 misses. */
export function fromPercent(percent: number): number {
  const shifted = Number(`${percent}e-2`);
  return Number.isNaN(shifted) ? percent / 100 : shifted;
}
