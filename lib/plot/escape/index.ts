export { escapeHtml } from "./html.js";
export { escapeMarkdown } from "./markdown.js";
export { escapePlotly } from "./plotly.js";
export { jsonForScript } from "./script.js";
export { escapeTerminal } from "./terminal.js";
export { shortName, shortText, visibleText } from "./visible.js";
export { escapeXml } from "./xml.js";
