/**
 * A right and a wrong answer to a variant, worked out from the words of its prompt alone: a second way to the answer, which
 * shares no code with the generators. Code is answered with code, which the scorer runs.
 */
export function answerFor(kind: string, prompt: string): { right: string; wrong: string } {
  const numbers = (prompt.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);
  const quoted = [...prompt.matchAll(/'([^']*)'/g)].map((match) => match[1]!);
  const [a = NaN, b = NaN, c = NaN] = numbers;
  switch (kind) {
    case "math_apples":
      return sentence(a + b - c, a + b, prompt.match(/How many (\w+)/)![1]!);
    case "train_time":
      return sentence(a / b, a, prompt.match(/in (\S+)\?$/)![1]!);
    case "ratio_mix": {
      const [, first, second] = prompt.match(/parts? (\w+) paint with \d+ parts? (\w+)\./)!;
      const [share, rest] = [(c / (a + b)) * b, (c / (a + b)) * a];
      return {
        right: `Use ${share} cups of ${second} and ${rest} cups of ${first}.`,
        wrong: `Use ${rest} cups of ${second} and ${share} cups of ${first}.`,
      };
    }
    case "csv_format":
      return { right: quoted.join(","), wrong: quoted.toReversed().join(",") };
    case "json_shape": {
      const [, first, second, level] = prompt.match(/keys (\w+) and (\w+) for .* with (\w+) /)!;
      const json = (value: string): string =>
        JSON.stringify({ [first!]: quoted[0], [second!]: value }, null, 2);
      return { right: json(level!), wrong: json(`un${level}`) };
    }
    case "style_rule": {
      const text = prompt.includes("ALL CAPS") ? quoted[0]!.toUpperCase() : quoted[0]!.toLowerCase();
      const sign = { "an exclamation mark": "!", "a question mark": "?", "a semicolon": ";", "a colon": ":" }[
        prompt.match(/followed by (.*), nothing else/)![1]!
      ];
      return { right: `${text}${sign}`, wrong: `${text}${sign}${sign}` };
    }
    case "add_func":
      return functionFor(prompt);
    case "list_comprehension":
      return comprehensionFor(prompt, numbers);
    case "doc_comment":
      return docstringFor(prompt, quoted);
    default: {
      const tool = prompt.match(/\b[A-Z]{4,}\b/)![0];
      const argument = quoted[0] ?? prompt.match(/compute (.*?)\. Return/)![1]!;
      return { right: `${tool}("${argument}")`, wrong: `${tool}("${argument} and more")` };
    }
  }
}

const sentence = (right: number, wrong: number, unit: string): { right: string; wrong: string } => ({
  right: `That comes to ${right} ${unit}.`,
  wrong: `That comes to ${wrong} ${unit}.`,
});

function functionFor(prompt: string): { right: string; wrong: string } {
  const [, signature, phrase] = prompt.match(/named (\w+\(a, b\)) that returns (.*)\.$/)!;
  const body = phrase!
    .replace(/^(\d+) times their sum$/, "$1 * (a + b)")
    .replace(/^the sum of their squares$/, "a ** 2 + b ** 2")
    .replace(/^their sum/, "a + b")
    .replace(/^their product/, "a * b")
    .replace(/^the first minus the second$/, "a - b")
    .replace(/^the larger of the two$/, "max(a, b)")
    .replace(" plus ", " + ")
    .replace(" minus ", " - ");
  const code = (result: string): string => `\`\`\`python\ndef ${signature}:\n    return ${result}\n\`\`\``;
  return { right: code(body), wrong: code(`${body} + 1`) };
}

function comprehensionFor(prompt: string, numbers: readonly number[]): { right: string; wrong: string } {
  const [first, last] = prompt
    .match(/numbers (\d+) through (\d+)/)!
    .slice(1)
    .map(Number) as [number, number];
  const other = /adds/.test(prompt) ? numbers[0] : numbers[2];
  const of = /squares/.test(prompt)
    ? "n * n"
    : /cubes/.test(prompt)
      ? "n ** 3"
      : /multiplies/.test(prompt)
        ? `n * ${other}`
        : /adds/.test(prompt)
          ? `n + ${other}`
          : `${other} - n`;
  return {
    right: `[${of} for n in range(${first}, ${last + 1})]`,
    wrong: `[${of} for n in range(${first}, ${last})]`,
  };
}

function docstringFor(prompt: string, [x, y]: readonly string[]): { right: string; wrong: string } {
  const k = prompt.match(/\d+/)?.[0];
  const of = /repeats/.test(prompt)
    ? `text * ${k}`
    : /first/.test(prompt)
      ? `text[:${k}]`
      : /counts/.test(prompt)
        ? `text.count("${x}")`
        : /removes/.test(prompt)
          ? `text.replace("${x}", "")`
          : /replaces/.test(prompt)
            ? `text.replace("${x}", "${y}")`
            : /reverses/.test(prompt)
              ? `text[::-1] + "${x}"`
              : `"${x}" + text + "${y}"`;
  return { right: changing(of), wrong: changing("text") };
}

const changing = (result: string): string =>
  `def change(text):\n    """Change the text."""\n    return ${result}`;
