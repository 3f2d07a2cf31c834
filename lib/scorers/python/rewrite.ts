import { readFileSync } from "node:fs";
import { parser } from "@lezer/python";

type Node = ReturnType<typeof parser.parse>["topNode"];

/** What rewritten programs call, in the interpreter's own Python. */
const SHIMS = readFileSync(new URL("shims.py", import.meta.url), "utf8");
const DEFINED = new Set([...SHIMS.matchAll(/^(?:def )?(shim_\w+)/gm)].map(([, name]) => name!));
const MODULES = new Set([...DEFINED].map((name) => name.split("_")[1]!));
/** Modules that the interpreter has itself, though not with all of their names. */
const PRESENT = new Set(["math", "sys"]);

/** A program in the interpreter's own Python. */
interface Rewritten {
  readonly source: string;
  /** It does at once or more simply what the original does lazily or with care: only a right result tells something. */
  readonly isApproximate: boolean;
}

/**
 * Rewrites what the interpreter (@pydantic/monty 0.0.18) lacks into what it has: assignments to slices and swaps of items,
 * `del`, `match`, stars over ranges, methods of `str` as functions, and the usual part of functools, collections, itertools,
 * operator, heapq, bisect, string and copy. Generators become lists, and counters plain dictionaries, which is approximate.
 * What else it lacks stays as it is, for the interpreter to refuse.
 */
export function rewritten(source: string): Rewritten {
  const { topNode } = parser.parse(source);
  const program = new Program(source, topNode);
  const text = program.write(topNode);
  const isShimmed = /\bshim_|\bformat\(/.test(text);
  return { source: isShimmed ? `${SHIMS}\n${text}` : text, isApproximate: program.isApproximate };
}

const childrenOf = (node: Node): Node[] => {
  const found: Node[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) found.push(child);
  return found;
};

/** Writes a tree: each node as its source says, with its children written in turn, unless a rule for its kind says otherwise. */
class Program {
  isApproximate = false;
  /** Name in the program → module that only exists here. */
  readonly modules = new Map<string, string>();
  /** Name of a counter or default dictionary → Python for the value of a missing key. */
  readonly defaults: ReadonlyMap<string, string>;
  isGenerator = false;
  private readonly source: string;
  private count = 0;

  constructor(source: string, top: Node) {
    this.source = source;
    this.defaults = this.defaultsIn(top);
  }

  write(node: Node): string {
    return RULES[node.name]?.(node, this) ?? this.plain(node);
  }

  text({ from, to }: { readonly from: number; readonly to: number }): string {
    return this.source.slice(from, to);
  }

  plain(node: Node): string {
    return this.between(node.from, childrenOf(node), node.to);
  }

  /** Source from one place to another with the nodes in it written. */
  between(from: number, nodes: readonly Node[], to: number): string {
    let at = from;
    let text = "";
    for (const node of nodes) {
      text += this.source.slice(at, node.from) + this.write(node);
      at = node.to;
    }
    return text + this.source.slice(at, to);
  }

  fresh(): string {
    return `shim_${++this.count}`;
  }

  /** The column at which a node stands; null where something stands before it on its line. */
  indentOf({ from }: Node): string | null {
    const line = this.source.slice(this.source.lastIndexOf("\n", from - 1) + 1, from);
    return line.trim() === "" ? line : null;
  }

  /** Names that are only ever assigned a new Counter or defaultdict. */
  private defaultsIn(top: Node): ReadonlyMap<string, string> {
    const found = new Map<string, string | null>();
    top.cursor().iterate(({ name, node }) => {
      if (name === "ParamList" || name === "ForStatement")
        for (const one of node.getChildren("VariableName")) found.set(this.text(one), null);
      if (name !== "AssignStatement") return;
      const value = node.lastChild!;
      const made = /^(?:collections\.)?(Counter|defaultdict)\s*\(\s*([^]*)\)$/.exec(this.text(value));
      const factory = made?.[2] === "" ? "" : `(${made?.[2]?.split(/,(?![^()]*\))/)[0]})()`;
      const missing = made === null ? null : made[1] === "Counter" ? "0" : factory;
      for (const one of node.getChildren("VariableName")) {
        if (one.from === value.from) continue;
        const known = found.get(this.text(one));
        found.set(this.text(one), known === undefined || known === missing ? missing : null);
      }
    });
    return new Map([...found].flatMap(([name, missing]) => (missing ? [[name, missing] as const] : [])));
  }
}

/** A subscription's object and the parts of its index: one, or start, stop and step of a slice. */
function subscriptOf(node: Node, program: Program): { object: string; parts: readonly string[] } | null {
  const children = childrenOf(node);
  if (node.name !== "MemberExpression" || children[1]?.name !== "[") return null;
  const inside = program.between(children[1].to, children.slice(2, -1), children.at(-1)!.from);
  if (!children.some(({ name }) => name === ":"))
    return { object: program.write(children[0]!), parts: [inside] };
  const parts = ["None", "None", "None"];
  let part = 0;
  for (const child of children.slice(2, -1)) {
    if (child.name === ":") part++;
    else parts[part] = program.write(child);
  }
  return { object: program.write(children[0]!), parts };
}

/** A statement that assigns to one target. */
function assigned(target: Node, value: string, program: Program): string {
  const subscript = subscriptOf(target, program);
  if (subscript === null) return `${program.plain(target)} = ${value}`;
  const { object, parts } = subscript;
  if (parts.length === 1) return `${object}[${parts[0]}] = ${value}`;
  return `shim_slice(${object}, ${parts.join(", ")}, ${value})`;
}

type Rule = (node: Node, program: Program) => string | null;

const RULES: Readonly<Record<string, Rule>> = {
  ImportStatement: (node, program) => {
    const text = program.text(node).replaceAll(/[()\\\s]+/g, " ");
    const [, from, names] = /^(?:from (\S+) )?import (.+)$/.exec(text) ?? [];
    if (names === undefined || from === "__future__") return from === undefined ? null : "pass";
    const statements = names.split(",").map((one) => {
      const [name = "", alias = name] = one.trim().split(" as ");
      const shim = `shim_${from}_${name}`;
      if (from !== undefined) return DEFINED.has(shim) ? `${alias} = ${shim}` : `from ${from} import ${one}`;
      if (MODULES.has(name)) program.modules.set(alias, name);
      return MODULES.has(name) && !PRESENT.has(name) ? "pass" : `import ${one}`;
    });
    return statements.join("; ");
  },

  AssignStatement: (node, program) => {
    const children = childrenOf(node);
    const at = children.findIndex(({ name }) => name === "AssignOp");
    if (at < 1 || children.findLastIndex(({ name }) => name === "AssignOp") !== at) return null;
    const [first] = children;
    const isEnclosed = at === 1 && /^(?:Tuple|Array)Expression$/.test(first!.name);
    const targets = (isEnclosed ? childrenOf(first!) : children.slice(0, at)).filter(
      ({ name }) => !/^[,()[\]]$/.test(name),
    );
    const value = program.between(children[at]!.to, children.slice(at + 1), node.to).trim();
    if (targets.length === 1)
      return targets[0]!.name === "MemberExpression" ? assigned(targets[0]!, value, program) : null;
    if (!targets.some(({ name }) => name === "MemberExpression")) return null;
    if (targets.some(({ name }) => !/^(?:MemberExpression|VariableName)$/.test(name))) return null;
    const names = targets.map(() => program.fresh());
    return [
      `${names.join(", ")} = ${value}`,
      ...targets.map((target, i) => assigned(target, names[i]!, program)),
    ].join("; ");
  },

  UpdateStatement: (node, program) => {
    const [target, operator, ...values] = childrenOf(node);
    const [named, bracket] = childrenOf(target!);
    const missing = bracket?.name === "[" ? program.defaults.get(program.text(named!)) : undefined;
    if (missing === undefined) return null;
    const value = program.between(operator!.to, values, node.to).trim();
    const { object, parts } = subscriptOf(target!, program)!;
    program.isApproximate = true;
    return `${object}[${parts[0]}] = ${object}.get(${parts[0]}, ${missing}) ${program.text(operator!).slice(0, -1)} (${value})`;
  },

  DeleteStatement: (node, program) => {
    const statements = childrenOf(node).flatMap((target) => {
      if (target.name === "VariableName") return [`${program.text(target)} = None`];
      const subscript = subscriptOf(target, program);
      if (subscript === null) return [];
      const { object, parts } = subscript;
      return parts.length === 1
        ? [`${object}.pop(${parts[0]})`]
        : [`shim_slice(${object}, ${parts.join(", ")}, [])`];
    });
    return statements.join("; ");
  },

  MemberExpression: (node, program) => {
    const [object, mark, property] = childrenOf(node);
    const name = program.text(object!);
    if (mark?.name === "[") {
      const missing = program.defaults.get(name);
      if (missing === undefined || program.text(node).includes(":")) return null;
      program.isApproximate = true;
      return `${name}.setdefault(${subscriptOf(node, program)!.parts[0]}, ${missing})`;
    }
    const wanted = program.text(property!);
    if (wanted === "from_iterable") return "shim_itertools_from_iterable";
    const shim = `shim_${program.modules.get(name)}_${wanted}`;
    if (DEFINED.has(shim)) return shim;
    return name === "str" && !/^(?:maketrans|__\w+)$/.test(wanted)
      ? `(lambda shim_self, *shim_rest: shim_self.${wanted}(*shim_rest))`
      : null;
  },

  CallExpression: (node, program) => {
    const [called, list] = childrenOf(node);
    const args = program.between(list!.from + 1, childrenOf(list!).slice(1, -1), list!.to - 1);
    if (program.text(called!) === "int" && list!.getChildren(",").length === 1) return `shim_int(${args})`;
    const [object, , property] = childrenOf(called!);
    const shim = `shim_method_${property?.name === "PropertyName" ? program.text(property) : ""}`;
    if (!DEFINED.has(shim)) return null;
    return `${shim}(${program.write(object!)}${args.trim() === "" ? "" : `, ${args}`})`;
  },

  ArgList: starred,
  ArrayExpression: starred,
  TupleExpression: starred,
  SetExpression: starred,

  Decorator: (node, program) => {
    const called = node.getChild("ArgList");
    const [, module, name] = /^@\s*(\w+)\s*\.\s*(\w+)/.exec(program.text(node)) ?? [];
    const shim = `shim_${program.modules.get(module ?? "")}_${name}`;
    if (!DEFINED.has(shim)) return null;
    return `@${shim}${called ? program.write(called) : ""}${/\s*$/.exec(program.text(node))![0]}`;
  },

  FunctionDefinition: (node, program) => {
    const body = node.getChild("Body");
    const statements = body === null ? [] : childrenOf(body).slice(1);
    const [first] = statements;
    if (first === undefined) return null;
    const outer = program.isGenerator;
    program.isGenerator = yields(body!);
    const isGenerator = program.isGenerator;
    program.isApproximate ||= isGenerator;
    const head = program.between(node.from, childrenOf(node).slice(0, -1), first.from);
    const written = program.between(first.from, statements, node.to);
    program.isGenerator = outer;
    if (!isGenerator) return head + written;
    const indent = program.indentOf(first);
    const gap = indent === null ? "; " : `\n${indent}`;
    return `${head}shim_given = []${gap}${written.trimEnd()}${gap}return iter(shim_given)`;
  },

  YieldStatement: (node, program) => {
    const [, from, ...rest] = childrenOf(node);
    const isFrom = from?.name === "from";
    const nodes = isFrom ? rest : childrenOf(node).slice(1);
    const value = program.between(nodes[0]?.from ?? node.to, nodes, node.to).trim() || "None";
    return isFrom ? `shim_given.extend(${value})` : `shim_given.append((${value}))`;
  },

  ReturnStatement: (_, program) => (program.isGenerator ? "return iter(shim_given)" : null),

  MatchStatement: (node, program) => {
    const [, ...rest] = childrenOf(node);
    const body = rest.pop()!;
    const name = program.fresh();
    const subject = program.between(rest[0]!.from, rest, rest.at(-1)!.to);
    const clauses: string[] = [];
    let at = body.firstChild!.to;
    for (const clause of body.getChildren("MatchClause")) {
      const [, pattern, ...others] = childrenOf(clause);
      const test = testOf(pattern!, name, program);
      if (test === null) return null;
      const guard = clause.getChild("Guard");
      const asked = guard ? ` and (${program.write(guard.firstChild!.nextSibling!)})` : "";
      const word = clauses.length === 0 ? "if" : "elif";
      clauses.push(
        `${program.text({ from: at, to: clause.from })}${word} ${test}${asked}${program.write(others.at(-1)!)}`,
      );
      at = clause.to;
    }
    return `if [${name} := (${subject})]:${clauses.join("")}`;
  },
};

/** Stars over what the interpreter does not unpack: a range, an iterator. */
function starred(node: Node, program: Program): string {
  const children = childrenOf(node);
  let at = node.from;
  let text = "";
  for (const [i, child] of children.entries()) {
    const written = program.write(child);
    text +=
      program.text({ from: at, to: child.from }) +
      (children[i - 1]?.name === "*" ? `list(${written})` : written);
    at = child.to;
  }
  return text;
}

/** Does a function's own level yield? */
const yields = (node: Node): boolean =>
  childrenOf(node).some(
    (child) => child.name.startsWith("Yield") || (!/^(?:Function|Lambda)/.test(child.name) && yields(child)),
  );

/** A pattern of `match` as a condition on what `name` holds; null for kinds that are not rewritten. */
function testOf(pattern: Node, name: string, program: Program): string | null {
  const children = childrenOf(pattern).filter(({ name: kind }) => !/^[,()[\]]$/.test(kind));
  const text = program.text(pattern);
  switch (pattern.name) {
    case "LiteralPattern":
      return /^(?:None|True|False)$/.test(text) ? `${name} is ${text}` : `${name} == ${text}`;
    case "AttributePattern":
      return `${name} == ${text}`;
    case "CapturePattern":
      return text === "_" ? "True" : `[${text} := ${name}]`;
    case "OrPattern": {
      const tests = children
        .filter(({ name: kind }) => kind !== "LogicOp")
        .map((one) => testOf(one, name, program));
      return tests.includes(null) ? null : `(${tests.join(" or ")})`;
    }
    case "SequencePattern": {
      const tests = children.map((one, i) => testOf(one, `${name}[${i}]`, program));
      const all = [`isinstance(${name}, (list, tuple))`, `len(${name}) == ${children.length}`, ...tests];
      return tests.includes(null) ? null : `(${all.join(" and ")})`;
    }
    default:
      return null;
  }
}
