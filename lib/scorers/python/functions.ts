import type { PythonCheck } from "../types.js";
import { isLacking, isLimit } from "./lacking.js";
import type { PythonResult } from "./process.js";
import { runPython, secretName } from "./run.js";
import { functionOf } from "./source.js";
import type { PythonFunction, Statement } from "./source.js";
import { verdictByIdiom } from "./verdict.js";
import type { Verdict } from "./verdict.js";

/** The functions of a program that may be meant as the answer: by name, or all but helpers that the others call. */
export function candidates(
  program: readonly Statement[],
  entry: string | null | undefined,
): PythonFunction[] {
  const found = program.map((statement) => functionOf(statement)).filter((one) => one !== null);
  // A later definition of the same name takes the earlier one's place.
  const functions = [...new Map(found.map((one) => [one.name, one])).values()];
  if (typeof entry === "string") return functions.filter(({ name }) => name === entry);
  const called = new Set(functions.flatMap((one) => callsIn(one.body).filter((name) => name !== one.name)));
  const main = functions.filter(({ name, parameters }) => parameters !== "" && !called.has(name));
  return main.length > 0 ? main : functions;
}

const callsIn = (body: string): string[] =>
  [...body.matchAll(/([\p{L}_]\w*)\s*\(/gu)].map((call) => call[1]!);

/** Runs one function of a program on the hidden inputs. */
export async function judgeFunction(
  program: readonly Statement[],
  { name, docstring, body }: PythonFunction,
  check: PythonCheck,
): Promise<Verdict> {
  if (check.needs?.includes("docstring") && !docstring)
    return { is: "wrong", why: `${name} has no docstring.` };
  // The interpreter knows no generators, but a call of one gives no value to compare.
  if (/\byield\b/.test(body)) return { is: "wrong", why: `${name} is a generator: it returns no value.` };
  let lacking: string | null = null;
  let failure: Verdict | null = null;
  // Code around the function (examples, input(), imports) may fail where the function does not.
  for (const part of partsOf(program)) {
    const { verdict, error } = await attempt(part, name, check);
    if (verdict && !error) return verdict;
    if (error && isLacking(error)) lacking ??= error.message;
    failure = verdict ?? failure;
  }
  if (lacking === null && failure !== null) return failure;
  const code = program.map(({ text }) => text).join("\n");
  return verdictByIdiom(code, check, lacking ?? "the interpreter does not start here");
}

/** The program whole; without what it does beside defining things; its functions alone. */
function partsOf(program: readonly Statement[]): string[] {
  const functions = program.filter((statement) => functionOf(statement) !== null);
  const definitions = program.filter(
    (statement) =>
      functionOf(statement) !== null ||
      /^(?:import|from)\s/.test(statement.mask) ||
      /^[\p{L}_]\w*\s*(?::[^=]+)?=[^=(]+$/u.test(statement.mask),
  );
  const sources = [program, definitions, functions].map((part) =>
    part
      .map(({ text }) => text)
      .filter((text) => !/^from\s+__future__\b/.test(text))
      .join("\n"),
  );
  return sources.filter((source, i) => sources.indexOf(source) === i);
}

interface Attempt {
  readonly verdict: Verdict | null;
  /** Raised by something other than a limit. */
  readonly error: Extract<PythonResult, { ok: false }> | null;
}

async function attempt(source: string, entry: string, { cases = [] }: PythonCheck): Promise<Attempt> {
  // Names bound before its code runs: nothing that it redefines reaches the comparison, which is
  // made inside, so that a huge or endlessly nested result never has to come out.
  const own = secretName();
  const program = `__name__ = "answer"
${own}type, ${own}types = type, (str, float, bool)
${own}int, ${own}str, ${own}bool = int, str, bool
${source}
${own}got = ${entry}(*${own}args)
${own}kind = ${own}type(${own}got)
${own}show = None
if ${own}kind is ${own}str:
    ${own}show = ${own}got[:60]
elif ${own}kind in ${own}types or ${own}kind is ${own}int and -10**15 < ${own}got < 10**15:
    ${own}show = ${own}got
[${own}got == ${own}want and (${own}kind is ${own}bool) == (${own}type(${own}want) is ${own}bool), ${own}show]`;
  const reply = await runPython({
    source: program,
    names: [`${own}args`, `${own}want`],
    runs: cases.map(({ args, returns }) => ({ [`${own}args`]: args, [`${own}want`]: returns })),
  });
  if (reply.kind === "unavailable") return { verdict: null, error: null };
  if (reply.kind === "killed")
    return { verdict: { is: "wrong", why: `${entry} was stopped: ${reply.why}.` }, error: null };
  for (const [i, result] of reply.results.entries()) {
    const call = `${entry}(${cases[i]!.args.map((arg) => JSON.stringify(arg)).join(", ")})`;
    if (!result.ok) {
      const verdict: Verdict = { is: "wrong", why: `${call} failed: ${result.message}` };
      return { verdict, error: isLimit(result) ? null : result };
    }
    const [same, shown] = result.value as [boolean, unknown];
    if (!same) {
      const printed = result.printed === "" ? "" : ", though something was printed";
      const got = shown === null ? "something else" : JSON.stringify(shown);
      const why = `${call} returned ${got} instead of ${JSON.stringify(cases[i]!.returns)}${printed}.`;
      return { verdict: { is: "wrong", why }, error: null };
    }
  }
  return {
    verdict: { is: "right", why: `${entry} is right on ${cases.length} hidden inputs.` },
    error: null,
  };
}
