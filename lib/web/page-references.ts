import { parseWebUrl, resolveUrl, type WebUrl } from "../parsers/location.ts";

export type ReferenceKind = "link" | "form" | "canonical" | "resource";

/** What a page refers to, as far as requirements ask for it: absolute URLs, bounded in number and length. */
export interface PageReferences {
  /** References by plain HTTP, in the page's order: `link` of <a>, `form` of <form>, `canonical`, `resource` of what it loads. */
  readonly plain: readonly { readonly kind: ReferenceKind; readonly url: string }[];
  /** The first other page, and the first image, style or script, of the same host; null for none. */
  readonly page: string | null;
  readonly resource: string | null;
}

/** A reference as the page writes it. `isShown`: an image, a style or a script, whose answer a browser would ask for by itself. */
export interface WrittenReference {
  readonly kind: ReferenceKind;
  readonly isShown: boolean;
  readonly text: string;
}

export const MOST_PLAIN = 20;
export const LONGEST_REFERENCE = 500;
/** Endings of what is no page, and may be large. */
const FILE =
  /\.(?:pdf|zip|gz|docx?|xlsx?|pptx?|od[tps]|csv|ics|jpe?g|png|gif|svg|webp|avif|mp[34]|mov|avi|exe|dmg|msi)$/i;
/** Without a <base>, only what says so is plain HTTP on a page that came over HTTPS. */
const SAYS_PLAIN = /^http:/i;

/**
 * Resolves what was written against `base` (null for none) and the page's own absolute `url`. When there is too much by plain HTTP,
 * what `isNear` (a host of the same owner as the page's) stays before anything else.
 */
export function gatherReferences(
  written: readonly WrittenReference[],
  {
    url,
    base,
    isNear,
  }: { readonly url: string; readonly base: string | null; readonly isNear: (host: string) => boolean },
): PageReferences {
  const own = parseWebUrl(url);
  if (!own.ok) return { plain: [], page: null, resource: null };
  const based = base === null ? null : resolveUrl(base, url);
  const against = based?.ok === true ? based.value : own.value;
  const different = new Map(
    written.map((each) => [`${each.kind} ${each.isShown} ${each.text}`, { ...each, text: cleaned(each.text) }]),
  );
  const others = [...different.values()].map((each) => ({ ...each, target: () => resolved(each.text, against) }));
  const isPlainBase = against.scheme === "http";
  const plain = new Map<string, { readonly kind: ReferenceKind; readonly url: string; readonly host: string }>();
  for (const { kind, text, target } of others) {
    if (!isPlainBase && !SAYS_PLAIN.test(text)) continue;
    const found = target();
    if (found?.scheme !== "http") continue;
    const shown = shortened(found.url);
    plain.set(`${kind} ${shown}`, plain.get(`${kind} ${shown}`) ?? { kind, url: shown, host: found.host });
  }
  const page = others.filter(({ kind }) => kind === "link").map(({ target }) => target);
  const resource = others.filter(({ isShown }) => isShown).map(({ target }) => target);
  return {
    plain: nearestOf([...plain.values()], isNear),
    page: firstOfHost(page, own.value, isOtherPage),
    resource: firstOfHost(resource, own.value, () => true),
  };
}

/** What browsers leave out of a URL before they read it: line breaks and tabs, and blanks before it. */
function cleaned(text: string): string {
  return text.replace(/[\t\n\r]/g, "").replace(/^[\0- ]+/, "");
}

function resolved(text: string, against: WebUrl): WebUrl | null {
  const found = resolveUrl(text, against.url);
  return found.ok ? found.value : null;
}

/** A long URL is told by its beginning: without its query, or as the host alone. */
function shortened(url: string): string {
  if (url.length <= LONGEST_REFERENCE) return url;
  const { origin, pathname } = new URL(url);
  const path = `${origin}${pathname}`;
  return path.length <= LONGEST_REFERENCE ? path : `${origin}/`;
}

function nearestOf(
  all: readonly { readonly kind: ReferenceKind; readonly url: string; readonly host: string }[],
  isNear: (host: string) => boolean,
): PageReferences["plain"] {
  if (all.length <= MOST_PLAIN) return all.map(({ kind, url }) => ({ kind, url }));
  const near = new Set(all.filter(({ host }) => isNear(host)).slice(0, MOST_PLAIN));
  const room = MOST_PLAIN - near.size;
  const far = new Set(all.filter((each) => !near.has(each) && !isNear(each.host)).slice(0, room));
  return all.filter((each) => near.has(each) || far.has(each)).map(({ kind, url }) => ({ kind, url }));
}

function isOtherPage({ url }: WebUrl, own: WebUrl): boolean {
  const { pathname } = new URL(url);
  return pathname !== new URL(own.url).pathname && !FILE.test(pathname);
}

/** As an HTTPS URL; a port stays where it is the page's own. */
function firstOfHost(
  targets: readonly (() => WebUrl | null)[],
  own: WebUrl,
  isWanted: (found: WebUrl, own: WebUrl) => boolean,
): string | null {
  for (const target of targets) {
    const found = target();
    if (found?.host !== own.host || !isWanted(found, own)) continue;
    const url = new URL(found.url);
    const isDefault = url.port === "";
    if (!isDefault && found.port !== own.port) continue;
    url.protocol = "https:";
    if (url.href.length <= LONGEST_REFERENCE) return url.href;
  }
  return null;
}
