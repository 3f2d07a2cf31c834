import type { ExternalEvals } from "../external/index.js";
import { isSimulated } from "../shared/provenance.js";

/** Where the scores of one file come from. */
export interface ExternalTableRow {
  readonly file: string;
  readonly format: string;
  readonly models: number;
  /** "gsm8k → reasoning, ifeval → instruction"; those past the eighth are counted. */
  readonly tasks: string;
  readonly rows: number;
  readonly skipped: number;
  readonly scale: string;
  readonly notes: string;
  /** There, and true, where every score of every file is a simulated model's; else the notes tell. */
  readonly simulated?: true;
}

const MOST_TASKS = 8;

/** Where the external scores come from, a record a file: the notebook's short table. */
export function externalTable({
  files,
  rows: scores,
}: Pick<ExternalEvals, "files" | "rows">): readonly ExternalTableRow[] {
  const simulated = scores.length > 0 && scores.every((score) => isSimulated(score));
  return files.map(({ file, format, version, models, tasks, rows, skipped, scale, notes }) => {
    const named = tasks
      .slice(0, MOST_TASKS)
      .map(({ task, facet }) => (task === facet ? task : `${task} → ${facet}`));
    const more = tasks.length - named.length;
    return {
      file: fileName(file),
      format: version === null ? format : `${format} ${version}`,
      models: models.length,
      tasks: [...named, ...(more > 0 ? [`and ${more} more`] : [])].join(", "),
      rows,
      skipped,
      scale,
      notes: notes.join(" "),
      ...(simulated ? { simulated: true } : {}),
    };
  });
}

/** The file's name without its folders. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
