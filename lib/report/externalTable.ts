import type { ExternalEvals } from "../external/index.js";
import { isSimulated } from "../shared/provenance.js";
import { listed } from "../shared/text.js";
import type { ScoreRow } from "../shared/types.js";

/** Where the scores of one file come from. */
export interface ExternalTableRow {
  /** Without its folders. */
  readonly file: string;
  /** With the writing tool's version, where the file tells it. */
  readonly format: string;
  readonly models: number;
  /** "gsm8k → reasoning, ifeval → instruction"; those past the eighth are counted. */
  readonly tasks: string;
  /** Scores taken, and not taken. */
  readonly rows: number;
  readonly skipped: number;
  /** "fraction" or "percent": how the file's numbers were read. */
  readonly scale: string;
  /** Warnings about numbers that were taken. */
  readonly notes: string;
  /** There, and true, where every score of every file is a simulated model's; else the notes tell. */
  readonly simulated?: true;
}

/** Tasks named; the others are counted. */
const MOST_TASKS = 8;

/** Where the external scores come from, a record a file: the notebook's short table. */
export function externalTable(external: Pick<ExternalEvals, "files" | "rows">): readonly ExternalTableRow[] {
  const simulated = external.rows.length > 0 && external.rows.every((row) => isSimulated(row));
  return external.files.map(({ file, format, version, models, tasks, rows, skipped, scale, notes }) => {
    const named = tasks.map(({ task, facet }) => (task === facet ? task : `${task} → ${facet}`));
    return {
      file: fileName(file),
      format: version === null ? format : `${format} ${version}`,
      models: models.length,
      tasks: listed(named, MOST_TASKS),
      rows,
      skipped,
      scale,
      notes: notes.join(" "),
      ...(simulated ? { simulated: true } : {}),
    };
  });
}

/** The name of the file, without its folders, that a score came from: a source is "path · task, metric". */
export function fileOf({ source }: Pick<ScoreRow, "source">): string {
  return fileName(source.split(" · ", 1)[0] ?? "");
}

function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
