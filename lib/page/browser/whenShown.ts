type Mount = (element: HTMLElement) => void;

const wanted: { readonly selector: string; readonly mount: Mount; readonly taken: WeakSet<Element> }[] = [];

/**
 * Calls `mount` once for every element that matches, now and whenever one comes into the page, as soon as it is laid
 * out: in a hidden tab, or in a cell outside of the window, it would be drawn at a wrong size.
 */
export function whenShown(selector: string, mount: Mount): void {
  if (wanted.length === 0) {
    new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true });
    document.addEventListener("readystatechange", look);
  }
  wanted.push({ selector, mount, taken: new WeakSet() });
  look();
}

function look(): void {
  // While the page still comes in, an element may lack its end.
  if (document.readyState === "loading") return;
  for (const { selector, mount, taken } of wanted)
    for (const element of document.querySelectorAll<HTMLElement>(selector)) {
      if (taken.has(element)) continue;
      taken.add(element);
      if (element.offsetWidth > 0) mount(element);
      else waitForWidth(element, mount);
    }
}

function waitForWidth(element: HTMLElement, mount: Mount): void {
  const observer = new ResizeObserver(() => {
    if (element.offsetWidth === 0) return;
    observer.disconnect();
    mount(element);
  });
  observer.observe(element);
}

/** When the browser has painted what there is: nothing slow should come before the reader sees something. */
export function painted(): Promise<void> {
  return new Promise((resolve) => void requestAnimationFrame(() => void setTimeout(resolve)));
}
