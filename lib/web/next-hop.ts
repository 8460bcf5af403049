import { parseLocation, parseWebUrl, resolveUrl, type LocationProblem } from "../parsers/location.ts";
import { parseRefresh } from "../parsers/meta-refresh.ts";
import { fieldValues, type HopAnswer } from "./hop.ts";

/**
 * What an answer makes a browser do. `location`: a redirect to nowhere that could be followed. `stay`: it shows what it was
 * given. `refresh` is a page that is left by itself after `seconds`.
 */
export type NextHop =
  | { readonly kind: "redirect"; readonly url: string }
  | { readonly kind: "refresh"; readonly url: string; readonly seconds: number }
  | { readonly kind: "location"; readonly problem: LocationProblem | "missing" | "several" }
  | { readonly kind: "stay" };

/** RFC 9110 section 15.4 and Fetch, "redirect status": 300, 304, 305 and 306 lead nowhere by themselves. */
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Read from what was recorded alone, so that the walk and the judge cannot differ. `url`: where the answer came from. */
export function nextHop(url: string, answer: HopAnswer): NextHop {
  return REDIRECTS.has(answer.status) ? redirect(url, fieldValues(answer, "location")) : refresh(url, answer);
}

function redirect(url: string, locations: readonly string[]): NextHop {
  const [first] = locations;
  if (first === undefined) return { kind: "location", problem: "missing" };
  // Two that differ are read in different ways by different clients (RFC 9110 section 5.3): no client can be answered for.
  if (new Set(locations).size > 1) return { kind: "location", problem: "several" };
  const location = parseLocation(first, url);
  return location.ok ? { kind: "redirect", url: location.value.url } : { kind: "location", problem: location.problem };
}

/** The first instruction that can be carried out counts, the field's before the page's, even where it is to load the page again. */
function refresh(url: string, answer: HopAnswer): NextHop {
  const base = baseOf(url, answer.body.leaving?.base ?? null);
  const written = [
    ...fieldValues(answer, "refresh").map((content) => ({ content, against: url })),
    ...(answer.body.leaving?.refreshes ?? []).map((content) => ({ content, against: base })),
  ];
  for (const { content, against } of written) {
    const instruction = parseRefresh(content);
    if (instruction === null) continue;
    if (instruction.url === null) return { kind: "stay" };
    const target = resolveUrl(instruction.url, against);
    if (target.ok && target.value.url !== normalised(url)) {
      return { kind: "refresh", url: target.value.url, seconds: instruction.seconds };
    }
    if (target.ok || target.problem === "scheme") return { kind: "stay" };
  }
  return { kind: "stay" };
}

function baseOf(url: string, base: string | null): string {
  const resolved = base === null ? null : resolveUrl(base, url);
  return resolved?.ok === true ? resolved.value.url : url;
}

function normalised(url: string): string | null {
  const own = parseWebUrl(url);
  return own.ok ? own.value.url : null;
}
