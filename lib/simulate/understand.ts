import { TASKS } from "../tasks/index.js";
import type { Task } from "../tasks/types.js";
import { FACET_OF, type Question } from "./question.js";
import { readExpected } from "./read/readExpected.js";
import { readPrompt } from "./read/readPrompt.js";

/** A prompt as the panel understands it. */
export interface Understood {
  readonly question: Question;
  readonly facet: string;
  /** The task it is, or the one it is most like; null when it is like none. */
  readonly task: Task | null;
}

/** Prompts that share fewer of their words are different questions. */
const ALIKE = 0.5;

/**
 * What a prompt asks. A prompt that is some task's to the letter has the answer that the task expects, unless the prompt
 * was edited and its target was not: models answer what they are asked. A prompt that is no task's is read by its words,
 * so that an edited number counts; one that cannot be read is another wording of the task it is most like, when it names
 * the same numbers and quotes the same words.
 *
 * @returns Null when it is no such thing either: the panel cannot make up an answer.
 */
export function understand(prompt: string, tasks: readonly Task[]): Understood | null {
  const exact = tasks.find((task) => task.prompt === prompt);
  const read = readPrompt(prompt);
  if (exact) {
    const expected = readExpected(exact.expected);
    const trusted = expected === null || hasStaleTarget(exact) || agrees(read, expected);
    const question = read !== null && trusted ? read : expected;
    if (question !== null) return { question: marked(question, exact), facet: exact.facet, task: exact };
  }
  const task = nearestTask(prompt, tasks);
  const question = read ?? (task && sameDetails(prompt, task.prompt) ? readExpected(task.expected) : null);
  return question && { question, facet: task?.facet ?? FACET_OF[question.kind], task };
}

/** One of the twelve with another prompt but the original's target. */
function hasStaleTarget({ name, prompt, expected }: Task): boolean {
  const original = TASKS.find((task) => task.name === name);
  return (
    original !== undefined &&
    original.prompt !== prompt &&
    JSON.stringify(original.expected) === JSON.stringify(expected)
  );
}

/** Does what the prompt's words ask for match what the task expects? The reading knows more: working and phrasing. */
function agrees(read: Question | null, expected: Question): boolean {
  if (read === null) return false;
  if (read.kind === "number" && expected.kind === "number")
    return Math.abs(read.right.value - expected.right.value) < 1e-9;
  if (read.kind === "exact" && expected.kind === "exact") return read.text === expected.text;
  if (read.kind === "json" && expected.kind === "json")
    return JSON.stringify(read.fields) === JSON.stringify(expected.fields);
  if (read.kind === "call" && expected.kind === "call")
    return (
      expected.call.real !== true &&
      expected.call.named === undefined &&
      JSON.stringify([read.call.tool, read.call.args]) ===
        JSON.stringify([expected.call.tool, expected.call.args])
    );
  return read.kind === expected.kind;
}

/** Whether code marks around an exact answer are forgiven is the task's to say. */
function marked(question: Question, task: Task): Question {
  return question.kind === "exact" ? { ...question, codeMarks: task.expected.codeMarks === true } : question;
}

function nearestTask(prompt: string, tasks: readonly Task[]): Task | null {
  const words = wordsOf(prompt);
  let best: Task | null = null;
  let most = ALIKE;
  for (const task of tasks) {
    const others = wordsOf(task.prompt);
    const common = [...words].filter((word) => others.has(word)).length;
    const alike = common / (words.size + others.size - common || 1);
    if (alike >= most && (best === null || alike > most)) [best, most] = [task, alike];
  }
  return best;
}

/** Do two prompts name the same numbers and quote the same words? */
function sameDetails(a: string, b: string): boolean {
  const [one, other] = [detailsOf(a), detailsOf(b)];
  return one.length === other.length && one.every((detail, i) => detail === other[i]);
}

const detailsOf = (text: string): readonly string[] =>
  (text.toLowerCase().match(DETAIL) ?? []).map((detail) => detail.replaceAll(/['"]/g, "")).toSorted();

/** A number or something quoted. */
const DETAIL = /'[^']{1,80}'|"[^"]{1,80}"|\d+(?:\.\d+)?/g;

/** The words of a text without its numbers and quoted parts: those are what an edit changes. */
function wordsOf(text: string): ReadonlySet<string> {
  const plain = text.toLowerCase().replaceAll(DETAIL, " ");
  return new Set(plain.match(/\p{L}{2,}/gu) ?? []);
}
