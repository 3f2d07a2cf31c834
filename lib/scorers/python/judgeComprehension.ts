import type { PythonCheck } from "../types.js";
import { fencesIn } from "../answerText.js";
import { isComprehension, plainCode } from "./programs.js";
import { rewritten } from "./rewrite.js";
import { runPython, secretName } from "./runPython.js";
import type { PythonResult } from "./runPython.js";
import { verdictOnFailure } from "./verdict.js";
import type { Verdict } from "./verdict.js";

/** A list comprehension as an answer writes it. */
export interface Comprehension {
  readonly text: string;
  /** The code above it in the same fence, which may define what it uses. */
  readonly above: string;
  /** A line of code of its own, perhaps assigned or printed, rather than a mention in prose. */
  readonly isAlone: boolean;
}

/** Longer ones are not looked for, in UTF-16 units. */
const LONGEST = 500;

/** The list comprehensions that an answer offers: those that stand alone, or else the last two of its prose. */
export function comprehensionsIn(text: string): readonly Comprehension[] {
  const fences = fencesIn(text);
  const found =
    fences.length === 0
      ? comprehensionsOf(plainCode(text.replaceAll(/^\s*(`+)([^`\n]+)\1\s*$/gm, "$2")), false)
      : fences
          .filter(({ language }) => language === "" || /^(?:i?python|py)/.test(language))
          .flatMap(({ body }) => comprehensionsOf(plainCode(body), true));
  const alone = found.filter(({ isAlone }) => isAlone);
  return alone.length > 0 ? alone : found.slice(-2);
}

function comprehensionsOf(code: string, isFenced: boolean): Comprehension[] {
  const found: Comprehension[] = [];
  for (let open = code.indexOf("["); open >= 0; open = code.indexOf("[", open + 1)) {
    const end = closing(code, open);
    const text = code.slice(open, end);
    if (!text.includes("for") || !isComprehension(text)) continue;
    const line = code.lastIndexOf("\n", open) + 1;
    const before = code.slice(line, open);
    const newline = code.indexOf("\n", end);
    const after = code.slice(end, newline < 0 ? code.length : newline);
    // sum([…]) and […][0] are not the list that was asked for, and "not to be confused with […]" offers none.
    const isDenied = /\b(?:not|instead of|rather than|unlike|avoid)\b[^.,;:]{0,40}$/i.test(before);
    if (!isDenied && !/(?<!print|list)(?<=\w)\($/.test(before) && !/^\s*\[|^\.\w/.test(after)) {
      const isAlone =
        /^\s*(?:[\w, :[\]]+=\s*)?(?:print\s*\(\s*)?(?:list\s*\(\s*)?$/.test(before) &&
        /^[\s)]{0,9};?\s*(?:#.*|;.*)?$/.test(after);
      found.push({ text, above: isFenced ? code.slice(0, line) : "", isAlone });
    }
    open = end - 1;
  }
  return found;
}

/** Index after the bracket that closes the one at `open`, if it is near; else `open`. Prose has apostrophes: quotes are ignored. */
function closing(code: string, open: number): number {
  let depth = 0;
  const last = Math.min(code.length, open + LONGEST);
  for (let i = open; i < last; i++) {
    if ("([{".includes(code[i]!)) depth++;
    else if (")]}".includes(code[i]!) && --depth === 0) return i + 1;
  }
  return open;
}

/**
 * Evaluates comprehensions. One whose names are undefined is a template, such as `[expression for item in iterable]`, and no
 * offer where there are others; of several in prose ("not […] but […]"), the last one counts.
 */
export async function judgeComprehensions(
  offers: readonly Comprehension[],
  check: PythonCheck,
): Promise<readonly Verdict[]> {
  const judged: Verdict[] = [];
  for (const one of offers) judged.push(await judge(one, check));
  const real = judged.filter(({ lacksName }) => lacksName !== true);
  const verdicts = real.length > 0 ? real : judged;
  return offers.every(({ isAlone }) => isAlone) ? verdicts : verdicts.slice(-1);
}

async function judge({ text, above }: Comprehension, check: PythonCheck): Promise<Verdict> {
  const shown = text.replaceAll(/\s+/g, " ");
  if (check.needs?.includes("one-line") && text.includes("\n"))
    return { is: "wrong", why: `${shown} takes more than one line.` };
  const want = secretName();
  const evaluate = async (before: string): Promise<PythonResult> => {
    const { source } = rewritten(`${before}\n(${text}) == ${want}`, true);
    return (await runPython({ source, names: [want], runs: [{ [want]: check.value }] }))[0]!;
  };
  let result = await evaluate("");
  // What stands above it counts for the names that the comprehension lacks, not for those that Python has.
  if (!result.ok && result.type === "NameError" && above.trim() !== "") result = await evaluate(above);
  if (!result.ok) return verdictOnFailure(shown, result);
  const isSame = result.value === true;
  const why = `${shown} is ${isSame ? "" : "not "}${JSON.stringify(check.value)}.`;
  return { is: isSame ? "right" : "wrong", why };
}
