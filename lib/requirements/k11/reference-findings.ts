/** Part 2's third way to fail: own pages that send visitors to own names by plain HTTP. */
import type { Finding } from "../../core/finding.ts";
import { parseWebUrl } from "../../parsers/location.ts";
import { hostAnswers, type HostAnswer, type VisitedHost } from "../../web/hsts-answers.ts";
import { bareName } from "../../web/hsts-own-names.ts";
import { nextHop } from "../../web/next-hop.ts";
import type { PageReferences } from "../../web/page-references.ts";
import { isOwnDomain } from "../../web/plain-domain.ts";
import { webTarget } from "../../web/target-text.ts";
import { type Make, openAt } from "./visit-view.ts";

/** Pictures and scripts are S27's: browsers load or block them, but nobody goes there. */
const LEADING: ReadonlySet<PageReferences["plain"][number]["kind"]> = new Set(["link", "form", "canonical"] as const);

const CUT_CAUSES = { time: "tcp-timeout", broke: "connection-reset", coding: "protocol-error" } as const;
const LONGEST_SHOWN = 60;
const MOST_SHOWN = 12;

/** Nothing where no page that was read refers to own names so; what was cut off short of our own limit stays open. */
export function referenceFindings(visit: VisitedHost, finding: Make): readonly Finding[] {
  const pages = hostAnswers(visit).secure.filter(isShown);
  const found = [...new Set(pages.flatMap((page) => plainReferences(page, visit)))];
  const [first] = found;
  if (first !== undefined) {
    const evidence = { target: webTarget(visit), count: found.length, reference: short(first) };
    return [finding("K11_PLAIN_REFERENCES", { ...evidence, references: found.slice(0, MOST_SHOWN).map(short) })];
  }
  return pages.flatMap(({ answer: { body }, label }) => {
    if (body.cut === null || body.cut === "limit" || body.leaving === null) return [];
    return [openAt(visit, { cause: CUT_CAUSES[body.cut], detail: `${label} was not read to its end` })];
  });
}

/** Nobody reads the text of a redirect, and what is served over HTTP is S27's. */
function isShown({ url, answer }: HostAnswer): boolean {
  return nextHop(url.url, answer).kind !== "redirect";
}

function plainReferences({ answer }: HostAnswer, { host, ownHosts = [] }: VisitedHost): readonly string[] {
  return (answer.body.references?.plain ?? []).flatMap(({ kind, url }) => {
    const to = parseWebUrl(url);
    if (!to.ok || to.value.scheme !== "http" || !LEADING.has(kind)) return [];
    const isOwn = isOwnDomain(to.value.host, bareName(host)) || ownHosts.includes(to.value.host);
    return isOwn ? [to.value.url] : [];
  });
}

function short(url: string): string {
  return url.length > LONGEST_SHOWN ? `${url.slice(0, LONGEST_SHOWN - 1)}…` : url;
}
