import { parseWebUrl } from "../../parsers/location.ts";
import type { Walk } from "../../web/observations.ts";

/** Paths (and queries) on the host that the page at the end of a walk leads to; null for none. */
export interface PageLinks {
  readonly page: string | null;
  readonly resource: string | null;
}

export const NO_LINKS: PageLinks = { page: null, resource: null };

/** From the last page of the walk that is the host's own. */
export function pageLinksOf(walk: Walk, host: string): PageLinks {
  for (const { url, answer } of [...walk.hops].reverse()) {
    const from = parseWebUrl(url);
    if (!from.ok || from.value.host !== host || answer.state === "unobserved") continue;
    const { references } = answer.value.body;
    if (references === null) continue;
    return { page: pathOf(references.page), resource: pathOf(references.resource) };
  }
  return NO_LINKS;
}

function pathOf(url: string | null): string | null {
  if (url === null) return null;
  const { pathname, search } = new URL(url);
  return pathname + search;
}
