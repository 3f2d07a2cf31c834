import { readFileSync } from "node:fs";
import { parser } from "@lezer/python";

type Node = ReturnType<typeof parser.parse>["topNode"];

/** What rewritten programs call, in the interpreter's own Python: `shim_MODULE_NAME` for NAME of MODULE. */
const SHIMS = readFileSync(new URL("shims.py", import.meta.url), "utf8");
/** What orders lists and sets: `sorted`, `min`, `max`, and a function for each comparison. */
const ORDER = readFileSync(new URL("order.py", import.meta.url), "utf8");
const DEFINED = new Set([...SHIMS.matchAll(/^(?:def )?(shim_\w+)/gm)].map(([, name]) => name!));
const MODULES = new Set([...DEFINED].map((name) => name.split("_")[1]!));
/** Modules that the interpreter has itself, though not with all of their names. */
const PRESENT = new Set(["math", "sys"]);
/** The parser takes quadratic time for faults in a line, and these rules one frame a level. */
const UNREADABLE = /.{4001,}|(?:[([{][^()[\]{}]*){200}/;

/** Methods of built-in types that answers hand on without calling them, as in `max(counts, key=counts.get)`. */
const BOUND =
  /^(?:append|add|count|endswith|extend|find|get|index|insert|join|lower|pop|remove|replace|startswith|strip|update|upper)$/;
const COMPARISONS: Readonly<Record<string, string>> = { "<": "lt", "<=": "le", ">": "gt", ">=": "ge" };

/** A program in the interpreter's own Python. */
interface Rewritten {
  readonly source: string;
  /** It does at once what the original does lazily, or more simply: only a right result tells something. */
  readonly isApproximate: boolean;
}

/**
 * Rewrites what the interpreter (@pydantic/monty 0.0.18) lacks into what it has: assignments to slices and to several items,
 * `del`, stars over ranges, methods of `str` as functions, generators as lists, and the usual part of functools, collections,
 * itertools, operator, string and random. What else it lacks (classes, `match`) stays, for the interpreter to refuse.
 *
 * @param isOrdered Lists, sets and tuples of them are ordered as in Python, at some five times the cost of a comparison; else
 *   the interpreter says of any two of them that neither is less, or refuses to sort them.
 */
export function rewritten(source: string, isOrdered = false): Rewritten {
  if (UNREADABLE.test(source)) return { source, isApproximate: false };
  const modules = new Map<string, string>();
  const hasClasses = /^\s*class\s/m.test(source);
  let temporaries = 0;
  let isApproximate = false;
  let inGenerator = false;

  const textOf = ({ from, to }: { readonly from: number; readonly to: number }): string =>
    source.slice(from, to);
  const write = (node: Node): string =>
    rules[node.name]?.(node) ?? span(node.from, childrenOf(node), node.to);
  /** Source from one place to another, with the nodes in it written. */
  const span = (from: number, nodes: readonly Node[], to: number, written = nodes.map(write)): string => {
    const starts = [from, ...nodes.map((node) => node.to)];
    const between = nodes.map((node, i) => source.slice(starts[i], node.from) + written[i]!);
    return between.join("") + source.slice(starts.at(-1), to);
  };

  /** What a missing key of a default dictionary, or of a counter, is taken for; null for other names. */
  const factoryOf = (name: string): string | null => {
    const made = String.raw`\b${name}\s*=\s*(?:collections\.)?(?:defaultdict\((list|int|set|dict|str|float)\)|Counter\()`;
    const isFound = /defaultdict|Counter/.test(source) && /^\w+$/.test(name);
    const [whole, factory = "int"] = (isFound && new RegExp(made).exec(source)) || [];
    return whole === undefined ? null : `${factory}()`;
  };

  /** `object[index] = value` or, for a slice, a call that does it in place. */
  const assigned = (target: Node, value: string): string => {
    const [object, bracket, ...inside] = childrenOf(target);
    const colons = inside.filter(({ name }) => name === ":").map(({ from }) => from);
    if (bracket?.name !== "[" || colons.length === 0)
      return `${span(target.from, childrenOf(target), target.to)} = ${value}`;
    const bounds = [0, 1, 2].map((part) => {
      const nodes = inside
        .slice(0, -1)
        .filter(({ name, from }) => name !== ":" && colons.filter((at) => at < from).length === part);
      return nodes.map(write).join("") || "None";
    });
    return `shim_slice_assign(${write(object!)}, ${bounds.join(", ")}, ${value})`;
  };

  /** What stands after a star as a list: the interpreter spreads no range. */
  const starred = (node: Node): string => {
    const children = childrenOf(node);
    const written = children.map((child, i) =>
      children[i - 1]?.name === "*" ? `list(${write(child)})` : write(child),
    );
    return span(node.from, children, node.to, written);
  };

  const rules: Readonly<Record<string, (node: Node) => string | null>> = {
    ArgList: starred,
    ArrayExpression: starred,
    TupleExpression: starred,

    ImportStatement: (node) => {
      const [, from, names = ""] =
        /^(?:from (\S+) )?import (.+)$/.exec(textOf(node).replaceAll(/[()\\\s]+/g, " ")) ?? [];
      if (from === "__future__" || /[*.]/.test(names)) return from === "__future__" ? "pass" : null;
      const statements = names.split(",").map((one) => {
        const [name = "", alias = name] = one.trim().split(" as ");
        if (from !== undefined && DEFINED.has(`shim_${from}_${name}`))
          return `${alias} = shim_${from}_${name}`;
        if (from !== undefined) return `from ${from} import ${one}`;
        if (MODULES.has(name)) modules.set(alias, name);
        return MODULES.has(name) && !PRESENT.has(name) ? "pass" : `import ${one}`;
      });
      return statements.join("; ");
    },

    MemberExpression: (node) => {
      const [object, dot, property] = childrenOf(node).map(textOf);
      const shim = `shim_${modules.get(object!)}_${property}`;
      const factory = dot === "[" ? factoryOf(object!) : null;
      if (factory !== null)
        return textOf(node).replace(/^\w+\[([^]*)\]$/, `${object}.setdefault($1, ${factory})`);
      if (dot !== ".") return null;
      if (DEFINED.has(shim) || (modules.has(object!) && !PRESENT.has(modules.get(object!)!))) return shim;
      if (property === "from_iterable") return "shim_itertools_from_iterable";
      const parent = node.parent!.name;
      const isCalled =
        parent === "MemberExpression" || (parent === "CallExpression" && node.parent!.from === node.from);
      if (BOUND.test(property!) && !isCalled && !hasClasses && object !== "str")
        return `(lambda shim_self: lambda *shim_rest: shim_self.${property}(*shim_rest))(${write(node.firstChild!)})`;
      return object === "str" && !/^(?:maketrans|__\w+)$/.test(property!)
        ? `(lambda shim_self, *shim_rest: shim_self.${property}(*shim_rest))`
        : null;
    },

    CallExpression: (node) => {
      const [called, list] = childrenOf(node);
      const name = textOf(called!);
      const inside = childrenOf(list!);
      if (name === "next" && list!.getChild("for") !== null) return `next(iter${write(list!)})`;
      if (name === "next" && inside[1]?.name === "ComprehensionExpression")
        return `next(iter(${write(inside[1])})${span(inside[1].to, inside.slice(2), list!.to)}`;
      if (/^(?:sum|enumerate|round|int)$/.test(name)) {
        const isShim = name === "sum" || (name !== "enumerate" && list!.getChild(",") !== null);
        return `${isShim ? "shim_" : ""}${name}${write(list!).replace(/,(\s*)(?:start|ndigits|base)\s*=/, ",$1")}`;
      }
      const method = called!.getChild("PropertyName");
      const shim = method === null ? "" : `shim_method_${textOf(method)}`;
      return DEFINED.has(shim) || (isOrdered && shim === "shim_method_sort")
        ? `${shim}(${write(called!.firstChild!)}, ${write(list!).slice(1)}`
        : null;
    },

    // The interpreter reads decorators and forgets them.
    DecoratedStatement: (node) => {
      const made = node.getChild("FunctionDefinition");
      if (made === null) return null;
      const name = textOf(made.getChild("VariableName")!);
      const indent = /[^\n]*$/.exec(source.slice(0, node.from))![0];
      const decorated = node
        .getChildren("Decorator")
        .toReversed()
        .map((decorator) => {
          const call = decorator.getChild("ArgList");
          const [, module = "", property] = /^@\s*(?:(\w+)\.)?(\w+)/.exec(textOf(decorator))!;
          const named = modules.has(module)
            ? `shim_${modules.get(module)}_${property}`
            : `${module && `${module}.`}${property}`;
          return `${indent}${name} = ${named}${call === null ? "" : write(call)}(${name})`;
        });
      return `${write(made).trimEnd()}\n${decorated.join("\n")}${/\s*$/.exec(textOf(node))![0]}`;
    },

    AssignStatement: (node) => {
      const children = childrenOf(node);
      const at = children.findIndex(({ name }) => name === "AssignOp");
      if (at < 1 || children.filter(({ name }) => name === "AssignOp").length > 1) return null;
      const enclosed =
        at === 1 && /^(?:Tuple|Array)/.test(children[0]!.name) ? childrenOf(children[0]!) : null;
      const targets = (enclosed ?? children.slice(0, at)).filter(({ name }) => !/^[,()[\]]$/.test(name));
      const isPlain = targets.every(({ name }) => /^(?:MemberExpression|VariableName)$/.test(name));
      if (!isPlain || !targets.some(({ name }) => name === "MemberExpression")) return null;
      const value = span(children[at]!.to, children.slice(at + 1), node.to).trim();
      if (targets.length === 1) return assigned(targets[0]!, value);
      const names = targets.map(() => `shim_${++temporaries}`);
      const last = targets.map((target, i) => assigned(target, names[i]!));
      return [`${names.join(", ")} = ${value}`, ...last].join("; ");
    },

    BinaryExpression: (node) => {
      if (node.getChild("ArithOp") !== null) {
        const added = (child: Node): string => (isTruth(child) ? `int(${write(child)})` : write(child));
        return childrenOf(node).map(added).join(" ");
      }
      const [first, ...rest] = isOrdered && node.getChild("CompareOp") !== null ? chainOf(node) : [];
      if (!rest.some((one) => textOf(one) in COMPARISONS)) return null;
      let left = write(first!);
      const links: string[] = [];
      for (let i = 0; i < rest.length; i += 2) {
        const operator = textOf(rest[i]!);
        const right = write(rest[i + 1]!);
        // What stands between two operators is worked out once.
        const name = i + 2 < rest.length ? `shim_${++temporaries}` : null;
        const given = name === null ? right : `(${name} := ${right})`;
        const call = COMPARISONS[operator];
        links.push(call === undefined ? `${left} ${operator} ${given}` : `shim_${call}(${left}, ${given})`);
        left = name ?? right;
      }
      return `(${links.join(" and ")})`;
    },

    UpdateStatement: (node) => {
      const [target, operator, ...values] = childrenOf(node);
      if (isTruth(values[0]!)) return `${span(node.from, [target!], operator!.to)} int(${write(values[0]!)})`;
      const factory = target!.name === "MemberExpression" ? factoryOf(textOf(target!.firstChild!)) : null;
      if (factory === null) return null;
      const value = `${write(target!)} ${textOf(operator!).slice(0, -1)} (${span(operator!.to, values, node.to).trim()})`;
      return `${textOf(target!)} = ${value}`;
    },

    DeleteStatement: (node) => {
      const emptied = node.getChildren("MemberExpression").map((target) => {
        const [object, bracket, ...inside] = childrenOf(target);
        if (bracket?.name !== "[") return write(target);
        if (inside.some(({ name }) => name === ":")) return assigned(target, "[]");
        return `${write(object!)}.pop(${span(bracket.to, inside.slice(0, -1), target.to - 1)})`;
      });
      const forgotten = node.getChildren("VariableName").map((target) => assigned(target, "None"));
      return [...emptied, ...forgotten].join("; ");
    },

    FunctionDefinition: (node) => {
      const statements = childrenOf(node.getChild("Body") ?? node).slice(1);
      const [first] = statements;
      const outer = inGenerator;
      inGenerator = yields(node.getChild("Body") ?? node);
      isApproximate ||= inGenerator;
      const line = source.slice(source.lastIndexOf("\n", first!.from - 1) + 1, first!.from);
      const gap = line.trim() === "" ? `\n${line}` : "; ";
      const body = span(first!.from, statements, node.to);
      const end = body.slice(body.trimEnd().length);
      const given = `shim_given = []${gap}${body.trimEnd()}${gap}return tuple(shim_given)${end}`;
      const written = inGenerator ? given : body;
      inGenerator = outer;
      return span(node.from, childrenOf(node).slice(0, -1), first!.from) + written;
    },

    YieldStatement: (node) => {
      const isFrom = node.getChild("from") !== null;
      const nodes = childrenOf(node).filter(({ name }) => !/^(?:yield|from)$/.test(name));
      const value = span(nodes[0]?.from ?? node.to, nodes, node.to).trim();
      return isFrom ? `shim_given.extend(${value})` : `shim_given.append((${value || "None"}))`;
    },

    ReturnStatement: () => (inGenerator ? "return tuple(shim_given)" : null),
  };

  let text: string;
  try {
    text = write(parser.parse(source).topNode);
  } catch {
    // Nested deeper than this thread's stack.
    return { source, isApproximate: false };
  }
  isApproximate ||= /shim_collections_(?:Counter|defaultdict)/.test(text);
  const order = isOrdered ? ORDER : "";
  return { source: order || text.includes("shim_") ? `${SHIMS}\n${order}\n${text}` : text, isApproximate };
}

function childrenOf(node: Node): Node[] {
  const found: Node[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) found.push(child);
  return found;
}

/** Operands and operators of a comparison in turn, `a < b <= c` taken as a whole. */
function chainOf(node: Node): readonly Node[] {
  if (node.name !== "BinaryExpression" || node.getChild("CompareOp") === null) return [node];
  const [left, ...others] = childrenOf(node);
  return [...chainOf(left!), ...others];
}

/** Is it a comparison, which the interpreter does not add up? */
const isTruth = (node: Node): boolean =>
  node.name === "ParenthesizedExpression"
    ? isTruth(node.firstChild!.nextSibling!)
    : node.name === "BinaryExpression" && /^(?:CompareOp|in)$/.test(node.firstChild!.nextSibling!.name);

/** Does a function's own level yield? */
const yields = (node: Node): boolean =>
  childrenOf(node).some(
    (child) => child.name.startsWith("Yield") || (!/^(?:Function|Lambda)/.test(child.name) && yields(child)),
  );
