import { CITIES, FIELDS, SUBJECTS, TOPICS } from "./words.js";
import type { Generator } from "./variant.js";

const search: Generator = (random) => {
  const tool = random.pick(["SEARCH", "LOOKUP", "FIND", "BROWSE"]);
  const city = random.pick(CITIES);
  const query = `${random.pick(SUBJECTS)} in ${city}`;
  const prompt = `Use a ${tool} tool to look up '${query}' and return the action line only.`;
  return { prompt, expected: { required: [tool, city], call: { tool, args: [query] } } };
};

const calc: Generator = (random) => {
  const tool = random.pick(["CALC", "COMPUTE", "MATH"]);
  const [a, sign, b] = [random.whole(11, 99), random.pick(["*", "+", "-", "/"]), random.whole(2, 19)];
  const prompt = `Call a ${tool} tool to compute ${a} ${sign} ${b}. Return only the tool call line.`;
  const call = { tool, args: [`${a} ${sign} ${b}`] };
  return { prompt, expected: { required: [tool, String(a), String(b)], call } };
};

const retrieve: Generator = (random) => {
  const tool = random.pick(["RETRIEVE", "FETCH", "RECALL", "LOAD"]);
  const field = random.pick(FIELDS);
  const topic = `${field} ${random.pick(TOPICS)}`;
  const prompt = `Trigger a ${tool} tool for the topic '${topic}'. Output only the tool command.`;
  return { prompt, expected: { required: [tool, field], call: { tool, args: [topic] } } };
};

export const toolUseVariants = { search_tool: search, calc_tool: calc, retrieval_tool: retrieve };
