/**
 * Strings that try to run, to leave their cell or to pass for something else, wherever outside text is shown: HTML,
 * attributes, Plotly's pseudo-HTML, SVG, Markdown, JSON in a script, a terminal. Each one that could run calls
 * `tripwire(...)`, which the browser trials define: nothing may ever call it.
 */
const TRIP = "window.tripwire(1)";

/** Closes what it may stand in, then runs. */
const html = [
  `<script>${TRIP}</script>`,
  `</script><script>${TRIP}</script>`,
  `<ScRiPt>${TRIP}</sCrIpT>`,
  `<script src="data:text/javascript,${TRIP}"></script>`,
  `<script type="module">${TRIP}</script>`,
  `<scr<script>ipt>${TRIP}</scr</script>ipt>`,
  `"><script>${TRIP}</script>`,
  `'><script>${TRIP}</script>`,
  `--><script>${TRIP}</script>`,
  `<!--><script>${TRIP}</script>-->`,
  `<!--<script>`,
  `]]><script>${TRIP}</script>`,
  `<![CDATA[<script>${TRIP}</script>]]>`,
  `</title><script>${TRIP}</script>`,
  `</textarea><script>${TRIP}</script>`,
  `</style><script>${TRIP}</script>`,
  `</noscript><script>${TRIP}</script>`,
  `</template><script>${TRIP}</script>`,
  `</pre></td></tr></table><script>${TRIP}</script>`,
  `</option></select><img src=x onerror=${TRIP}>`,
  `</summary></details><img src=x onerror=${TRIP}>`,
  `</caption><img src=x onerror=${TRIP}>`,
  `</bdi></th><img src=x onerror=${TRIP}>`,
  `</figure><img src=x onerror=${TRIP}>`,
];

const handlers = [
  `<img src=x onerror=${TRIP}>`,
  `<img src=x onerror="${TRIP}">`,
  `<IMG SRC=x OnErRoR=${TRIP}>`,
  `<img/src=x/onerror=${TRIP}>`,
  `<img src=x onerror\n=\n${TRIP}>`,
  `<body onload=${TRIP}>`,
  `<input autofocus onfocus=${TRIP}>`,
  `<select autofocus onfocus=${TRIP}>`,
  `<details open ontoggle=${TRIP}>`,
  `<video><source onerror=${TRIP}></video>`,
  `<audio src=x onerror=${TRIP}></audio>`,
  `<marquee onstart=${TRIP}>x</marquee>`,
  `<div onpointerenter=${TRIP} style="position:fixed;inset:0">x</div>`,
  `<style>@keyframes x{}</style><b style="animation:x 1ms" onanimationstart=${TRIP}>x</b>`,
  `<object data="data:text/html,<script>parent.tripwire(1)</script>"></object>`,
  `<embed src="data:text/html,<script>parent.tripwire(1)</script>">`,
  `<iframe srcdoc="<script>parent.tripwire(1)</script>"></iframe>`,
  `<iframe src="javascript:parent.tripwire(1)"></iframe>`,
  `<form action="javascript:${TRIP}"><button autofocus>press</button></form>`,
  `<meta http-equiv="refresh" content="0;url=javascript:${TRIP}">`,
  `<base href="https://attacker.invalid/">`,
  `<link rel="stylesheet" href="https://attacker.invalid/x.css">`,
  `<img src="https://attacker.invalid/pixel.png">`,
  `<style>body{display:none}</style>`,
  `<style>@import "https://attacker.invalid/x.css";</style>`,
];

const attributes = [
  `" onmouseover="${TRIP}`,
  `' onmouseover='${TRIP}`,
  "` onmouseover=`" + TRIP,
  `" autofocus onfocus="${TRIP}" x="`,
  `x" style="position:fixed;inset:0" onclick="${TRIP}`,
  `&quot; onmouseover=&quot;${TRIP}`,
  `&#34;&#62;&#60;img src=x onerror=${TRIP}&#62;`,
  `&lt;img src=x onerror=${TRIP}&gt;`,
  `&amp;lt;script&amp;gt;${TRIP}`,
  `javascript:${TRIP}`,
  `JaVaScRiPt:${TRIP}`,
  `java\tscript:${TRIP}`,
  `data:text/html,<script>${TRIP}</script>`,
  `vbscript:msgbox(1)`,
];

const plotly = [
  // Short enough to stand uncut as the name of an axis.
  `<a href="https://x.invalid">x</a>`,
  `$\\href{javascript:1}{x}$`,
  `<a href="javascript:tripwire()">x</a>`,
  `$x^2$`,
  `<a href="javascript:${TRIP}">model</a>`,
  `<a href="https://attacker.invalid/">model</a>`,
  `<a href='data:text/html,<script>${TRIP}</script>' target="_top">x</a>`,
  `<a xlink:href="javascript:${TRIP}">x</a>`,
  `<b>bold</b><br><br><br>many<br>lines`,
  `<span style="font-size:400px">huge</span>`,
  `<sup>up</sup><sub>down</sub>`,
  `%{x}%{y}%{customdata[0]}%{meta}`,
  `<extra></extra>`,
  `$\\href{javascript:${TRIP}}{x}$`,
  `$$\\unicode{60}script\\unicode{62}$$`,
  `$\\require{html}\\style{position:fixed;inset:0}{x}$`,
  `\\(\\href{javascript:${TRIP}}{x}\\)`,
];

const svg = [
  `<svg onload=${TRIP}>`,
  `<svg><script>${TRIP}</script></svg>`,
  `<svg><script xlink:href="data:text/javascript,${TRIP}"/></svg>`,
  `<svg><animate onbegin=${TRIP} attributeName=x dur=1s>`,
  `<svg><a xlink:href="javascript:${TRIP}"><text y="20">x</text></a></svg>`,
  `<svg><foreignObject><iframe srcdoc="<script>parent.tripwire(1)</script>"/></foreignObject></svg>`,
  `<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>#x"/>`,
  `<svg><style><img src=x onerror=${TRIP}></style></svg>`,
  `<math><mtext></mtext><mglyph><style><img src=x onerror=${TRIP}></style></mglyph></math>`,
  `</text></svg><script>${TRIP}</script>`,
  `<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>`,
  `<?xml-stylesheet href="javascript:${TRIP}"?>`,
];

const scripts = [
  `";${TRIP};//`,
  `';${TRIP};//`,
  `\\";${TRIP};//`,
  "`;" + TRIP + ";//",
  "${" + TRIP + "}",
  `\\u003cscript\\u003e${TRIP}`,
  `\u2028${TRIP}\u2029`,
  `*/${TRIP}/*`,
  `{"__proto__":{"polluted":true}}`,
  `__proto__`,
  `constructor`,
  `FIGURE_ID FIGURE_SPEC`,
  `$& $1 $\` $'`,
];

const templates = [
  `{{constructor.constructor('${TRIP}')()}}`,
  `{% include '/etc/passwd' %}`,
  `<%= ${TRIP} %>`,
  `#{${TRIP}}`,
];

const markdown = [
  `[click](javascript:${TRIP})`,
  `![x](x"onerror="${TRIP})`,
  `<javascript:${TRIP}>`,
  `[x]: javascript:${TRIP}`,
  "```\n</code></pre><script>" + TRIP + "</script>\n```",
  `| a | b |\n|---|---|\n| 1 | <img src=x onerror=${TRIP}> |`,
  `# Heading\n\n---\n\n> quote`,
  `https://attacker.invalid/ www.attacker.invalid a@attacker.invalid`,
];

const terminal = [
  "\u001B[2J\u001B[H",
  "\u001B[31mred\u001B[0m",
  "\u001B]0;title\u0007",
  "\u001B]8;;https://attacker.invalid/\u001B\\link\u001B]8;;\u001B\\",
  "\u001B]52;c;YXR0YWNr\u0007",
  "\u001BP+q544e\u001B\\",
  "\u009B31mC1 control",
  "done\rfake: all answers right",
  "fine\b\b\b\bbad",
  "bell\u0007 nul\u0000 del\u007F vt\u000B ff\u000C",
  "line one\nTests passed\nline three",
];

const unicode = [
  "\u202Eevil\u202C",
  "\u2066isolate\u2069 \u2067rtl\u2069",
  "user\u202E txt.exe",
  "\u200Bzero\u200Bwidth\uFEFF",
  "\u{E0068}\u{E0069}\u{E0064}\u{E0064}\u{E0065}\u{E006E}",
  "\uD800 lone high",
  "lone low \uDC00",
  "\uFFFE\uFFFF noncharacters",
  "Z\u0351\u0343\u036B\u0312".repeat(60),
  "\uFF1Cscript\uFF1Etripwire(1)\uFF1C/script\uFF1E",
  "مرحبا بالعالم",
  "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿",
  "𝕿𝖍𝖊 ﷽",
];

const sizes = [
  "",
  " ",
  "\n".repeat(500),
  "\t".repeat(500),
  "W".repeat(5000),
  "<".repeat(3000),
  "&amp;".repeat(1000),
  '"'.repeat(2000),
  `${"a".repeat(1_000_000)}<script>${TRIP}</script>`,
];

const cells = [
  `=HYPERLINK("https://attacker.invalid","x")`,
  `=cmd|' /C calc'!A0`,
  `@SUM(1+1)*cmd`,
  `+1+cmd`,
  `-2+3+cmd`,
];

/** More than a hundred, by what they aim at. */
export const HOSTILE: Readonly<Record<string, readonly string[]>> = {
  html,
  handlers,
  attributes,
  plotly,
  svg,
  scripts,
  templates,
  markdown,
  terminal,
  unicode,
  sizes,
  cells,
};

export const HOSTILE_STRINGS: readonly string[] = Object.values(HOSTILE).flat();
