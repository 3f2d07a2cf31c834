import type { ExternalEvals } from "../../external/index.js";

/** One line a file: where the external scores come from, for the notebook's short table. */
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
}

const MOST_TASKS = 8;

export function externalTable({ files }: Pick<ExternalEvals, "files">): readonly ExternalTableRow[] {
  return files.map(({ file, format, version, models, tasks, rows, skipped, scale, notes }) => {
    const named = tasks
      .slice(0, MOST_TASKS)
      .map(({ task, facet }) => (task === facet ? task : `${task} → ${facet}`));
    const more = tasks.length - named.length;
    return {
      file: file.split(/[\\/]/).at(-1) ?? file,
      format: version === null ? format : `${format} ${version}`,
      models: models.length,
      tasks: [...named, ...(more > 0 ? [`and ${more} more`] : [])].join(", "),
      rows,
      skipped,
      scale,
      notes: notes.join(" "),
    };
  });
}
