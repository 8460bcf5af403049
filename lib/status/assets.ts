import { createHash } from "node:crypto";
import type { StaticAsset } from "./renderer.ts";
import { DKFDS_STYLE } from "./static/dkfds-style.ts";
import { FONTS } from "./static/fonts.ts";
import { PAGES_STYLE } from "./static/pages-style.ts";
import { STYLE_ICONS } from "./static/style-icons.ts";

/** Hex digits of SHA-256 in a name: enough that two versions of a file never share one. */
const HASH_LENGTH = 16;

/** A shield with a tick, for the tab of a browser. Our own. */
const TAB_ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#1a1a1a" d="M16 2 4 6.5V15c0 7.4 5 13 12 15 7-2 12-7.6 12-15V6.5z"/>' +
  '<path fill="none" stroke="#fff" stroke-width="3" d="m10 16 4.5 4.5L22.5 12"/></svg>';

function hashed(name: string, body: Uint8Array): string {
  const dot = name.lastIndexOf(".");
  const hash = createHash("sha256").update(body).digest("hex").slice(0, HASH_LENGTH);
  return `${name.slice(0, dot)}.${hash}${name.slice(dot)}`;
}

const TYPES: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  woff2: "font/woff2",
};

function asset(name: string, body: Uint8Array): readonly [string, StaticAsset] {
  const type = TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream";
  return [hashed(name, body), { type, body }];
}

const files = new Map<string, readonly [string, StaticAsset]>([
  ...Object.entries(FONTS).map(([name, base64]) => [name, asset(name, Buffer.from(base64, "base64"))] as const),
  ...Object.entries(STYLE_ICONS).map(([name, svg]) => [name, asset(name, Buffer.from(svg))] as const),
]);

/** The style names its files as they are served beside it; one that is missing is our own bug. */
function linked(css: string): string {
  return css.replaceAll(/url\(([\w.-]+)\)/gu, (_, name: string) => {
    const file = files.get(name);
    if (file === undefined) throw new Error(`the style sheet names ${name}, which is not copied`);
    return `url(${file[0]})`;
  });
}

const style = asset("style.css", Buffer.from(linked(`${DKFDS_STYLE}\n${PAGES_STYLE}`)));
const tabIcon = asset("kravvagt.svg", Buffer.from(TAB_ICON));

/** Every static file of the pages, by the name below /assets/. A name holds a hash of the content, so it never changes. */
export const STATIC_ASSETS: ReadonlyMap<string, StaticAsset> = new Map([style, tabIcon, ...files.values()]);

/** Paths of what every page links to. */
export const STYLE_PATH = `/assets/${style[0]}`;
export const TAB_ICON_PATH = `/assets/${tabIcon[0]}`;
