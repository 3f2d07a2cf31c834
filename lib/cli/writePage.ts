import type { ExternalEvals } from "../external/index.js";
import { show, standalonePage } from "../page/index.js";
import type { AxisNames } from "../report/index.js";
import { shortText } from "../shared/escape.js";
import { UsageError } from "../shared/usageError.js";
import { writeWhole } from "../shared/writeWhole.js";
import type { LawComparison } from "../spline/index.js";
import type { Surface } from "../spline/types.js";

/**
 * Writes a surface, the laws beside it and where the scores come from as one page. A reader never finds half of it.
 *
 * @throws UsageError where the file cannot be written.
 */
export async function writePage(
  file: string,
  axes: AxisNames,
  surface: Surface,
  laws: LawComparison,
  evals: ExternalEvals,
): Promise<void> {
  const [x, y, z] = [axes.x, axes.y, axes.z].map((name) => shortText(name, 60));
  const title = `${z} over ${x} and ${y}${surface.simulated ? " (simulated)" : ""}`;
  const page = standalonePage(title, (display) => {
    show(display, surface, axes);
    show(display, laws, axes);
    show(display, evals, { caption: "Where the scores come from" });
  });
  try {
    await writeWhole(file, page);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`fit: cannot write the page ${file} (${code}); name another with -o FILE.`, {
      cause: error,
    });
  }
}
