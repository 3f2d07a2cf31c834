import { fencesIn } from "../fences.js";
import type { PythonCheck } from "../types.js";
import { isLacking } from "./lacking.js";
import { plain } from "./programs.js";
import { runPython, secretName } from "./run.js";
import { verdictByIdiom } from "./verdict.js";
import type { Verdict } from "./verdict.js";

/** A list comprehension as an answer writes it. */
export interface Comprehension {
  readonly text: string;
  /** The code above it in the same block, which may define what it uses. */
  readonly above: string;
  /** A line of code of its own, perhaps assigned or printed, rather than a mention in prose. */
  readonly alone: boolean;
}

const LONGEST = 500;
const COMPREHENSION = /^\[\s*[^\s\]][\s\S]*?\sfor\s+[\s\S]+?\sin\s/;

/** The list comprehensions of an answer: those of its fences, or else of its text. */
export function comprehensionsIn(text: string): Comprehension[] {
  const fences = fencesIn(text);
  if (fences.length === 0)
    return comprehensionsOf(plain(text.replaceAll(/^\s*(`+)([^`\n]+)\1\s*$/gm, "$2")), false);
  const code = fences.filter(({ language }) => language === "" || /^(?:i?python|py)/.test(language));
  return code.flatMap(({ body }) => comprehensionsOf(plain(body), true));
}

function comprehensionsOf(code: string, fenced: boolean): Comprehension[] {
  const found: Comprehension[] = [];
  for (let open = code.indexOf("["); open >= 0; open = code.indexOf("[", open + 1)) {
    const end = closing(code, open);
    if (end < 0) continue;
    const text = code.slice(open, end);
    if (!COMPREHENSION.test(flat(text))) continue;
    const line = code.lastIndexOf("\n", open) + 1;
    const before = code.slice(line, open);
    const newline = code.indexOf("\n", end);
    const after = code.slice(end, newline < 0 ? code.length : newline);
    // sum([…]) and […][0] are not the list that was asked for.
    if (!/(?<!print)(?<=\w)\s*\($/.test(before) && !/^\s*\[|^\.\w/.test(after)) {
      const alone =
        /^\s*(?:[\w, :[\]]+=\s*)?(?:print\s*\(\s*)?$/.test(before) &&
        /^\s*\)?\s*;?\s*(?:#.*|;.*)?$/.test(after);
      found.push({ text, above: fenced ? code.slice(0, line) : "", alone });
    }
    open = end - 1;
  }
  return found;
}

/** Index after the bracket that closes the one at `open`, if it is near; else -1. Quotes are ignored: prose has apostrophes. */
function closing(code: string, open: number): number {
  let depth = 0;
  const last = Math.min(code.length, open + LONGEST);
  for (let i = open; i < last; i++) {
    if ("([{".includes(code[i]!)) depth++;
    else if (")]}".includes(code[i]!) && --depth === 0) return i + 1;
  }
  return -1;
}

/** A list with what stands in inner brackets left out, so that only its own `for` shows. */
function flat(list: string): string {
  let depth = 0;
  let out = "";
  for (const character of list) {
    if (")]}".includes(character)) depth--;
    if (depth <= 1) out += character;
    if ("([{".includes(character)) depth++;
  }
  return out;
}

/** The comprehensions that an answer offers: those that stand alone, or else the last two of its prose. */
export function offered(found: readonly Comprehension[]): readonly Comprehension[] {
  const alone = found.filter((one) => one.alone);
  return alone.length > 0 ? alone : found.slice(-2);
}

/**
 * Evaluates comprehensions. One whose names are undefined is a template, such as `[expression for item in iterable]`, and no
 * offer where there are others; of several in prose ("not […] but […]"), the last one counts.
 */
export async function judgeComprehensions(
  offers: readonly Comprehension[],
  check: PythonCheck,
): Promise<Verdict[]> {
  const judged = [];
  for (const one of offers) judged.push(await judge(one, check));
  const real = judged.filter(({ template }) => !template);
  const verdicts = (real.length > 0 ? real : judged).map(({ verdict }) => verdict);
  return offers.every(({ alone }) => alone) ? verdicts : verdicts.slice(-1);
}

async function judge(
  one: Comprehension,
  check: PythonCheck,
): Promise<{ verdict: Verdict; template: boolean }> {
  const shown = one.text.replaceAll(/\s+/g, " ");
  if (check.needs?.includes("one-line") && one.text.includes("\n")) {
    return { verdict: { is: "wrong", why: `${shown} takes more than one line.` }, template: false };
  }
  for (const above of one.above.trim() === "" ? [""] : [one.above, ""]) {
    const want = secretName();
    const source = `${above}\n(${one.text}) == ${want}`;
    const reply = await runPython({ source, names: [want], runs: [{ [want]: check.value }] });
    if (reply.kind === "unavailable")
      return { verdict: verdictByIdiom(one.text, check, reply.why), template: false };
    if (reply.kind === "killed")
      return { verdict: { is: "wrong", why: `${shown} was stopped: ${reply.why}.` }, template: false };
    const result = reply.results[0]!;
    if (!result.ok && above !== "") continue;
    if (!result.ok && isLacking(result))
      return { verdict: verdictByIdiom(one.text, check, result.message), template: false };
    if (!result.ok)
      return {
        verdict: { is: "wrong", why: `${shown}: ${result.message}` },
        template: result.type === "NameError",
      };
    const same = result.value === true;
    const why = `${shown} is ${same ? "" : "not "}${JSON.stringify(check.value)}.`;
    return { verdict: { is: same ? "right" : "wrong", why }, template: false };
  }
  return { verdict: { is: "unknown", why: `${shown} could not be run.` }, template: false };
}
