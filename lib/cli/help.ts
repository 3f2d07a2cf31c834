import { createRequire } from "node:module";

/** The library's version. */
export const { version: VERSION } = createRequire(import.meta.url)("facet-bench/package.json") as {
  readonly version: string;
};

export const HELP = `facet-bench ${VERSION}: how language models' skills go together

npx facet-bench COMMAND ...; in a folder made by "new", and in the clone: npm start, npm run lab, npm run export

start [OPTIONS]          run the notebook, write out/facet_interactions.{ipynb,html}
  --results FILE         ask nobody: use the rows of an earlier run (JSONL)
  --external FILE...     add scores from tables and logs of other tools; alone, nobody is asked without a key
  --models ID,ID         ask these models instead of the notebook's; all: every one that the server lists
  --base-url URL         ask another server than OpenRouter, such as http://127.0.0.1:11434/v1
  --epochs N             ask every question N times
  --items N              N questions a facet: 3 are the original's, more come from the library's bank
  --tasks FILE...        own questions (CSV, JSONL), GSM8K, HumanEval and others: N (--items) for each of their facets
lab                      JupyterLab on the notebook
export                   the notebook as last saved, as one HTML page
new DIR                  make a folder with the notebook, and install what it needs
  --no-install           leave the installing to you
fit FILE...              the surface of three facets of any scores, in words and as a page, without the notebook
  --x A --y B --z C      the facets along the floor, and the one that is the height; tasks and columns will do
  -o, --output FILE      the page (default: surface.html)
  --scale-only           scores taken as exact: leave out the sampling of the abilities behind them (seconds)

of start's and fit's files of scores:
  --facet TASK=FACET     the facet of a task ("TASK=": leave it out); may be given again
  --scale FACET=NUMBER   what counts as 1 in a facet or column: 10, 100; may be given again
  --same-model A=B       take the model A for B; may be given again

--help, --version; exit code 2: the command cannot be taken as typed, 1: it failed`;
