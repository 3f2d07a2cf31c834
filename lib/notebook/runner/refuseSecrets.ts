import type { NotebookFile } from "./withOverrides.js";
import { cellNumber, sourceOf } from "./withOverrides.js";

/** Variables whose values are secrets, and how long a value must be to be one. */
const SECRET_NAME = /(?:KEY|TOKEN|SECRET|PASSWORD)$/i;
const LEAST_LENGTH = 12;

/** Keys typed into a cell: by the shapes that OpenAI and OpenRouter, Hugging Face, GitHub, Google and AWS give theirs. */
const TYPED_KEY =
  /\b(?:sk-[\w-]{20,}|hf_\w{30,}|gh[opsu]_\w{36}|github_pat_\w{40,}|AIza[\w-]{35}|AKIA[0-9A-Z]{16})\b/;

/**
 * Stands before every page: a page goes to colleagues, and its notebook's cells and outputs go with it.
 *
 * @param env Where the secrets are: the value of any variable named …KEY, …TOKEN, …SECRET or …PASSWORD.
 * @throws Error that names cell and variable, never the secret, when a cell or an output holds one.
 */
export function refuseSecrets(notebook: NotebookFile, env: NodeJS.ProcessEnv = process.env): void {
  const secrets = Object.entries(env).filter(
    ([name, value = ""]) => SECRET_NAME.test(name) && value.length >= LEAST_LENGTH,
  );
  for (const [i, cell] of notebook.cells.entries()) {
    const source = sourceOf(cell);
    // As JSON has it, in the cells' text and in the outputs.
    const text = JSON.stringify([source, cell.outputs ?? []]);
    const [held] = secrets.find(([, value = ""]) => text.includes(JSON.stringify(value).slice(1, -1))) ?? [];
    const what =
      held !== undefined ? `the value of ${held}` : TYPED_KEY.test(source) ? "what looks like a key" : null;
    if (what === null) continue;
    throw new Error(
      `No page was written: cell ${cellNumber(notebook, i)} of the notebook, or its output, holds ${what}. ` +
        "Take it out of the cell, run that again and save; change a key that others may have seen.",
    );
  }
}
