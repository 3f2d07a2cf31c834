import { readCsv } from "./readCsv.js";
import type { FileReading } from "./reading.js";
import { ScoreTable } from "./scoreTable.js";
import type { ByteSource } from "./textChunks.js";

const NEEDED = ["model", "facet", "score"] as const;
const COLUMNS = [...NEEDED, "n", "provider", "simulated"] as const;
type Column = (typeof COLUMNS)[number];

/** Whether a table with these columns is a plain one of scores. */
export function isPlainCsv(columns: readonly string[]): boolean {
  return missingColumns(columns).length === 0;
}

/** Needed columns that a table has not, whatever their case. */
export function missingColumns(columns: readonly string[]): readonly string[] {
  const have = new Set(columns.map((column) => column.toLowerCase()));
  return NEEDED.filter((column) => !have.has(column));
}

/** Reads a table with the columns model, facet, score and, where it stands, n. Other columns are passed over. */
export async function readPlainCsv(source: ByteSource): Promise<FileReading> {
  let table = new ScoreTable();
  await readCsv(source, ({ columns, delimiter }) => {
    table = new ScoreTable(delimiter === ";");
    const names = columns.map((column) => column.toLowerCase());
    const at = Object.fromEntries(COLUMNS.map((name) => [name, names.indexOf(name)])) as Record<
      Column,
      number
    >;
    return (cells, record) =>
      table.add({
        record,
        model: unescapeFormula(cellAt(cells, at.model)),
        facet: unescapeFormula(cellAt(cells, at.facet)),
        score: cellAt(cells, at.score),
        n: cellAt(cells, at.n),
        provider: cellAt(cells, at.provider),
        simulated: cellAt(cells, at.simulated),
      });
  });
  return table.reading("CSV");
}

function cellAt(cells: readonly string[], column: number): string {
  return cells[column]?.trim() ?? "";
}

/** Undoes the quote that `exportRows` and spreadsheets put before a name that starts like a formula. */
function unescapeFormula(name: string): string {
  return /^'[=+\-@\t\r]/.test(name) ? name.slice(1) : name;
}
