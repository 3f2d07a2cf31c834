import { escapePlotly } from "../../../shared/escape.js";
import { plotly } from "../plotly.js";

/** The still picture, as it stands in the page. */
export function svgOf(figure: HTMLElement): Promise<Blob> {
  return blobOf(figure.querySelector<HTMLImageElement>(".fb-picture")!.src);
}

/** The live picture as it is turned now, under the title that the page has as text. */
export async function pngOf(figure: HTMLElement, title: Element | null | undefined): Promise<Blob> {
  const stage = figure.querySelector<Stage>(".fb-stage")!;
  const lines = [...(title?.childNodes ?? [])].flatMap(({ textContent }) => textContent || []);
  const text = lines.map((line, i) =>
    i === 0 ? `<b>${escapePlotly(line, 400)}</b>` : escapePlotly(line, 400),
  );
  const room = 18 * text.length + 24;
  const { data, layout, clientWidth: width, clientHeight: height } = stage;
  const { margin } = layout;
  const place = { x: 0.01, xanchor: "left", y: 1 - 24 / (height + room), yanchor: "top", yref: "container" };
  const titled = {
    ...layout,
    title: { text: text.join("<br>"), font: { size: 14 }, ...place },
    margin: { ...margin, t: (margin?.t ?? 0) + room },
    height: height + room,
  };
  const size = { width, height: height + room };
  const library = await plotly();
  return blobOf(await library!.toImage({ data, layout: titled }, { format: "png", scale: 2, ...size }));
}

interface Stage extends HTMLElement {
  readonly data: readonly object[];
  readonly layout: { readonly margin?: { readonly t?: number } };
}

async function blobOf(dataUrl: string): Promise<Blob> {
  return (await fetch(dataUrl)).blob();
}
