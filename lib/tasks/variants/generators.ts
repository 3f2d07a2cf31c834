import type { Expected } from "../../scorers/types.js";
import { WORDS, type Random } from "./random.js";

/** A question of a task's kind with other numbers, words and names, and its computed answer. */
export interface Variant {
  readonly prompt: string;
  readonly expected: Expected;
}

/** Draws a variant; null when the draw asks for what its wording gives away. */
export type Generator = (random: Random) => Variant | null;

/** Twelve kinds of question, by the name of the original task that they vary. */
export const GENERATORS: Readonly<Record<string, Generator>> = {
  // The answer is none of the numbers in the prompt: repeating one of those must not pass.
  math_apples: (random) => {
    const name = random.pick([...WORDS.women, ...WORDS.men]);
    const food = random.pick(WORDS.foods);
    const [had, bought, ate] = [random.whole(3, 40), random.whole(2, 40), random.whole(2, 40)];
    const answer = had + bought - ate;
    if (answer < 2 || [had, bought, ate].includes(answer)) return null;
    const changes = `${WORDS.women.includes(name) ? "She" : "He"} buys ${bought} more and eats ${ate}.`;
    return {
      prompt: `${name} has ${had} ${food}. ${changes} How many ${food} remain?`,
      expected: { answer },
    };
  },
  train_time: (random) => {
    const vehicle = random.pick(WORDS.vehicles);
    const [distance, unit] = random.pick([["miles", "mph"] as const, ["kilometers", "km/h"] as const]);
    // Quarter hours are exact in binary, so that distance / hours gives the speed back exactly.
    const hours = random.whole(2, 32) / 4;
    const answer = random.whole(8, 90);
    const travelled = answer * hours;
    if (hours === 1 || hours === answer || !Number.isInteger(travelled)) return null;
    const travel = `A ${vehicle} travels ${travelled} ${distance} in ${hours} hours.`;
    return { prompt: `${travel} What is its average speed in ${unit}?`, expected: { answer, unit } };
  },
  ratio_mix: (random) => {
    const [first, second] = random.several(WORDS.colours, 2) as [string, string];
    const [p, q, each] = [random.whole(1, 9), random.whole(1, 9), random.whole(2, 12)];
    const [answer, total] = [q * each, (p + q) * each];
    if (p === q || [p, q, p * each].includes(answer)) return null;
    const mix = `You mix ${parts(p)} ${first} paint with ${parts(q)} ${second}.`;
    const prompt = `${mix} If you use ${total} cups total, how many cups are ${second}?`;
    return { prompt, expected: { answer, item: second } };
  },
  csv_format: (random) => {
    const words = random.several(WORDS.nouns, random.whole(3, 5));
    const count = ["three", "four", "five"][words.length - 3];
    const quoted = words.map((word) => `'${word}'`).join(", ");
    const prompt = `Return the ${count} words ${quoted} as a single comma-separated line (no spaces).`;
    return { prompt, expected: { exact: words.join(","), codeMarks: true } };
  },
  json_shape: (random) => {
    const name = random.pick(["name", "title", "label", "summary"]);
    const rank = random.pick(["priority", "urgency", "importance"]);
    const task = `${random.pick(WORDS.verbs)} ${random.pick(WORDS.objects)}`;
    const level = random.pick(["high", "medium", "low"]);
    const values = `for the task '${task}' with ${level} ${rank}.`;
    const prompt = `Respond with JSON containing keys ${name} and ${rank} ${values}`;
    return { prompt, expected: { json: { [name]: task, [rank]: level } } };
  },
  style_rule: (random) => {
    const phrase = `${random.pick(WORDS.states)} ${random.pick(WORDS.nouns)}`;
    const marked = random.pick(["an exclamation mark!", "a question mark?", "a semicolon;", "a colon:"]);
    const [mark, sign] = [marked.slice(0, -1), marked.slice(-1)];
    const capitals = random.pick([true, false]);
    const [shown, asked] = capitals ? [phrase, phrase.toUpperCase()] : [phrase.toUpperCase(), phrase];
    const style = capitals ? "ALL CAPS" : "all lower case";
    const prompt = `Answer '${shown}' in ${style} followed by ${mark}, nothing else.`;
    return { prompt, expected: { exact: `${asked}${sign}` } };
  },
  add_func: (random) => {
    const verb = random.pick(["combine", "merge", "join", "mix", "score", "weigh"]);
    const entry = `${verb}_${random.pick(WORDS.nouns)}`;
    const [phrase, of] = operation(random);
    const prompt = `Write a Python function named ${entry}(a, b) that returns ${phrase}.`;
    const cases = FIRSTS.map((a, i) => ({ args: [a, SECONDS[i]!], returns: of(a, SECONDS[i]!) }));
    return { prompt, expected: { python: { entry, cases } } };
  },
  list_comprehension: (random) => {
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
    return { prompt, expected: { python: { value, needs: ["list-comprehension", "one-line"] } } };
  },
  doc_comment: (random) => {
    const [phrase, of, also = []] = change(random);
    const cases = [...TEXTS, ...also].map((text) => ({ args: [text], returns: of(text) }));
    const prompt = `Provide a short Python function with a docstring that ${phrase}.`;
    return { prompt, expected: { python: { entry: null, cases, needs: ["docstring"] } } };
  },
  search_tool: (random) => {
    const tool = random.pick(["SEARCH", "LOOKUP", "FIND", "BROWSE"]);
    const city = random.pick(WORDS.cities);
    const query = `${random.pick(WORDS.subjects)} in ${city}`;
    const prompt = `Use a ${tool} tool to look up '${query}' and return the action line only.`;
    return { prompt, expected: { call: { tool, args: [query] } } };
  },
  calc_tool: (random) => {
    const tool = random.pick(["CALC", "COMPUTE", "MATH"]);
    const sum = `${random.whole(11, 99)} ${random.pick(["*", "+", "-", "/"])} ${random.whole(2, 19)}`;
    const prompt = `Call a ${tool} tool to compute ${sum}. Return only the tool call line.`;
    return { prompt, expected: { call: { tool, args: [sum] } } };
  },
  retrieval_tool: (random) => {
    const tool = random.pick(["RETRIEVE", "FETCH", "RECALL", "LOAD"]);
    const topic = `${random.pick(WORDS.fields)} ${random.pick(WORDS.topics)}`;
    const prompt = `Trigger a ${tool} tool for the topic '${topic}'. Output only the tool command.`;
    return { prompt, expected: { call: { tool, args: [topic] } } };
  },
};

const parts = (count: number): string => `${count} part${count === 1 ? "" : "s"}`;

/**
 * Fractions that are exact in binary, so that results can be compared exactly; the last pair is negative, and no multiple up
 * to 30 of its sum is whole, so that neither `abs()` nor `int()` passes.
 */
const FIRSTS = [2, 0, -7, 12, 0.5, 4567, -40.5009765625];
const SECONDS = [3, 0, 4, -5, 0.25, 89, -60.25];

type Operation = readonly [phrase: string, of: (a: number, b: number) => number];

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

/** In lower case: whether 'n' means N, too, is not what is asked. */
const TEXTS = ["hello", "", "a", "banana split", "was it a car?", "twelve large melons", "naïve ωmega"];

type Change = readonly [phrase: string, of: (text: string) => string | number, also?: readonly string[]];

function change(random: Random): Change {
  const k = random.whole(2, 9);
  const [from, to] = random.several(WORDS.letters, 2) as [string, string];
  const [front, back] = random.several(WORDS.nouns, 2) as [string, string];
  // Holds the letter often, so that doing nothing is not right by chance.
  const also = [`${from}${to}${from}${from} ${to}${from}`];
  return random.pick<Change>([
    [`repeats a string ${k} times`, (text) => text.repeat(k)],
    [`returns the first ${k} characters of a string`, (text) => [...text].slice(0, k).join("")],
    [`counts how often '${from}' occurs in a string`, (text) => text.split(from).length - 1, also],
    [`removes every '${from}' from a string`, (text) => text.replaceAll(from, ""), also],
    [`replaces every '${from}' in a string with '${to}'`, (text) => text.replaceAll(from, to), also],
    [
      `reverses a string and then adds '${back}' to its end`,
      (text) => [...text].toReversed().join("") + back,
    ],
    [`puts '${front}' before a string and '${back}' after it`, (text) => front + text + back],
  ]);
}
