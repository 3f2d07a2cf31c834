import { parser } from "@lezer/python";
import { fencesIn } from "../answerText.js";

type Node = ReturnType<typeof parser.parse>["topNode"];

/** A statement at the left margin of a program, with everything indented under it. */
export interface Statement {
  readonly text: string;
  /** The function that it defines, by `def` or by a named `lambda`. */
  readonly defines: PythonFunction | null;
  /** It only defines something: a function, an import, or a constant that calls nothing. */
  readonly isDefinition: boolean;
}

/** A function that a program defines at its left margin. */
export interface PythonFunction {
  readonly name: string;
  readonly hasParameters: boolean;
  readonly hasDocstring: boolean;
  readonly isGenerator: boolean;
  /** Names of what it calls. */
  readonly calls: ReadonlySet<string>;
}

const PYTHON = new Set(["", "python", "py", "python3", "py3", "pycon", "ipython", "ipython3"]);
/** Where code begins in an answer without fences. */
const BEGINS =
  /^[ \t]*(?:>>> )?(?:@\w|(?:async\s+)?def\s+\w+\s*[([]|import\s+\w+|from\s+[\w.]+\s+import\b|[A-Za-z_]\w*\s*=\s*lambda\b)/m;

/** The Python programs of an answer: one a fence, or else its bare code, each as statements. */
export function programsIn(text: string): readonly (readonly Statement[])[] {
  const fences = fencesIn(text);
  const code = fences.filter(({ language }) => PYTHON.has(language));
  if (code.length > 0) return code.map(({ body }) => statementsOf(plainCode(body)));
  const bare = fences.length > 0 ? null : BEGINS.exec(text);
  if (bare) return [statementsOf(plainCode(text.slice(bare.index)), true)];
  const inline = [...text.matchAll(/`([^`\n]+)`/g)].map((span) => span[1]!);
  return inline.filter((span) => BEGINS.test(span)).map((span) => statementsOf(span));
}

/** Code without an interpreter's prompts and the indentation that all of its lines share. */
export function plainCode(code: string): string {
  const lines = code.replaceAll("\r\n", "\n").replaceAll("\t", "    ").split("\n");
  if (lines.some((line) => line.startsWith(">>> "))) {
    return lines.flatMap((line) => (/^(?:>>>|\.\.\.)(?: |$)/.test(line) ? [line.slice(4)] : [])).join("\n");
  }
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const shared = indents.reduce((least, indent) => Math.min(least, indent), indents[0] ?? 0);
  return shared === 0 ? lines.join("\n") : lines.map((line) => line.slice(shared)).join("\n");
}

/** Is a text one list comprehension, and nothing else? */
export function isComprehension(text: string): boolean {
  const { firstChild } = parser.parse(text).topNode;
  return (
    firstChild?.firstChild?.name === "ArrayComprehensionExpression" &&
    firstChild.firstChild.to === text.length
  );
}

/** Errors inside one line cost the parser quadratic time, so that longer lines, which nobody writes, look blank to it. */
const LONG_LINE = /.{4001,}/g;

/** The statements at the left margin, in order; with prose around them, those that are Python, and every function. */
function statementsOf(source: string, isAmidProse = false): readonly Statement[] {
  const starts: Node[] = [];
  const torn = new Set<Node>();
  const tree = parser.parse(source.replaceAll(LONG_LINE, (line) => " ".repeat(line.length)));
  for (let node = tree.topNode.firstChild; node !== null; node = node.nextSibling) {
    if (node.name === "Comment" || node.from === node.to) continue;
    if (node.from === 0 || source[node.from - 1] === "\n") starts.push(node);
    // The parser found an end inside a line, as it does in prose.
    else if (starts.length > 0) torn.add(starts.at(-1)!);
  }
  return starts.flatMap((node, i) => {
    const { calls, hasError, isGenerator } = contentsOf(node, source);
    const text = source.slice(node.from, starts[i + 1]?.from ?? source.length).trimEnd();
    const made = functionOf(node, source);
    if (made !== null) return { text, defines: { ...made, calls, isGenerator }, isDefinition: true };
    if (isAmidProse && (hasError || torn.has(node))) return [];
    const isConstant =
      node.name === "AssignStatement" && node.getChild("AssignOp") !== null && calls.size === 0;
    return { text, defines: null, isDefinition: isConstant || node.name === "ImportStatement" };
  });
}

function functionOf(node: Node, source: string): Omit<PythonFunction, "calls" | "isGenerator"> | null {
  const named = node.name === "DecoratedStatement" ? node.getChild("FunctionDefinition") : node;
  let made = named?.name === "AssignStatement" ? named.lastChild : named;
  while (made?.name === "ParenthesizedExpression") made = made.firstChild!.nextSibling;
  const name = named?.getChild("VariableName");
  if (!name || !made || !FUNCTION.test(made.name)) return null;
  const textOf = ({ from, to }: Node): string => source.slice(from, to);
  const parameters = made.getChild("ParamList");
  const docstring = docstringOf(made);
  return {
    name: textOf(name),
    hasParameters: parameters !== null && /[^()\s]/.test(textOf(parameters)),
    hasDocstring: docstring !== null && /^(?!\w?b)\w*["'].*?[\p{L}\p{N}]/isu.test(textOf(docstring)),
  };
}

const FUNCTION = /^(?:FunctionDefinition|LambdaExpression)$/;

/** The literal that is a body's whole first statement; null where it begins with something else. */
function docstringOf(definition: Node): Node | null {
  const first = definition.getChild("Body")?.getChild("Statement");
  const literal = first?.name === "StatementGroup" ? first.firstChild?.firstChild : first?.firstChild;
  const isWhole = literal?.parent?.name === "ExpressionStatement" && literal.to === literal.parent.to;
  return isWhole && /^(?:Continued)?String$/.test(literal.name) && !literal.getChild("FormatString")
    ? literal
    : null;
}

/** What stands anywhere in a statement: what it calls, and whether its own level yields. */
function contentsOf(
  node: Node,
  source: string,
): { calls: Set<string>; hasError: boolean; isGenerator: boolean } {
  const found = { calls: new Set<string>(), hasError: false, isGenerator: false };
  let depth = 0;
  node.cursor().iterate(
    (at) => {
      if (FUNCTION.test(at.name)) depth++;
      if (at.type.isError) found.hasError = true;
      if (depth === 1 && at.name.startsWith("Yield")) found.isGenerator = true;
      if (at.name !== "CallExpression") return;
      const called = at.node.firstChild!;
      found.calls.add(called.name === "VariableName" ? source.slice(called.from, called.to) : "");
    },
    ({ name }) => {
      if (FUNCTION.test(name)) depth--;
    },
  );
  return found;
}
