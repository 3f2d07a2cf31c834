import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";

/** An open page with what it asked of the network and what its console complained of. */
export interface Visit {
  readonly page: Page;
  /** Requests to anything but the address itself, data and blob URLs. */
  readonly requests: readonly string[];
  /** Console errors, uncaught errors and dialogs. */
  readonly complaints: readonly string[];
  /** Calls of `window.tripwire`, which every hostile string tries. */
  tripped(): Promise<number>;
}

/** JupyterLab as Debian builds it says these at every start; nothing of ours is behind them. */
const DEBIAN_NOISE =
  /reading '(react|type)'|lsp\/status|Failed to load resource: the server responded with a status of 404/;

const WIDTH = 1280;

/** Opens an address, hands the page to `use`, and closes it whatever happens. */
export async function visit<T>(
  browser: Browser,
  url: string,
  use: (visit: Visit) => Promise<T>,
  options: BrowserContextOptions = {},
): Promise<T> {
  const context = await browser.newContext({ viewport: { width: WIDTH, height: 900 }, ...options });
  try {
    return await use(await visitIn(context, url));
  } finally {
    await context.close();
  }
}

/** Opens an address in a context, which its caller closes. */
export async function visitIn(context: BrowserContext, url: string): Promise<Visit> {
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  const requests: string[] = [];
  const complaints: string[] = [];
  const { origin } = new URL(url);
  page.on("request", (request) => {
    const asked = request.url();
    const isOwn = asked === url || (origin !== "null" && new URL(asked).origin === origin);
    if (!isOwn && !/^(data|blob):/.test(asked)) requests.push(asked);
  });
  const complain = (text: string) => {
    if (!DEBIAN_NOISE.test(text)) complaints.push(text);
  };
  page.on("console", (message) => {
    if (message.type() === "error") complain(`${message.text()} ${message.location().url}`);
  });
  page.on("pageerror", (error) => complain(error.message));
  page.on("dialog", (dialog) => {
    complain(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.addInitScript("window.tripped = 0; window.tripwire = () => { window.tripped += 1; };");
  await page.goto(url, { waitUntil: "domcontentloaded", timeout: 120_000 });
  return { page, requests, complaints, tripped: () => page.evaluate<number>("window.tripped") };
}
