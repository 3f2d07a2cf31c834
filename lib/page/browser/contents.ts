import { element } from "./element.js";

/** From this width on the list is always open, at the left. As in the template's page.css. */
const WIDE = "(min-width: 1380px)";

/** Fills an exported page's list of contents with its headings, and marks the one that the reader has come to. */
export function mountContents(): void {
  if (document.readyState === "loading") return document.addEventListener("DOMContentLoaded", mountContents);
  const nav = document.querySelector<HTMLElement>(".fb-contents");
  if (nav === null) return;
  const found = document.querySelectorAll<HTMLElement>("main .jp-RenderedMarkdown :is(h2, h3)[id]");
  const headings = [...found].filter((heading) => heading.closest(".fb-figure, .fb-table") === null);
  if (headings.length === 0) return;
  const links = headings.map(({ id, textContent }) =>
    // Jupyter's own mark at a heading's end is no part of it.
    element("a", { href: `#${id}` }, textContent.replace(/¶\s*$/, "")),
  );
  const items = links.map((link, i) =>
    element(headings[i]!.tagName === "H3" ? "li.fb-deeper" : "li", {}, link),
  );
  const details = element("details", {}, element("summary", {}, "Contents"), element("ol", {}, ...items));
  nav.append(details);
  nav.hidden = false;
  followWidth(details);
  followReader(headings, links);
}

function followWidth(details: HTMLDetailsElement): void {
  const wide = matchMedia(WIDE);
  const fit = (): void => void (details.open = wide.matches);
  fit();
  wide.addEventListener("change", fit);
  // Over the page, it has done its work once it has been used.
  details.addEventListener("click", ({ target }) => {
    if (target instanceof HTMLAnchorElement && !wide.matches) details.open = false;
  });
}

function followReader(headings: readonly HTMLElement[], links: readonly HTMLAnchorElement[]): void {
  const mark = (): void => {
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3).length;
    for (const [i, link] of links.entries())
      if (i === passed - 1) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
  };
  let isAsked = false;
  document.addEventListener(
    "scroll",
    () => {
      if (isAsked) return;
      isAsked = true;
      requestAnimationFrame(() => {
        isAsked = false;
        mark();
      });
    },
    { passive: true },
  );
  mark();
}
