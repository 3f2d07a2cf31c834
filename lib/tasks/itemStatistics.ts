import { isSimulated } from "../shared/provenance.js";
import type { Row } from "../shared/types.js";

/** What a question tells about the models that were asked it. Missing numbers are null, never 0. */
export interface ItemStatistics {
  readonly facet: string;
  readonly task: string;
  /** Models with a score on it: unscored and failed answers are in no number here. */
  readonly models: number;
  /** Mean score over the models, in [0, 1]: classical test theory's item difficulty. */
  readonly shareRight: number | null;
  /**
   * Correlation of a model's score on it with the model's mean on the facet's other questions, in [-1, 1]. Near 0 or below, the
   * question measures something else, or its right answer is wrong. Null below 3 models, and where either does not vary.
   */
  readonly discrimination: number | null;
  /** What all models, two or more, agree on: then it tells no two of them apart and can be pruned. */
  readonly agreed: "all right" | "all wrong" | "all alike" | "";
  /** There, and true, for simulated models. */
  readonly simulated?: true;
}

/**
 * Each question's share right and its discrimination, the corrected item-total correlation within its facet, in the order of
 * the rows. Epochs are averaged first.
 *
 * @see Lord & Novick 1968, Statistical Theories of Mental Test Scores, chapter 15.
 */
export function itemStatistics(rows: readonly Row[]): readonly ItemStatistics[] {
  const simulated = isSimulated(rows) ? { simulated: true as const } : {};
  return groups(rows, "facet").flatMap(([facet, inFacet]) => {
    const items = groups(inFacet, "task").map(([task, own]) => ({ task, scores: scoresByModel(own) }));
    return items.map(({ task, scores }) => {
      const values = [...scores.values()];
      const pairs = [...scores].flatMap(([model, score]) => {
        const rest = items.flatMap((item) => (item.task === task ? [] : (item.scores.get(model) ?? [])));
        return rest.length === 0 ? [] : [[score, mean(rest)] as const];
      });
      const isAgreed = values.length > 1 && values.every((value) => Math.abs(value - values[0]!) < 1e-12);
      return {
        facet,
        task,
        models: values.length,
        shareRight: values.length === 0 ? null : mean(values),
        discrimination: pairs.length < 3 ? null : correlation(pairs),
        agreed: !isAgreed ? "" : values[0] === 1 ? "all right" : values[0] === 0 ? "all wrong" : "all alike",
        ...simulated,
      };
    });
  });
}

function groups(rows: readonly Row[], key: "facet" | "task" | "model") {
  const names = [...new Set(rows.map((row) => row[key]))];
  return names.map((name) => [name, rows.filter((row) => row[key] === name)] as const);
}

function scoresByModel(rows: readonly Row[]): ReadonlyMap<string, number> {
  const scored = rows.filter(({ score }) => score !== null);
  const byModel = groups(scored, "model");
  return new Map(byModel.map(([model, own]) => [model, mean(own.map(({ score }) => score!))]));
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Pearson's r; null where either does not vary but for rounding. */
function correlation(pairs: readonly (readonly [number, number])[]): number | null {
  const [mx, my] = [mean(pairs.map(([x]) => x)), mean(pairs.map(([, y]) => y))];
  const moment = (of: (dx: number, dy: number) => number): number =>
    mean(pairs.map(([x, y]) => of(x - mx, y - my)));
  const [xx, yy] = [moment((dx) => dx * dx), moment((_, dy) => dy * dy)];
  return xx > 1e-24 && yy > 1e-24 ? moment((dx, dy) => dx * dy) / Math.sqrt(xx * yy) : null;
}
