import { parser } from "@lezer/python";
import { fencesIn } from "../answerText.js";

type Node = ReturnType<typeof parser.parse>["topNode"];

/** A statement at the left margin of a program, with everything indented under it. */
export interface Statement {
  readonly text: string;
  /** The function that it defines, by `def` or by a named `lambda`. */
  readonly defines: PythonFunction | null;
  /** Names that it binds, though inside an `if` or a `try`: by `def`, `=` or `import`. */
  readonly binds: ReadonlySet<string>;
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

/** A line at the margin that cannot be code: prose between code. */
const PROSE =
  /^(?![\s)\]}@"']|(?:async\s+)?def\s|import\s|from\s+\S+\s+import\b|class\s|(?:if|for|while|with|return|assert|raise|print|else|elif|except|finally|try|pass)\b|[\p{L}_][\w.]*(?:(?:\s*:\s*[\w[\], .|]+)?\s*[-+*/]?=[^=]|\()|.*(?:"""|''')).+/gmu;
/** Errors inside one line cost the parser quadratic time: longer lines, which nobody writes, look blank to it. */
const LONG_LINE = /.{4001,}/g;
const blank = (line: string): string => " ".repeat(line.length);

/** The Python programs of an answer: one a fence, or else its bare code, each as statements. */
export function programsIn(text: string): readonly (readonly Statement[])[] {
  const fences = fencesIn(text).flatMap((fence) =>
    /^(?:markdown|md)$/.test(fence.language) ? fencesIn(fence.body) : [fence],
  );
  const code = fences.filter(({ language, body }) => PYTHON.has(language) && body.trim() !== "");
  if (code.length > 0) return code.map(({ body }) => statementsOf(plainCode(body)));
  const bare = fences.length > 0 ? null : BEGINS.exec(text);
  if (bare) {
    const source = plainCode(text.slice(bare.index));
    return [statementsOf(source, source.replaceAll(PROSE, blank))];
  }
  const inline = [...text.matchAll(/`([^`\n]+)`/g)].map((span) => span[1]!);
  return inline.filter((span) => BEGINS.test(span)).map((span) => statementsOf(span));
}

/** Code without stray fence marks, an interpreter's prompts and the indentation that all of its lines share. */
export function plainCode(code: string): string {
  const lines = code
    .replaceAll(/^[ \t]*~{3,}[ \t]*$|`{3,}[ \t]*$/gm, "")
    .replaceAll("\r\n", "\n")
    .replaceAll("\t", "    ")
    .split("\n");
  if (lines.some((line) => line.startsWith(">>> "))) {
    return lines.flatMap((line) => (/^(?:>>>|\.\.\.)(?: |$)/.test(line) ? [line.slice(4)] : [])).join("\n");
  }
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const shared = indents.reduce((least, indent) => Math.min(least, indent), indents[0] ?? 0);
  return lines.map((line) => line.slice(shared)).join("\n");
}

/** Is a text one list comprehension, and nothing else? */
export function isComprehension(text: string): boolean {
  const tree = parser.parse(text);
  let isPython = true;
  tree.iterate({ enter: ({ type }) => void (isPython &&= !type.isError) });
  const expression = tree.topNode.firstChild?.firstChild;
  return isPython && expression?.name === "ArrayComprehensionExpression" && expression.to === text.length;
}

/**
 * The statements at the left margin, in order.
 *
 * @param view The same text with what is not code made blank.
 */
function statementsOf(source: string, view = source): readonly Statement[] {
  const starts: Node[] = [];
  const tree = parser.parse(view.replaceAll(LONG_LINE, blank));
  for (let node = tree.topNode.firstChild; node !== null; node = node.nextSibling) {
    const isAtMargin = node.from === 0 || source[node.from - 1] === "\n";
    // A bracket that closes nothing spoils the statement before it.
    if (isAtMargin && node.from < node.to && !/[#)\]}]/.test(source[node.from]!)) starts.push(node);
  }
  return starts.map((node, i) => {
    const text = view.slice(node.from, starts[i + 1]?.from ?? view.length).trimEnd();
    const { calls, isGenerator, binds } = contentsOf(node, source);
    const made = functionOf(node, source);
    const isConstant =
      node.name === "AssignStatement" && node.getChild("AssignOp") !== null && calls.size === 0;
    return {
      text,
      defines: made && { ...made, calls, isGenerator },
      binds,
      isDefinition: made !== null || isConstant || node.name === "ImportStatement",
    };
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
const SCOPE = /^(?:FunctionDefinition|LambdaExpression|ClassDefinition)$/;
/** A name on the right of an assignment counts, too: it costs a run that finds no such name. */
const BINDING = /^(?:FunctionDefinition|AssignStatement|ImportStatement)$/;

/** The literal that is a body's whole first statement; null where it begins with something else. */
function docstringOf(definition: Node): Node | null {
  const first = definition.getChild("Body")?.getChild("Statement");
  const literal = first?.name === "StatementGroup" ? first.firstChild?.firstChild : first?.firstChild;
  const isWhole = literal?.parent?.name === "ExpressionStatement" && literal.to === literal.parent.to;
  return isWhole && /^(?:Continued)?String$/.test(literal.name) && !literal.getChild("FormatString")
    ? literal
    : null;
}

/** What stands anywhere in a statement: what it calls and binds, and whether its own level yields. */
function contentsOf(
  node: Node,
  source: string,
): { calls: Set<string>; binds: Set<string>; isGenerator: boolean } {
  const found = { calls: new Set<string>(), binds: new Set<string>(), isGenerator: false };
  let depth = 0;
  node.cursor().iterate(
    (at) => {
      if (depth === 0 && BINDING.test(at.name)) {
        for (const { from, to } of at.node.getChildren("VariableName"))
          found.binds.add(source.slice(from, to));
      }
      if (SCOPE.test(at.name)) depth++;
      if (depth === 1 && at.name.startsWith("Yield")) found.isGenerator = true;
      if (at.name !== "CallExpression") return;
      const called = at.node.firstChild!;
      found.calls.add(called.name === "VariableName" ? source.slice(called.from, called.to) : "");
    },
    ({ name }) => {
      if (SCOPE.test(name)) depth--;
    },
  );
  return found;
}
