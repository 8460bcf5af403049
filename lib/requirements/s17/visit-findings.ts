import type { Finding, FindingMaker } from "../../core/finding.ts";
import { undecided } from "../../core/unobserved.ts";
import type { WebVisit } from "../../web/observations.ts";
import { type NameVisit, originEndings } from "../../web/origin-endings.ts";
import { type DkVisit, redirectedName, type UnknownVisit } from "../../web/redirected-name.ts";
import { type Ending, MOST_REDIRECTS } from "../../web/redirects.ts";
import { plainList } from "../wording.ts";
import { failureFinding } from "./failure-findings.ts";
import type { messages } from "./messages.ts";
import type { Place } from "./place.ts";

type Make = FindingMaker<typeof messages>;
type Seen = Exclude<WebVisit, { readonly state: "nothing-to-visit" }>;

/** Hosts in one sentence. */
const HOSTS_TOLD = 2;
const LOWEST_ERROR = 400;
/** A .dk site that asks for a password, or does not want us, is no worse for visitors. */
const NO_ERROR_OF_THE_SITE: ReadonlySet<number> = new Set([401, 403, 421, 429, 503]);

/** Facts 17.3 to 17.7 of one name at one address. It passes only where every start that answers leads under .dk. */
export function visitFindings(visit: Seen, place: Place, finding: Make): readonly Finding[] {
  const { host, address } = visit;
  const where = { host, address };
  if (visit.state === "not-here") return [finding("S17_ADDRESS_NOT_SEEN", { ...where, family: visit.family })];
  const redirected = redirectedName(originEndings(visit, place.origins));
  switch (redirected.state) {
    case "not-redirected":
      return distinct(redirected.visits.map((one) => failureFinding(one, where, place, finding)));
    case "unknown":
      if (redirected.visits.length === 0) return [undecided("S17", host, { cause: "internal", detail: "no visit" })];
      return distinct(redirected.visits.map((one) => unknownFinding(one, where, finding)));
    case "closed": {
      const ports = plainList(place.origins.map(({ port }) => port));
      return [finding("S17_CLOSED", { ...where, ports }), finding("S17_ADDRESS_LEFT", { ...where, ports })];
    }
    case "redirected": {
      const warnings = redirected.visits.flatMap((one) => warningsOf(one, where, finding));
      const broken = redirected.unreachable.map((one) => brokenStart(one, where, finding));
      return [passFinding(redirected.visits, where, finding), ...distinct([...warnings, ...broken])];
    }
  }
}

interface Where {
  readonly host: string;
  readonly address: string;
}

/** Of several starts with the same to tell, the first speaks. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ tag }, index) => findings.findIndex((one) => one.tag === tag) === index);
}

function passFinding(visits: readonly DkVisit[], where: Where, finding: Make): Finding {
  const final = plainList(visits.map(({ ending }) => ending.host));
  const statuses = [...new Set(visits.map(({ ending }) => ending.status))];
  return finding("S17_REDIRECTED", { ...where, final, statuses });
}

function warningsOf({ start, ending }: DkVisit, where: Where, finding: Make): readonly Finding[] {
  const { host: final, status, via, between } = ending;
  const evidence = { ...where, start, final, status };
  const more = between.length - HOSTS_TOLD;
  const told = plainList(between.slice(0, HOSTS_TOLD)) + (more > 0 ? ` (+${String(more)})` : "");
  const isError = status >= LOWEST_ERROR && !NO_ERROR_OF_THE_SITE.has(status);
  return [
    ...(via === "refresh" ? [finding("S17_META_REFRESH", evidence)] : []),
    ...(between.length > 0 ? [finding("S17_THIRD_HOST", { ...evidence, between: told })] : []),
    ...(isError ? [finding("S17_DK_ERROR", evidence)] : []),
  ];
}

function brokenStart({ start, ending }: NameVisit, where: Where, finding: Make): Finding {
  const code = ending.kind === "certificate" || ending.kind === "tls" ? ending.code : ending.kind;
  return finding("S17_START_BROKEN", { ...where, start, code });
}

function unknownFinding({ start, ending, cause }: UnknownVisit, where: Where, finding: Make): Finding {
  const evidence = { ...where, start, final: ending.host };
  switch (ending.kind) {
    case "blocked":
      return finding("S17_BLOCKED", { ...evidence, status: ending.status });
    case "too-many":
      return finding("S17_TOO_MANY_REDIRECTS", { ...evidence, limit: MOST_REDIRECTS });
    case "loop":
      return finding("S17_LOOP_UNDER_DK", evidence);
    default:
      return undecided("S17", `${start} (${where.address})`, { cause, detail: detailOf(ending) });
  }
}

function detailOf(ending: Ending): string {
  if (ending.kind === "unobserved") return `no answer at ${ending.host}`;
  return "code" in ending ? `${ending.kind} at ${ending.host}: ${ending.code}` : `${ending.kind} at ${ending.host}`;
}
