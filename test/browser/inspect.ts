import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";

const IN_PAGE = readFileSync(new URL("in-page.mjs", import.meta.url), "utf8");
/** The way past the menu slides into view. */
const SLIDE_MS = 400;

/** What is wrong with the page as it is shown: headings, width, contrast, elements that text has made. */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate("document.fonts.ready.then(() => null)");
  return page.evaluate<readonly string[]>(IN_PAGE);
}

/** What is wrong with the way past the menu for those who use the keyboard. */
export async function faultsOfSkipLink(page: Page): Promise<readonly string[]> {
  await page.keyboard.press("Tab");
  const link = page.locator(":focus");
  if ((await link.getAttribute("href")) !== "#main-content") return ["the first stop is not the way past the menu"];
  await page.waitForTimeout(SLIDE_MS);
  const box = await link.boundingBox();
  if (box === null || box.y < 0 || box.x < 0) return ["the way past the menu is not seen when it has the focus"];
  await page.keyboard.press("Enter");
  const focused = await page.evaluate<string>("document.activeElement.id");
  return focused === "main-content" ? [] : [`the way past the menu leads to "${focused}"`];
}
