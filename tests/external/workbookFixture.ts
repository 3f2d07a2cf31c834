import { zipOf } from "./zipFixture.js";

type Cell = string | number | boolean;

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** An Excel workbook with these sheets, as Excel writes one; a sheet whose first cell is "hidden" is hidden. */
export function workbookOf(...sheets: readonly (readonly (readonly Cell[])[])[]): Buffer {
  const strings: string[] = [];
  const cellXml = (cell: Cell, column: number, row: number): string => {
    const reference = `r="${String.fromCodePoint(65 + column)}${row + 1}"`;
    if (typeof cell === "number") return `<c ${reference} s="1"><v>${cell}</v></c>`;
    if (typeof cell === "boolean") return `<c ${reference} t="b"><v>${Number(cell)}</v></c>`;
    return cell === "" ? `<c ${reference}/>` : `<c ${reference} t="s"><v>${strings.push(cell) - 1}</v></c>`;
  };
  const sheetXml = (rows: readonly (readonly Cell[])[]): string =>
    rows
      .map(
        (cells, row) => `<row r="${row + 1}">${cells.map((cell, i) => cellXml(cell, i, row)).join("")}</row>`,
      )
      .join("");
  const bodies = sheets.map((rows) => `<worksheet><sheetData>${sheetXml(rows)}</sheetData></worksheet>`);
  const names = sheets.map(
    ([first], i) =>
      `<sheet name="Sheet${i + 1}" sheetId="${i + 1}"${first?.[0] === "hidden" ? ' state="hidden"' : ""} r:id="rId${i + 1}"/>`,
  );
  const links = sheets.map(
    (_, i) => `<Relationship Id="rId${i + 1}" Target="worksheets/sheet${i + 1}.xml"/>`,
  );
  const shared = strings.map(
    (text) => `<si><t>${escaped(text)}</t><rPh sb="0" eb="1"><t>guide</t></rPh></si>`,
  );
  return zipOf([
    { name: "[Content_Types].xml", content: "<Types/>" },
    { name: "xl/workbook.xml", content: `<workbook><sheets>${names.join("")}</sheets></workbook>` },
    { name: "xl/_rels/workbook.xml.rels", content: `<Relationships>${links.join("")}</Relationships>` },
    { name: "xl/sharedStrings.xml", content: `<sst>${shared.join("")}</sst>` },
    ...bodies.map((content, i) => ({ name: `xl/worksheets/sheet${i + 1}.xml`, content })),
  ]);
}
