import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scoreToolUse } from "../../lib/scorers/index.js";
import type { Expected } from "../../lib/scorers/types.js";
import { wordOf } from "./helpers.js";

const score = (answer: string, expected: Expected): unknown => {
  const outcome = scoreToolUse(answer, expected);
  return outcome.kind === "scored" ? outcome.value : outcome.kind;
};

describe("scoreToolUse", () => {
  it.each([
    'SEARCH("weather in Paris")',
    "SEARCH('weather in Paris');",
    "search( weather  in  Paris )",
    "SEARCH[weather in Paris]",
    'Action: `SEARCH("weather in Paris")`',
    "SEARCH({'query': 'weather in Paris'})",
    '=SEARCH("weather in Paris")',
    "<tool_call>\n<function=SEARCH>\n<parameter=query>\nweather in Paris\n</parameter>\n</function>\n</tool_call>",
    "<tool_call>SEARCH\n<arg_key>query</arg_key>\n<arg_value>weather in Paris</arg_value>\n</tool_call>",
    '[SEARCH(query="weather in Paris")]',
    'SEARCH("WEATHER IN paris")',
    'SEARCH{"query": "weather in Paris"}',
    "[SEARCH] weather in Paris",
    '> SEARCH("weather in Paris")',
    "<tool>SEARCH</tool><query>weather in Paris</query>",
    "SEARCH: weather in Paris",
    'SEARCH -> "weather in Paris"',
    "SEARCH weather in Paris",
    "SEARCH “weather in Paris”",
    'SEARCH --query "weather in Paris"',
    'SEARCH query="weather in Paris"',
    'SEARCH(q="weather in Paris")',
    'SEARCH({"query": "weather in Paris"})',
    '[SEARCH("weather in Paris")]',
    '`SEARCH("weather in Paris")`',
    '```\nSEARCH("weather in Paris")\n```',
    'SEARCH(\n  "weather in Paris"\n)',
    "Action: SEARCH[weather in Paris]",
    "Tool call: SEARCH(weather in Paris)",
    "Action: SEARCH\nAction Input: weather in Paris",
    "<SEARCH>weather in Paris</SEARCH>",
    '<SEARCH query="weather in Paris" />',
    "<SEARCH><query>weather in Paris</query></SEARCH>",
    '<invoke name="SEARCH"><parameter name="query">weather in Paris</parameter></invoke>',
    '<tool_call>{"name": "SEARCH", "arguments": {"query": "weather in Paris"}}</tool_call>',
    '<tool_call>\nSEARCH("weather in Paris")\n</tool_call>',
    '{"tool": "SEARCH", "query": "weather in Paris"}',
    '{"SEARCH": "weather in Paris"}',
    '{"action": "SEARCH", "action_input": "weather in Paris"}',
    '[{"name": "SEARCH", "parameters": {"q": "weather in Paris"}}]',
    '{"id": "1", "type": "function", "function": {"name": "SEARCH", "arguments": "{\\"q\\": \\"weather in Paris\\"}"}}',
    '{"tool_calls": [{"function": {"name": "SEARCH", "arguments": {"q": "weather in Paris"}}}]}',
  ])("knows the call %j", async (answer) => {
    expect(await wordOf("search_tool", answer)).toBe("1");
  });

  it.each([
    ["a preamble", 'Here you go:\nSEARCH("weather in Paris")'],
    ["a preamble on the line", 'I will call SEARCH("weather in Paris")'],
    ["a result", 'SEARCH("weather in Paris") -> 18°C'],
    ["a result on its own line", 'SEARCH("weather in Paris")\n18°C'],
    ["a thought", 'Thought: look it up\nAction: SEARCH("weather in Paris")'],
    ["two calls", 'SEARCH("weather in Paris")\nSEARCH("weather in Paris")'],
    ["two calls in JSON", '[{"SEARCH": "weather in Paris"}, {"SEARCH": "weather in Paris"}]'],
    ["another tool", 'LOOKUP("weather in Paris")'],
    ["a longer tool name", 'SEARCHER("weather in Paris")'],
    ["less of the argument", 'SEARCH("Paris")'],
    ["more of the argument", 'SEARCH("weather in Paris today")'],
    ["another argument beside", 'SEARCH("weather in Paris", 5)'],
    ["no argument", "SEARCH()"],
    ["the name alone", "SEARCH"],
    ["a placeholder", 'SEARCH("{query}")'],
    ["a question", 'Shall I SEARCH for "weather in Paris"?'],
    ["prose", "Use the SEARCH tool for weather in Paris."],
    ["no tool to be had", "I have no SEARCH tool to look up weather in Paris."],
    ["broken JSON", '{"tool": "SEARCH", "query": "weather in Paris"'],
  ])("gives 0 to %s", async (_, answer) => {
    expect(await wordOf("search_tool", answer)).toBe("0");
  });

  it.each([
    ["CALC(12*7)", "1"],
    ["CALC(12 × 7)", "1"],
    ["CALC(12 x 7)", "1"],
    ["CALC '12 * 7'", "1"],
    ['CALC(operation="multiply", a=12, b=7)', "1"],
    ['{"tool": "CALC", "a": 12, "operator": "*", "b": 7}', "1"],
    ["CALC(12, 7)", "0"],
    ["CALC(12 + 7)", "0"],
    ["CALC(12 * 7 = 84)", "0"],
    ['CALC(operation="add", a=12, b=7)', "0"],
    ["CALC(84)", "0"],
    ["CALC(1 2 * 7)", "1"],
  ])("reads arithmetic: %s is a %s", async (answer, word) => {
    expect(await wordOf("calc_tool", answer)).toBe(word);
  });

  it("keeps the order of operands, which matters for a difference", () => {
    const expected = { call: { tool: "CALC", args: ["7 - 2"] } };
    expect(score("CALC(2 - 7)", expected)).toBe(0);
    expect(score('CALC(operation="subtract", a=2, b=7)', expected)).toBe(0);
    expect(score('CALC(operation="subtract", a=7, b=2)', expected)).toBe(1);
  });

  it("takes an argument with a comma, quoted or not", () => {
    const expected = { call: { tool: "SEARCH", args: ["weather in Paris, France"] } };
    expect(score('SEARCH("weather in Paris, France")', expected)).toBe(1);
    expect(score("SEARCH(weather in Paris, France)", expected)).toBe(1);
    expect(score('SEARCH("weather in Paris", "France")', expected)).toBe(0);
  });

  it("compares several arguments in order", () => {
    const expected = { call: { tool: "MOVE", args: ["box", 3] } };
    expect(score('MOVE("box", 3)', expected)).toBe(1);
    expect(score('{"name": "move", "arguments": {"what": "box", "by": "3"}}', expected)).toBe(1);
    expect(score('MOVE(3, "box")', expected)).toBe(0);
  });

  it("knows any tool's call with any words for its argument", () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/);
    fc.assert(
      fc.property(
        fc.stringMatching(/^[A-Z]{2,8}$/),
        fc.array(word, { minLength: 1, maxLength: 4 }),
        (tool, words) => {
          const argument = words.join(" ");
          const expected = { call: { tool, args: [argument] } };
          expect(score(`${tool}("${argument}")`, expected)).toBe(1);
          expect(score(`${tool}[${argument}]`, expected)).toBe(1);
          expect(score(`<${tool}>${argument}</${tool}>`, expected)).toBe(1);
          expect(score(JSON.stringify({ tool, input: argument }), expected)).toBe(1);
          expect(score(`${tool}("${argument} z")`, expected)).toBe(0);
          expect(score(`${tool}Z("${argument}")`, expected)).toBe(0);
        },
      ),
    );
  });

  it("fails where the task has no call", () => {
    expect(score("SEARCH()", {})).toBe("failed");
  });
});

describe("scoreToolUse on real tool calls", () => {
  const call = { tool: "calc", args: [12, 7], named: { a: 12, b: 7 }, real: true };
  const real = (...calls: readonly (readonly [name: string, args: string])[]): unknown =>
    score(JSON.stringify({ tool_calls: calls.map(([name, args]) => ({ name, arguments: args })) }), { call });

  it.each([
    ["the right call is right", ["calc", '{"a": 12, "b": 7}'], 1],
    ["arguments in another order are the same", ["calc", '{"b": 7, "a": 12}'], 1],
    ["a number as text is the number", ["calc", '{"a": "12", "b": 7}'], 1],
    ["another number is wrong", ["calc", '{"a": 12, "b": 8}'], 0],
    ["a missing argument is wrong", ["calc", '{"a": 12}'], 0],
    ["an argument too many is wrong", ["calc", '{"a": 12, "b": 7, "c": 1}'], 0],
    ["malformed arguments are wrong", ["calc", '{"a": 12, "b": 7'], 0],
    ["arguments that are no object are wrong", ["calc", "[12, 7]"], 0],
    ["the name counts to the letter", ["Calc", '{"a": 12, "b": 7}'], 0],
  ] as const)("%s", (_, one, value) => {
    expect(real(one)).toBe(value);
  });

  it("gives 0 to a second call, to none, and to a call written as text", () => {
    expect(real(["calc", '{"a": 12, "b": 7}'], ["calc", '{"a": 12, "b": 7}'])).toBe(0);
    expect(real()).toBe(0);
    expect(score("calc(12, 7)", { call })).toBe(0);
  });

  it("takes a real call for a task that asks for one in text, too", () => {
    const text = { call: { tool: "SEARCH", args: ["weather in Paris"] } };
    const answer = { tool_calls: [{ name: "search", arguments: '{"query": "weather in Paris"}' }] };
    expect(score(JSON.stringify(answer), text)).toBe(1);
  });
});

/** What the client hands on for one real tool call. */
const real = (name: string, args: object): string =>
  JSON.stringify({ tool_calls: [{ name, arguments: JSON.stringify(args) }] });

describe("scoreToolUse, where several calls are right,", () => {
  const call = {
    tool: "geo.area",
    named: {
      sides: [[3, 4, 5]],
      unit: ["cm", "centimetres"],
      exact: [true],
      at: [{ x: [1, 2], label: ["a"] }],
    },
    optional: ["unit"],
    real: true,
  };
  const full = { sides: [3, 4, 5], unit: "cm", exact: true, at: { x: 2, label: "A" } };

  it.each<[string, object, unknown]>([
    ["every argument", full, 1],
    ["another accepted value", { ...full, unit: "Centimetres" }, 1],
    ["none for what is optional", { ...full, unit: undefined }, 1],
    ["another value", { ...full, unit: "m" }, 0],
    ["another list", { ...full, sides: [3, 4] }, 0],
    ["another order", { ...full, sides: [4, 3, 5] }, 0],
    ["another truth", { ...full, exact: false }, 0],
    ["another value inside", { ...full, at: { x: 3, label: "a" } }, 0],
    ["one argument too few", { ...full, sides: undefined }, 0],
    ["one argument too many", { ...full, more: 1 }, 0],
  ])("takes %s: %j is %d", (_, args, value) => {
    expect(score(real("geo_area", args), { call })).toBe(value);
    expect(score(real("geo.area", args), { call })).toBe(value);
    expect(score(real("area", args), { call })).toBe(0);
  });

  it("reads them from a call written as text, too, by name or in order", () => {
    const text = { call: { ...call, real: false } };
    expect(score('geo.area(sides=[3, 4, 5], exact=True, at={"x": 1, "label": "a"})', text)).toBe(1);
    expect(score('geo.area(sides=[3, 4, 6], exact=True, at={"x": 1, "label": "a"})', text)).toBe(0);
    expect(score("add(2, 3.0)", { call: { tool: "add", named: { a: 2, b: [3, 4] } } })).toBe(1);
    expect(score("add(3, 2)", { call: { tool: "add", named: { a: 2, b: [3, 4] } } })).toBe(0);
  });

  it.each<[string, number]>([
    ["determinant(rows=[[2,5,7],[0,3,6]])", 1],
    ["determinant([[2,5,7],[0,3,6]])", 1],
    ["Action: determinant(rows: [[2, 5, 7], [0, 3, 6]])", 1],
    ["determinant(rows=[[2,5,7],[0,3,6]], exact=True)", 0],
    ["determinant(rows=[[2,5],[7,0,3,6]])", 0],
    ["determinant([2,5,7],[0,3,6])", 0],
  ])("reads lists in lists of %j as they are written: %d", (answer, value) => {
    const rows = [
      [2, 5, 7],
      [0, 3, 6],
    ];
    expect(score(answer, { call: { tool: "determinant", named: { rows: [rows] } } })).toBe(value);
  });

  it("reads objects in lists, and brackets that do not close as text", () => {
    const nested = { tool: "draw", named: { at: [[{ x: 1, names: [["a, b", "c"]] }]], n: 2 } };
    expect(score(`draw(at=[{'x': 1, 'names': ['a, b', 'c']}], n=2)`, { call: nested })).toBe(1);
    expect(score("say(a (b, 2)", { call: { tool: "say", named: { text: "a (b", n: 2 } } })).toBe(1);
  });

  it.each([
    ["None of the tools can book a flight.", 1],
    ["I'm sorry, but I can't help with that.", 1],
    ["None (no tool fits).", 1],
    ['{"tool_calls":[]}', 1],
    [real("search", { query: "flights" }), 0],
    ['search(query="flights")', 0],
    ['{"name": "search", "arguments": {"query": "flights"}}', 0],
    ["Action: search[flights]", 0],
  ])("takes for no call %j: %d", (answer, value) => {
    expect(score(answer, { call: null })).toBe(value);
  });
});

describe("no call where none is asked for", () => {
  it.each<[string, unknown]>([
    ["Paris is lovely (in spring).", 1],
    ["I would search[sic] the web, but there is no tool for it.", 1],
    ["See tool: none fits.", 1],
    ["I'm sorry, but I can't help with that.", 1],
    ["", "unscored"],
    ["<think>SEARCH", "unscored"],
    ["Action: None", 1],
    ["Action: null", 1],
    ['SEARCH("Paris")', 0],
    ["Action: SEARCH[Paris]", 0],
    ['Tool call: nullify("Paris")', 0],
    ['annul("Paris")', 0],
    ['{"tool_calls":[{"name":"SEARCH","arguments":"{}"}]}', 0],
  ])("%j is %s", (answer, value) => {
    expect(score(answer, { call: null })).toBe(value);
  });
});

const area = (sides: unknown) => ({ call: { tool: "area", named: { sides } } }) as Expected;
const at = (place: object) => ({ call: { tool: "go", named: { place } } }) as Expected;
const go = (...args: string[]): Expected => ({ call: { tool: "go", args } });
const unit = {
  call: { tool: "go", named: { to: "Paris", by: ["car", "train"] }, optional: ["by"] },
} as Expected;
const why = (expected: Expected) => scoreToolUse("go(x)", expected);

describe("a written call", () => {
  const paris = { call: { tool: "go", named: { to: "Paris" } } } as Expected;
  const none: Expected = { call: { tool: "go" } };
  it.each<[string, Expected, unknown]>([
    ['{"name": "go", "arguments": null}', none, 1],
    ['{"name": "go", "arguments": ""}', none, 1],
    ['{"go": null}', none, 1],
    ['{"name": "go", "arguments": 0}', none, 0],
    ['{"name": "go", "arguments": "Paris"}', go("Paris"), 1],
    ['{"name": "go", "arguments": "\\"Paris\\""}', go("Paris"), 1],
    ['{"name": "go", "id": "c1", "type": "function", "to": "Paris"}', paris, 1],
    ['{"name": "go", "id": "c1", "type": "function", "by": "car"}', paris, 0],
    ['[{"name": "go", "arguments": {"to": "Paris"}}, 3]', paris, 0],
    ['{"go": {"to": "Paris"}, "stop": {}}', paris, 0],
    ["<go to='Paris'/>", paris, 1],
    ['<go to = "Paris" />', paris, 1],
    [
      '<tool_call><invoke name="go"><parameter  name = "to" > Paris </parameter></invoke></tool_call>',
      paris,
      1,
    ],
    ["<go> Paris </go>", go("Paris"), 1],
    ["<go>\n<to>\n Paris\n</to>\n</go>", paris, 1],
    ["go\n<arg_key> to </arg_key>\n  <arg_value> Paris </arg_value>", paris, 1],
    ["go(Paris; now)", go("Paris; now"), 1],
    ["go Paris;", go("Paris"), 1],
    ["Action: Tool: Command: Call: go(Paris)", go("Paris"), 1],
    ["Action: Tool: Command: Call: Function: Action: go(Paris)", go("Paris"), 0],
    ["[[[[[[go(Paris)]]]]]]", go("Paris"), 0],
    ["Action:", go("Paris"), 0],
  ])("%j for %j: %s", (answer, expected, value) => {
    expect(score(answer, expected)).toBe(value);
  });
});

describe("the arguments of a call", () => {
  it.each<[string, Expected, unknown]>([
    ['{"tool_calls":[{"name":"go","arguments":{"to":"Paris"}}]}', unit, 1],
    ['{"tool_calls":[{"name":"go","arguments":"{\\"to\\": \\"Paris\\"}"}]}', unit, 1],
    ['{"tool_calls":[{"name":"go","arguments":"{\\"to\\": "}]}', unit, 0],
    ['go(to="Paris", by="train")', unit, 1],
    ['go(to="Paris", by="plane")', unit, 0],
    ['go(to="Paris", on="Monday")', unit, 0],
    ['go(by="car")', unit, 0],
    ['go("Paris", by="car")', unit, 1],
    ["area([3, 4, 5])", area([[3, 4, 5]]), 1],
    ["area(sides=[3, 4, 5])", area([[3, 4, 5]]), 1],
    ["area([3, 4])", area([[3, 4, 5]]), 0],
    ["area([3, 4, 6])", area([[3, 4, 5]]), 0],
    ["area(sides=3)", area([[3]]), 0],
    ["area(sides={'0': 3})", area([[3]]), 0],
    ["area(sides=null)", area([null]), 1],
    ["area(sides=0)", area([null]), 0],
    ["area(sides=[])", area([""]), 0],
    ["go(place={'x': 1, 'y': 2})", at({ x: [1], y: [2] }), 1],
    ["go(place={'x': 1})", at({ x: [1], y: [2] }), 0],
    ["go(place={'x': 1, 'z': 2})", at({ x: [1], y: [2] }), 0],
    ["go(place=[1, 2])", at({ 0: [1], 1: [2] }), 0],
    ['go("Paris", "car")', go("Paris", "car"), 1],
    ['go("Paris", "bus")', go("Paris", "car"), 0],
    ['go("bus", "car")', go("Paris", "car"), 0],
    ['go("Paris, France", "car")', go("Paris, France"), 0],
    ["go(Paris, France)", go("Paris, France"), 1],
    ["go()", { call: { tool: "go" } }, 1],
    ['go("Paris")', { call: { tool: "go" } }, 0],
    ["go(2.50)", go("2.5"), 1],
    ["go(v2.50)", go("v2.5"), 0],
    ["go(2.50 km)", go("2.5 km"), 0],
    ["go(12 \\times 7)", go("12*7"), 1],
    ["go(12 ÷ 7)", go("12/7"), 1],
    ["go(12 − 7)", go("12-7"), 1],
    ['go("multiply", 12, 7)', go("12*7"), 1],
    ['go(12, "times", 7)', go("12*7"), 1],
    ['go("multiply", 7, 12)', go("12*7"), 0],
    ['go("multiply", 12, 8)', go("12*7"), 0],
    ['go("divide", 12, 7)', go("12*7"), 0],
    ['go("multiply", 12, 7, 1)', go("12*7"), 0],
  ])("%s, %j: %s", (answer, expected, value) => {
    expect(score(answer, expected)).toBe(value);
  });

  it("are told where they are wrong", () => {
    expect(why(go("Paris", "car"))).toMatchObject({ explanation: "The arguments of go are not Paris, car." });
    expect(why(unit)).toMatchObject({
      explanation: expect.stringContaining('are not {"to":"Paris"') as string,
    });
    expect(why({ call: { tool: "go" } })).toMatchObject({ explanation: "The arguments of go are not none." });
  });
});
