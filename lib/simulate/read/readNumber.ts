import type { NumberQuestion, Working } from "../question.js";

const NUMBER = String.raw`(\d+(?:\.\d+)?)`;

/**
 * Reads the arithmetic out of a word problem: things gained and lost, a speed, shares of a mixture. Null for any other
 * text.
 */
export function readNumber(prompt: string): NumberQuestion | null {
  const read = readSpeed(prompt) ?? readShares(prompt) ?? readChanges(prompt);
  // A number that the reading has no use for, or one in words, may well change the answer.
  const numbers = prompt.match(/\d+(?:\.\d+)?/g) ?? [];
  const isWhole = read !== null && read.numbersUsed === numbers.length && !IN_WORDS.test(prompt);
  return isWhole && Number.isFinite(read.question.right.value) ? read.question : null;
}

const IN_WORDS =
  /\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|twice|thrice|double|triple|half|third|quarter|each|per(?!\s+hour)|percent)\b|%/i;

/** A reading, and how many of the prompt's numbers it made use of. */
interface Reading {
  readonly question: NumberQuestion;
  readonly numbersUsed: number;
}

/** A number as it is written: without the digits that binary fractions add. */
export function written(value: number): string {
  return String(Number(value.toPrecision(12)));
}

const SPEED = new RegExp(
  String.raw`${NUMBER}\s*(miles|km|kilomet(?:er|re)s)\b[^?]*?\b${NUMBER}\s*hours?\b[^?]*speed`,
  "i",
);

function readSpeed(prompt: string): Reading | null {
  const match = SPEED.exec(prompt);
  if (!match) return null;
  const [distance, time] = [Number(match[1]), Number(match[3])];
  const length = (match[2] ?? "").toLowerCase();
  const unit = length === "miles" ? "mph" : "km/h";
  // Another unit would take a conversion.
  if (!new RegExp(String.raw`speed\s*\?|${unit}|miles per hour|kilomet(?:er|re)s per hour`, "i").test(prompt))
    return null;
  const working = (value: number, equation: string): Working => ({
    value,
    steps: [`${equation} = ${written(value)}`],
  });
  const question: NumberQuestion = {
    kind: "number",
    right: working(distance / time, `${written(distance)} / ${written(time)}`),
    wrong: [
      working(distance * time, `${written(distance)} * ${written(time)}`),
      working(distance / (time + 0.5), `${written(distance)} / ${written(time + 0.5)}`),
      working(distance - time, `${written(distance)} - ${written(time)}`),
      { value: distance, steps: [`The distance is ${written(distance)} ${length}.`] },
    ],
    say: (value) => `The average speed is ${value} ${unit}.`,
    unit,
  };
  return { question, numbersUsed: 2 };
}

const PARTS = /(\d+)\s*parts?\s+(?:of\s+)?([a-z]+)/gi;
const TOTAL = new RegExp(
  String.raw`${NUMBER}\s+(\w+)(?:\s+\w+){0,2}\s+(?:in\s+)?total|total\s+of\s+${NUMBER}\s+(\w+)`,
  "i",
);

function readShares(prompt: string): Reading | null {
  const parts = [...prompt.matchAll(PARTS)].map((match) => ({
    count: Number(match[1]),
    name: (match[2] ?? "").toLowerCase(),
  }));
  const total = TOTAL.exec(prompt);
  const [first, second] = parts;
  if (!first || !second || parts.length !== 2 || !total) return null;
  const asked = /how (?:many|much)([\s\S]*)$/i.exec(prompt)?.[1]?.toLowerCase() ?? "";
  const [wanted, other] = asked.includes(first.name) ? [first, second] : [second, first];
  if (!asked.includes(wanted.name)) return null;
  const amount = Number(total[1] ?? total[3]);
  const unit = total[2] ?? total[4] ?? "";
  const whole = first.count + second.count;
  const share = (count: number, of: number): Working => {
    const each = amount / of;
    return {
      value: each * count,
      steps: [
        `${written(amount)} / ${of} = ${written(each)}`,
        `${written(each)} * ${count} = ${written(each * count)}`,
      ],
    };
  };
  const question: NumberQuestion = {
    kind: "number",
    right: share(wanted.count, whole),
    wrong: [
      share(other.count, whole),
      { value: wanted.count, steps: [`The recipe has ${wanted.count} parts of ${wanted.name}.`] },
      share(wanted.count, other.count),
      {
        value: amount * wanted.count,
        steps: [`${written(amount)} * ${wanted.count} = ${amount * wanted.count}`],
      },
      share(1, 2),
    ],
    say: (value) => `You need ${value} ${unit} of ${wanted.name}.`,
    unit,
  };
  return { question, numbersUsed: 3 };
}

const GAINS =
  "buys?|bought|gets?|got|finds?|found|picks?|picked|receives?|received|wins?|won|adds?|added|collects?|collected|bakes?|gathers?|earns?|is given";
const LOSSES =
  "eats?|ate|gives?|gave|loses?|lost|sells?|sold|uses?|used|drops?|dropped|donates?|spends?|spent|breaks?|broke|throws?|removes?|removed";
const START = new RegExp(
  String.raw`\b([A-Z]\w*)\s+(?:has|had|owns|starts with)\s+${NUMBER}\s+([a-z]+(?:\s[a-z]+)?)`,
);
const CHANGE = new RegExp(
  String.raw`\b(?:(${GAINS})|(${LOSSES}))\b(?:\s+(?:away|another|up|out))?\s+${NUMBER}`,
  "gi",
);

function readChanges(prompt: string): Reading | null {
  const start = START.exec(prompt);
  if (!start) return null;
  const [, who = "", had = "", things = ""] = start;
  const changes = [...prompt.slice(start.index + start[0].length).matchAll(CHANGE)].map((match) =>
    match[1] === undefined ? -Number(match[3]) : Number(match[3]),
  );
  if (changes.length === 0) return null;
  const first = Number(had);
  const noun = things.split(" ").findLast((word) => !/^(?:and|in|on|at|to|for|with)$/.test(word)) ?? things;
  const right = run(first, changes);
  const lastLeftOut = run(first, changes.slice(0, -1));
  const signsLost = run(first, changes.map(Math.abs));
  const question: NumberQuestion = {
    kind: "number",
    right,
    wrong: [
      lastLeftOut,
      signsLost,
      run(first, changes.slice(1)),
      {
        value: right.value + 1,
        steps: [...right.steps.slice(0, -1), `which leaves ${written(right.value + 1)}`],
      },
      {
        value: right.value - 1,
        steps: [...right.steps.slice(0, -1), `which leaves ${written(right.value - 1)}`],
      },
    ],
    say: (value) => `${who} has ${value} ${noun} left.`,
    unit: noun,
  };
  return { question, numbersUsed: 1 + changes.length };
}

function run(start: number, changes: readonly number[]): Working {
  let value = start;
  const steps = changes.map((change) => {
    const before = value;
    value += change;
    return `${written(before)} ${change < 0 ? "-" : "+"} ${written(Math.abs(change))} = ${written(value)}`;
  });
  return { value, steps: steps.length > 0 ? steps : [`There are ${written(start)}.`] };
}
