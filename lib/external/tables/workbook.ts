import { openZip, textChunks, UnreadableFile, type ZipArchive } from "../sources/index.js";
import { tableOf, type IsHeads, type Table } from "./table.js";

/** The most text of a sheet, in characters, and its columns: leaderboards have some millions, and a hundred. */
const MOST_TEXT = 64 * 2 ** 20;
const MOST_COLUMNS = 2000;

/**
 * The first visible sheet of an Excel workbook whose heads are known, as a table of what its cells hold (85 % as 0.85);
 * null where no sheet has such heads. `note` tells of sheets that are not read.
 *
 * @throws UnreadableFile where the archive or a part of it is damaged, or too large.
 * @see ECMA-376, part 1, section 18: SpreadsheetML
 */
export async function workbookTable(file: string, isHeads: IsHeads): Promise<Table | null> {
  const zip = await openZip(file, (name) => name.startsWith("xl/"));
  try {
    const links = elements(await textOf(zip, "xl/_rels/workbook.xml.rels"), "Relationship");
    const targets = new Map(links.map(({ attribute }) => [attribute("Id"), attribute("Target")]));
    const texts = elements(await textOf(zip, "xl/sharedStrings.xml"), "si").map(({ inner }) => textIn(inner));
    const sheets = elements(await textOf(zip, "xl/workbook.xml"), "sheet");
    const visible = sheets.filter(({ attribute }) => attribute("state") === "");
    for (const { attribute } of visible) {
      const path = new URL(targets.get(attribute("id")) ?? "", "zip:///xl/").pathname.slice(1);
      const table = tableOf("Excel sheet", recordsOf(await textOf(zip, path), texts), isHeads);
      const others = visible.map((one) => one.attribute("name")).filter((name) => name !== attribute("name"));
      const note = `Sheets that are not read: ${others.join(", ")}.`;
      if (table !== null) return others.length === 0 ? table : { ...table, note };
    }
    return null;
  } finally {
    zip.close();
  }
}

async function textOf(zip: ZipArchive, name: string): Promise<string> {
  const member = zip.member(name);
  let text = "";
  for await (const chunk of member === null ? [] : textChunks(member)) {
    text += chunk;
    if (text.length > MOST_TEXT) throw new UnreadableFile(`${name} holds more than 64 MB`);
  }
  return text;
}

/** A sheet's rows, each cell at its column. */
function recordsOf(sheet: string, strings: readonly string[]): readonly (readonly string[])[] {
  const records = elements(sheet, "row").map(({ inner: row }) => {
    const cells: string[] = [];
    for (const { attribute, inner } of elements(row, "c")) {
      const place = columnOf(attribute("r")) ?? cells.length;
      if (place >= MOST_COLUMNS) throw new UnreadableFile(`a sheet of more than ${MOST_COLUMNS} columns`);
      while (cells.length < place) cells.push("");
      const value = VALUE.exec(inner)?.[1];
      const [type, text] = [attribute("t"), value === undefined ? textIn(inner) : entities(value)];
      cells[place] =
        type === "s" ? (strings[Number(text)] ?? "") : type === "b" ? String(text === "1") : text;
    }
    return cells;
  });
  return records.filter((cells) => cells.some((cell) => cell.trim() !== ""));
}

const VALUE = /<(?:\w+:)?v(?:\s[^<>]*)?>([^<]*)/;

/** "B7" stands in column 1, "AA7" in column 26. */
function columnOf(reference: string): number | null {
  const [letters] = /^[A-Z]{1,3}(?=\d)/.exec(reference) ?? [];
  return letters === undefined
    ? null
    : [...letters].reduce((sum, one) => sum * 26 + one.charCodeAt(0) - 64, 0) - 1;
}

interface Element {
  /** An attribute's text, with any prefix; "" for none. */
  readonly attribute: (name: string) => string;
  /** What follows its opening tag, up to the next of its name. */
  readonly inner: string;
}

/** The elements of a name, with any prefix, in XML in which none of them holds another of its name. */
function elements(xml: string, name: string): readonly Element[] {
  const [, ...parts] = xml.split(pattern(String.raw`<(?:\w+:)?${name}(?=[\s/>])`));
  return parts.map((part) => {
    const end = part.indexOf(">");
    const tag = part.slice(0, end);
    const attribute = (key: string): string =>
      entities(pattern(String.raw`\s(?:\w+:)?${key}\s*=\s*["']([^"']*)["']`).exec(tag)?.[1] ?? "");
    return { attribute, inner: part.slice(end + 1) };
  });
}

const patterns = new Map<string, RegExp>();

/** An expression, made once: a sheet asks for the same few a million times. */
function pattern(source: string): RegExp {
  const known = patterns.get(source) ?? new RegExp(source);
  patterns.set(source, known);
  return known;
}

/** The text of all runs, without the phonetic guides of East Asian writing. */
function textIn(xml: string): string {
  const [own = "", ...guided] = xml.split(/<(?:\w+:)?rPh[\s>]/);
  const all = [own, ...guided.map((part) => part.slice(part.indexOf("rPh>") + 1))].join("");
  return elements(all, "t")
    .map(({ inner }) => beforeTag(inner))
    .join("");
}

const beforeTag = (xml: string): string => entities(xml.split("<", 1)[0]!);

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function entities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos));/gi, (whole, ...found) => {
    const [decimal, hex, name] = found as (string | undefined)[];
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
