import { openCards } from "./cards/openCards.js";
import { mountContents } from "./contents.js";
import { addFigureMenu, addTableMenu } from "./downloads/menu.js";
import { mountExplorer } from "./explorer/explorer.js";
import { answerFit } from "./explorer/fits.js";
import { FIGURE, mountFigure } from "./figures.js";
import { linkTable, listenToModels } from "./linking/linkTables.js";
import { addSearch, listenToTables } from "./tables.js";
import { painted, whenShown } from "./whenShown.js";
import cardsStyle from "./cards/cards.css";
import explorerStyle from "./explorer/explorer.css";
import figuresStyle from "./figures.css";
import tablesStyle from "./tables.css";
import themeStyle from "./theme.css";

/** Runs in the reader's page, once however often it stands there: brings to life whatever of ours is or comes there. */
const page = globalThis as { facetBench?: true };
if (typeof document === "undefined") answerFit();
else if (page.facetBench !== true) {
  page.facetBench = true;
  // The set-up cell's own goes with it where a notebook takes cells out of sight.
  const style = document.createElement("style");
  style.textContent = themeStyle + figuresStyle + tablesStyle + explorerStyle + cardsStyle;
  document.head.append(style);
  listenToTables();
  listenToModels();
  openCards();
  whenShown(".fb-explorer", (explorer) => void painted().then(() => mountExplorer(explorer)));
  whenShown(FIGURE, mountFigure);
  mountContents();
  whenShown(".fb-table", linkTable);
  whenShown(".fb-table", addSearch);
  whenShown(".fb-table", addTableMenu);
  whenShown(FIGURE, addFigureMenu);
}
