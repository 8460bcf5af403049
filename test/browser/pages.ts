/**
 * Looks at the status pages in a browser: `node test/browser/pages.ts`, with Chromium installed (CHROMIUM names another one).
 * With --screenshots it also writes docs/screenshots. Fails with what is wrong, page by page.
 */
import path from "node:path";
import process from "node:process";
import { type Browser, chromium, type Page } from "playwright-core";
import { HOSTILE, PAGE_IDS, PATHS } from "./bodies.ts";
import { faultsOf, faultsOfSkipLink } from "./inspect.ts";
import { serveHostile, serveTown } from "./servers.ts";

const WIDTHS = [360, 1280];
const HEIGHT = 900;
const MOST_LINKS = 500;
const ROOT = path.resolve(import.meta.dirname, "../..");
const BOERNEHAVE = "/v1/assets/domain%3Aboernehave-oevelse.dk";

/** Every page of the town, and two that are not there. */
const TOWN_PATHS = [
  ...["/v1/status", "/v1/requirements", "/v1/requirements/S18", "/v1/requirements/S18?limit=5", "/v1/assets"],
  ...[BOERNEHAVE, `${BOERNEHAVE}/requirements/S18/history`, "/v1/assets/domain%3Askole-oevelse.dk"],
  ...["/v1/assets/domain%3Aspejder-oevelse.dk", "/v1/changes", "/v1/changes?since=2026-01-01&limit=2"],
  ...["/v1/regressions", "/v1/runs", "/v1/report", "/v1/report?asOf=2026-11-05"],
  ...["/v1/status?lang=en", `${BOERNEHAVE}/requirements/S18/history?lang=en`, "/v1/nothing", "/v1/runs?limit=x"],
];

const SHOTS = [
  { name: "overview", path: "/v1/status", height: 1_110 },
  { name: "requirement", path: "/v1/requirements/S18", height: 1_300 },
  { name: "asset", path: BOERNEHAVE, height: 900 },
  { name: "change", path: `${BOERNEHAVE}/requirements/S18/history`, height: 1_300 },
] as const;

interface Opened {
  readonly page: Page;
  /** What the browser complained of, or did that it must not do. */
  readonly faults: string[];
}

async function open(browser: Browser, url: string, width: number, hasScript: boolean): Promise<Opened> {
  const viewport = { width, height: HEIGHT };
  const page = await browser.newPage({ viewport, javaScriptEnabled: hasScript, locale: "da-DK" });
  const faults: string[] = [];
  const { origin } = new URL(url);
  page.on("console", (message) => {
    // A browser notes each 404 of a page; ours answers them with a page on purpose.
    if (!/status of 40[04]/u.test(message.text())) faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
  page.on("dialog", (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== origin) faults.push(`asks elsewhere: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400 && response.url() !== url) faults.push(`not there: ${response.url()}`);
  });
  const answer = await page.goto(url, { waitUntil: "load" });
  if (answer?.headers()["content-security-policy"]?.startsWith("default-src 'none'; ") !== true)
    faults.push("no policy");
  return { page, faults };
}

interface Look {
  readonly url: string;
  readonly width: number;
  readonly hasScript: boolean;
}

async function look(browser: Browser, { url, width, hasScript }: Look): Promise<readonly string[]> {
  const { page, faults } = await open(browser, url, width, hasScript);
  const shown = await faultsOf(page);
  // The way past the menu is on every page the same: the town's pages are enough.
  const skipped = hasScript || url.includes("?text=") ? [] : await faultsOfSkipLink(page);
  await page.close();
  const found = new Set([...faults, ...shown, ...skipped]);
  return [...found].map((fault) => `${url} at ${width}, script ${hasScript ? "on" : "off"}: ${fault}`);
}

async function lookAtAll(browser: Browser, looks: readonly Look[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const each of looks) found.push(...(await look(browser, each)));
  return found;
}

function looksAt(urls: readonly string[], scripts: readonly boolean[]): readonly Look[] {
  return urls.flatMap((url) => WIDTHS.flatMap((width) => scripts.map((hasScript) => ({ url, width, hasScript }))));
}

/** Text that an asset chose is shown as that text. */
async function readHostile(browser: Browser, url: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [index, text] of HOSTILE.entries()) {
    if (/[^\x20-\x7e]/u.test(text)) continue;
    const { page } = await open(browser, `${url}${PATHS.asset}?text=${index}`, 1280, true);
    const shown = await page.locator(".finding-text").first().textContent();
    if (shown?.trim() !== text) found.push(`hostile text ${index} is shown as ${JSON.stringify(shown)}`);
    await page.close();
  }
  return found;
}

/** Follows every link of ours from the overview: each leads to something. */
async function follow(browser: Browser, origin: string): Promise<readonly string[]> {
  const context = await browser.newContext({ extraHTTPHeaders: { accept: "text/html" } });
  const seen = new Set(["/v1/status"]);
  const found: string[] = [];
  for (const target of seen) {
    const answer = await context.request.get(`${origin}${target}`, { maxRedirects: 0 });
    if (answer.status() !== 200) found.push(`${target} answers ${answer.status()}`);
    if (answer.headers()["content-type"]?.startsWith("text/html") !== true) continue;
    const body = await answer.text();
    for (const [, link = ""] of body.matchAll(/href="(\/[^"#]*)/gu)) {
      if (seen.size < MOST_LINKS) seen.add(link.replaceAll("&amp;", "&"));
    }
  }
  await context.close();
  if (seen.size < 100) found.push(`only ${seen.size} links were found`);
  return found;
}

async function shoot(browser: Browser, origin: string): Promise<void> {
  for (const shot of SHOTS) {
    const { page } = await open(browser, `${origin}${shot.path}`, 1280, false);
    await page.setViewportSize({ width: 1280, height: shot.height });
    await page.screenshot({ path: path.join(ROOT, "docs/screenshots", `${shot.name}.png`) });
    await page.close();
  }
}

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const [browser, town, hostile] = await Promise.all([
  chromium.launch({ executablePath, args }),
  serveTown(),
  serveHostile(),
]);
try {
  const hostileUrls = HOSTILE.flatMap((_, index) =>
    [...PAGE_IDS.map((id) => PATHS[id]), "/v1/nothing"].map((each) => `${hostile.url}${each}?text=${index}`),
  );
  const townUrls = TOWN_PATHS.map((each) => `${town.url}${each}`);
  // Only with scripts could hostile text do anything.
  const looks = [...looksAt(townUrls, [false, true]), ...looksAt(hostileUrls, [true])];
  const faults = [
    ...(await lookAtAll(browser, looks)),
    ...(await readHostile(browser, hostile.url)),
    ...(await follow(browser, town.url)),
  ];
  if (process.argv.includes("--screenshots")) await shoot(browser, town.url);
  for (const fault of faults) console.error(fault);
  console.log(`${looks.length} looks at ${townUrls.length + hostileUrls.length} pages: ${faults.length} faults`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  await browser.close();
  await Promise.all([town.close(), hostile.close()]);
}
