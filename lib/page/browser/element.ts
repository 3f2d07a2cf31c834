/**
 * An element with its class and what stands in it. Text is text, whoever wrote it: nothing here reads HTML.
 *
 * @param name Tag and classes: "button.fb-model".
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K | `${K}.${string}`,
  attributes: Readonly<Record<string, string>> = {},
  ...content: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const [tag, ...classes] = name.split(".") as [K, ...string[]];
  const made = document.createElement(tag);
  made.classList.add(...classes);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (tag === "button") made.setAttribute("type", "button");
  made.append(...content);
  return made;
}

/** The element that an event came from, or the nearest around it, that matches. */
export function closest(target: EventTarget | null, selector: string): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(selector) : null;
}
