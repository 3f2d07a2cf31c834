import type { PythonCheck } from "../../scorers/types.js";
import { LETTERS, NOUNS } from "./words.js";
import type { Random } from "./random.js";
import type { Generator } from "./variant.js";

type Operation = readonly [phrase: string, of: (a: number, b: number) => number];

/** Fractions that are exact in binary, so that results can be compared exactly. */
const PAIRS = [
  [2, 3],
  [0, 0],
  [-7, 4],
  [12, -5],
  [0.5, 0.25],
  [4567, 89],
] as const;

function operation(random: Random): Operation {
  const k = random.whole(2, 30);
  return random.pick<Operation>([
    ["their sum", (a, b) => a + b],
    ["their product", (a, b) => a * b],
    ["the first minus the second", (a, b) => a - b],
    ["the larger of the two", (a, b) => Math.max(a, b)],
    ["the sum of their squares", (a, b) => a * a + b * b],
    [`their sum plus ${k}`, (a, b) => a + b + k],
    [`their product minus ${k}`, (a, b) => a * b - k],
    [`${k} times their sum`, (a, b) => k * (a + b)],
  ]);
}

const add: Generator = (random) => {
  const name = `${random.pick(["combine", "merge", "join", "mix", "score", "weigh"])}_${random.pick(NOUNS)}`;
  const [phrase, of] = operation(random);
  const cases = PAIRS.map(([a, b]) => ({ args: [a, b], returns: of(a, b) }));
  const prompt = `Write a Python function named ${name}(a, b) that returns ${phrase}.`;
  return { prompt, expected: { patterns: [`def\\s+${name}`, "return"], python: { entry: name, cases } } };
};

const comprehension: Generator = (random) => {
  const first = random.whole(1, 20);
  const last = first + random.whole(3, 9);
  const k = random.whole(2, 40);
  const [phrase, of] = random.pick<readonly [string, (n: number) => number]>([
    [`squares numbers ${first} through ${last}`, (n) => n * n],
    [`cubes numbers ${first} through ${last}`, (n) => n * n * n],
    [`multiplies numbers ${first} through ${last} by ${k}`, (n) => n * k],
    [`adds ${k} to numbers ${first} through ${last}`, (n) => n + k],
    [`subtracts numbers ${first} through ${last} from ${k}`, (n) => k - n],
  ]);
  const value = Array.from({ length: last - first + 1 }, (_, i) => of(first + i));
  const prompt = `Give a one-line Python list comprehension that ${phrase}.`;
  const patterns = [`\\[.*for\\s+\\w+\\s+in\\s+range\\(${first},\\s*${last + 1}\\)`];
  return { prompt, expected: { patterns, python: { value, needs: ["list-comprehension", "one-line"] } } };
};

/** In lower case: whether 'n' means N, too, is not what is asked. */
const TEXTS = ["hello", "", "a", "banana split", "was it a car?", "twelve large melons", "naïve ωmega"];
const reversed = (text: string): string => [...text].toReversed().join("");

type Change = readonly [phrase: string, of: (text: string) => string | number, also?: string];

function change(random: Random): Change {
  const k = random.whole(2, 9);
  const [from, to] = random.several(LETTERS, 2) as [string, string];
  const [front, back] = random.several(NOUNS, 2) as [string, string];
  // Holds the letter often, so that doing nothing is not right by chance.
  const also = `${from}${to}${from}${from} ${to}${from}`;
  return random.pick<Change>([
    [`repeats a string ${k} times`, (text) => text.repeat(k)],
    [`returns the first ${k} characters of a string`, (text) => [...text].slice(0, k).join("")],
    [`counts how often '${from}' occurs in a string`, (text) => text.split(from).length - 1, also],
    [`removes every '${from}' from a string`, (text) => text.replaceAll(from, ""), also],
    [`replaces every '${from}' in a string with '${to}'`, (text) => text.replaceAll(from, to), also],
    [`reverses a string and then adds '${back}' to its end`, (text) => reversed(text) + back],
    [`puts '${front}' before a string and '${back}' after it`, (text) => front + text + back],
  ]);
}

const docstring: Generator = (random) => {
  const [phrase, of, also] = change(random);
  const cases = [...TEXTS, ...(also === undefined ? [] : [also])].map((text) => ({
    args: [text],
    returns: of(text),
  }));
  const python: PythonCheck = { entry: null, cases, needs: ["docstring"] };
  const prompt = `Provide a short Python function with a docstring that ${phrase}.`;
  return { prompt, expected: { patterns: ["def", "docstring", "return"], python } };
};

export const codingVariants = { add_func: add, list_comprehension: comprehension, doc_comment: docstring };
