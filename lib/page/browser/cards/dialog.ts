import { element } from "../element.js";

let dialog: HTMLDialogElement | undefined;

/**
 * Shows something over the page, in place of what stood there. Escape and the × close it, and the focus goes back to
 * where it was: the browser's own doing.
 */
export function openDialog(title: string, ...content: readonly (Node | string)[]): void {
  dialog ??= element("dialog.fb-card", {
    "aria-labelledby": "fb-card-title",
    "data-lm-suppress-shortcuts": "true",
  });
  const heading = element("h2", { id: "fb-card-title", tabindex: "-1" }, element("bdi", {}, title));
  const close = element("button.fb-close", { "aria-label": "Close" }, "×");
  close.addEventListener("click", () => dialog!.close());
  dialog.replaceChildren(element("header", {}, heading, close), ...content);
  if (!dialog.isConnected) document.body.append(dialog);
  if (!dialog.open) dialog.showModal();
  heading.focus();
}
