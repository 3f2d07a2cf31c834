/**
 * Numbers for combinations of names, given in order of first appearance: 0, 1, 2, …
 *
 * danfojs joins the keys of a group with "-", so that (`a-b`, `c`) and (`a`, `b-c`) would become one group, and a
 * value `__proto__` would throw. Grouping by one of these numbers cannot collide whatever the names are.
 */
export class GroupKeys {
  readonly #root = new Map<string, Node>();
  readonly #names: (readonly string[])[] = [];

  /** The number of this combination; always give as many names. */
  keyOf(...names: readonly string[]): number {
    let level = this.#root;
    let node: Node | undefined;
    for (const name of names) {
      node = level.get(name);
      if (node === undefined) {
        node = { key: -1, below: new Map() };
        level.set(name, node);
      }
      level = node.below;
    }
    if (node === undefined) throw new RangeError("GroupKeys.keyOf: no names were given.");
    if (node.key < 0) node.key = this.#names.push([...names]) - 1;
    return node.key;
  }

  /** The combinations seen, by number. */
  get names(): readonly (readonly string[])[] {
    return this.#names;
  }

  get size(): number {
    return this.#names.length;
  }
}

interface Node {
  key: number;
  readonly below: Map<string, Node>;
}
