import { NOUNS, OBJECTS, STATES, VERBS } from "./words.js";
import type { Generator } from "./variant.js";

const COUNTS = ["three", "four", "five"] as const;

const csv: Generator = (random) => {
  const count = random.whole(3, 5);
  const words = random.several(NOUNS, count);
  const quoted = words.map((word) => `'${word}'`).join(", ");
  const exact = words.join(",");
  const prompt = `Return the ${COUNTS[count - 3]} words ${quoted} as a single comma-separated line (no spaces).`;
  return { prompt, expected: { mustInclude: [exact], exact, codeMarks: true } };
};

const json: Generator = (random) => {
  const name = random.pick(["name", "title", "label", "summary"]);
  const rank = random.pick(["priority", "urgency", "importance"]);
  const task = `${random.pick(VERBS)} ${random.pick(OBJECTS)}`;
  const level = random.pick(["high", "medium", "low"]);
  const prompt = `Respond with JSON containing keys ${name} and ${rank} for the task '${task}' with ${level} ${rank}.`;
  const mustInclude = [task.split(" ")[0]!, level];
  return { prompt, expected: { mustInclude, format: "json", json: { [name]: task, [rank]: level } } };
};

const MARKS = [
  ["an exclamation mark", "!"],
  ["a question mark", "?"],
  ["a semicolon", ";"],
  ["a colon", ":"],
] as const;

const style: Generator = (random) => {
  const phrase = `${random.pick(STATES)} ${random.pick(NOUNS)}`;
  const [mark, sign] = random.pick(MARKS);
  const capitals = random.pick([true, false]);
  const shown = capitals ? phrase : phrase.toUpperCase();
  const exact = `${capitals ? phrase.toUpperCase() : phrase}${sign}`;
  const prompt = `Answer '${shown}' in ${capitals ? "ALL CAPS" : "all lower case"} followed by ${mark}, nothing else.`;
  return { prompt, expected: { mustInclude: [exact], exact } };
};

export const instructionVariants = { csv_format: csv, json_shape: json, style_rule: style };
