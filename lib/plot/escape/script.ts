/** A line separator ends a string literal in older JavaScript; the others end or reopen the script element. */
const UNSAFE = /[<>&\u2028\u2029]/g;

/**
 * A plain value as JSON that is also safe inside an HTML `<script>`: no `<`, `>` or `&` is left as such, so neither
 * `</script>` nor `<!--` can occur. Lone surrogates are escaped by JSON.stringify itself.
 *
 * @throws TypeError when the value is undefined, a function or a symbol: there is no JSON for it.
 */
export function jsonForScript(value: unknown): string {
  const json: string | undefined = JSON.stringify(value);
  if (json === undefined)
    throw new TypeError(`jsonForScript: a ${typeof value} has no JSON; give plain data.`);
  return json.replaceAll(UNSAFE, (c) => `\\u${(c.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`);
}
