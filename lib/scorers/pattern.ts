/** Does a pattern occur? One that is no regular expression in JavaScript is searched as plain text. */
export function patternOccurs(pattern: string, text: string, flags: "i" | "m"): boolean {
  let regex: RegExp;
  try {
    regex = new RegExp(pattern, flags);
  } catch {
    return text.toLowerCase().includes(pattern.toLowerCase());
  }
  return regex.test(text);
}
