/** An error as OpenRouter words it. */
export function problem(code: number, message: string): unknown {
  return { error: { code, message } };
}
