import type { PythonCheck } from "../types.js";
import type { PythonFunction, Statement } from "./programs.js";
import { rewritten } from "./rewrite.js";
import { runPython, SANDBOX_LIMITS, secretName } from "./runPython.js";
import type { PythonFailure } from "./runPython.js";
import { isLacking, isLimit, verdictOnFailure } from "./verdict.js";
import type { Verdict } from "./verdict.js";

/** The functions of a program that may be meant as the answer: by name, or all but helpers, demonstrations and tests. */
export function candidates(program: readonly Statement[], entry: string | null): readonly PythonFunction[] {
  const found = program.flatMap(({ defines }) => defines ?? []);
  // A later definition of the same name takes the earlier one's place.
  const functions = [...new Map(found.map((one) => [one.name, one])).values()];
  if (entry !== null) {
    const named = functions.filter(({ name }) => name === entry);
    // `add_numbers = operator.add` may be a function; running it tells.
    const isBound = named.length === 0 && program.some(({ binds }) => binds.has(entry));
    return isBound ? [{ ...BOUND, name: entry }] : named;
  }
  const taking = functions.filter((one) => one.hasParameters);
  const main = taking.filter(({ name }) => !taking.some((one) => one.name !== name && one.calls.has(name)));
  return main.length > 0 ? main : functions;
}

/** Of what a name is bound to, only running tells more. */
const BOUND = { hasParameters: true, hasDocstring: false, isGenerator: false, calls: new Set<string>() };

/** Runs one function of a program on the hidden inputs. */
export async function judgeFunction(
  program: readonly Statement[],
  { name, hasDocstring, isGenerator }: PythonFunction,
  check: PythonCheck,
): Promise<Verdict> {
  if (check.needs?.includes("docstring") && !hasDocstring)
    return { is: "wrong", why: `${name} has no docstring.` };
  // The interpreter knows no generators, but a call of one gives no value to compare.
  if (isGenerator) return { is: "wrong", why: `${name} is a generator: it returns no value.` };
  let told: Failed | null = null;
  // Code around the function (examples, input(), imports) may fail where the function does not.
  for (const part of partsOf(program, name)) {
    const tried = await attempt(part, name, check);
    if ("is" in tried) return tried;
    if (isLimit(tried.failure)) return verdictOnFailure(tried.what, tried.failure);
    if (told === null || !isLacking(told.failure)) told = tried;
  }
  return verdictOnFailure(told!.what, told!.failure);
}

/** The program whole; without what it does beside defining things; its functions alone. */
function partsOf(program: readonly Statement[], name: string): ReadonlySet<string> {
  const kept = program.filter(({ text }) => !/^from\s+__future__\b/.test(text));
  const definitions = kept.filter(({ isDefinition, binds }) => isDefinition || binds.has(name));
  const functions = kept.filter(({ defines }) => defines !== null);
  return new Set([kept, definitions, functions].map((part) => part.map(({ text }) => text).join("\n")));
}

interface Failed {
  readonly what: string;
  readonly failure: PythonFailure;
}

const isRight = (verdict: Verdict | Failed): boolean => "is" in verdict && verdict.is === "right";

/** What puts values in order. */
const ORDERS = /<|(?<!-)>|\b(?:sort|sorted|min|max)\b/;

/**
 * Runs one program: where it orders values, in the order that Python has. That takes longer, so that where it meets a limit,
 * what is right without it is right, and the rest is for a reader.
 */
async function attempt(code: string, entry: string, check: PythonCheck): Promise<Verdict | Failed> {
  const isOrdering = ORDERS.test(`${check.prefix ?? ""}${code}${check.tests ?? ""}`);
  const ordered = isOrdering ? await run({ code, entry, check, isOrdered: true }) : null;
  if (ordered !== null && !("failure" in ordered && isLimit(ordered.failure))) return ordered;
  const plain = await run({ code, entry, check, isOrdered: false });
  const isOver = ordered === null || isRight(plain) || ("failure" in plain && isLimit(plain.failure));
  return isOver ? plain : unsure(plain);
}

/** A program that is run, what it is called by, and what is asked of it. */
interface Job {
  readonly code: string;
  readonly entry: string;
  readonly check: PythonCheck;
  readonly isOrdered: boolean;
}

/** Runs one program: on the hidden inputs, and then with the task's own tests. */
async function run(job: Job): Promise<Verdict | Failed> {
  const { code, check, isOrdered } = job;
  const program = rewritten(`${check.prefix ?? ""}\n${code}`, isOrdered);
  let verdict = check.cases?.length ? await tryCases(program.source, job) : null;
  if (verdict === null || (isRight(verdict) && check.tests)) verdict = await tryTests(job);
  return program.isApproximate && !isRight(verdict) ? unsure(verdict) : verdict;
}

function unsure(found: Verdict | Failed): Verdict {
  const why = "is" in found ? found.why : `${found.what}: ${found.failure.message}`;
  return { is: "unknown", why: `Not run quite as Python would, and ${why} A reader should decide.` };
}

/** The task's tests after the answer's code: statements, or a function `check` that is called with the answer's. */
async function tryTests({ code, entry, check, isOrdered }: Job): Promise<Verdict | Failed> {
  const { prefix = "", tests = "" } = check;
  const call = /^def\s+check\s*\(/m.test(tests) ? `check(${entry})` : "";
  const { source } = rewritten([prefix, code, tests, call, "True"].join("\n"), isOrdered);
  const more = SANDBOX_LIMITS.tests;
  const [result] = await runPython({ source, names: ["shim_input"], runs: [{ shim_input: null }], more });
  if (result!.ok) return { is: "right", why: `${entry} passes the task's tests.` };
  if (result!.type !== "AssertionError") return { what: `A test of ${entry}`, failure: result! };
  return { is: "wrong", why: `${entry} fails a test of the task: ${result!.message}` };
}

async function tryCases(source: string, { entry, check }: Job): Promise<Verdict | Failed> {
  const { cases = [] } = check;
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
  const results = await runPython({
    source: program,
    names: [`${own}args`, `${own}want`],
    runs: cases.map(({ args, returns }) => ({ [`${own}args`]: args, [`${own}want`]: returns })),
  });
  for (const [i, result] of results.entries()) {
    const call = `${entry}(${cases[i]!.args.map((arg) => JSON.stringify(arg)).join(", ")})`;
    if (!result.ok) return { what: result.type === "Stopped" ? entry : call, failure: result };
    const [same, shown] = result.value as [boolean, unknown];
    if (same) continue;
    const printed = result.printed === "" ? "" : ", though something was printed";
    const got = shown === null ? "something else" : JSON.stringify(shown);
    const why = `${call} returned ${got} instead of ${JSON.stringify(cases[i]!.returns)}${printed}.`;
    return { is: "wrong", why };
  }
  return { is: "right", why: `${entry} is right on ${cases.length} hidden inputs.` };
}
