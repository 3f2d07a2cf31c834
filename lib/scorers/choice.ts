import type { Expected } from "./types.js";
import type { Outcome } from "../shared/types.js";
import { answerText, failed, lacks, quote, right, unscored, wrong } from "./answerText.js";

/** A letter that names an option: alone, in brackets, in bold, in LaTeX; "A" before a word is an article. */
const LETTER = String.raw`[\s*_"'\x60([{$]*(?:\\(?:text|mathrm|mathbf|textbf)\s*\{\s*)?\(?([A-Z])(?![\p{L}\p{N}'’])(?!\s+\p{Ll})`;

/** Where an answer says its letter, the plainest way first; of several, the last one counts. */
const MARKS = [
  String.raw`\\boxed\s*\{${LETTER}`,
  String.raw`^#{4}${LETTER}`,
  String.raw`\b(?:answer|choice|option|respuesta|antwort|réponse)\b["*_\s]{0,5}(?:is|would be|must be|should be|:|=|→|es|ist|est)(?:\s+(?:the\s+)?(?:correct\s+)?(?:option|choice|letter|answer)?)?:?${LETTER}`,
  String.raw`^${LETTER}[\s*_"'\x60)\]}.:]*$`,
  String.raw`^${LETTER}\s*[).:\]*]`,
  String.raw`\b(?:option|choice|choose|pick|select|is)${LETTER}`,
].map((mark) => new RegExp(mark, "gimu"));

/**
 * Judges which of several options an answer chooses: by the letter that it marks (`\boxed{B}`, "the answer is (B)", "B." on a
 * line of its own, "option B"), or else by the one option whose text it holds. The letter asked for is 1 and another one 0;
 * an answer that names none, or several options' texts, is `review`.
 *
 * Reads `expected.choice` and, where given, `choices`. Fails when `choice` is no letter of an option.
 */
export function scoreChoice(output: string, { choice, choices }: Expected): Outcome {
  if (choice === undefined) return lacks("scorers.choice", "choice");
  const wanted = choice.trim().toUpperCase();
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".slice(0, choices?.length ?? 26);
  if (wanted.length !== 1 || !letters.includes(wanted)) {
    return failed(
      `scorers.choice: expected.choice is ${quote(choice)}; it must be a letter from A to ${letters.at(-1)}.`,
    );
  }
  const text = answerText(output);
  if (typeof text !== "string") return text;
  const letter = markedIn(text, letters) ?? namedIn(text, letters, choices ?? []);
  if (letter === null)
    return unscored("review", `No one option is named in ${quote(text)}: a reader should decide.`);
  return letter === wanted
    ? right(`The option chosen is ${letter}.`)
    : wrong(`The option chosen is ${letter}, not ${wanted}.`);
}

/** The letter behind the last mark of the plainest kind that the answer has. */
function markedIn(text: string, letters: string): string | null {
  for (const mark of MARKS) {
    const found = [...text.matchAll(mark)].map(([, letter]) => letter!.toUpperCase());
    const known = found.findLast((letter) => letters.includes(letter));
    if (known !== undefined) return known;
  }
  return null;
}

/** The letter of the only option whose text the answer holds; of options inside one another, the longest. */
function namedIn(text: string, letters: string, choices: readonly string[]): string | null {
  const plain = text.toLowerCase();
  const named = choices.filter((one) => one.trim() !== "" && plain.includes(one.trim().toLowerCase()));
  const longest = named.filter(
    (one) => !named.some((other) => other !== one && other.toLowerCase().includes(one.trim().toLowerCase())),
  );
  return longest.length === 1 ? letters[choices.indexOf(longest[0]!)]! : null;
}
