/** Part 2 at level standard for one name by which visitors enter, at one address. */
import type { Finding } from "../../core/finding.ts";
import type { Unobserved } from "../../core/observation.ts";
import type { HstsField } from "../../parsers/hsts.ts";
import { parseWebUrl } from "../../parsers/location.ts";
import {
  answerAt,
  frontHop,
  hostAnswers,
  isWithoutHttp2,
  originOf,
  type HostAnswer,
  type VisitedHost,
} from "../../web/hsts-answers.ts";
import type { Hop } from "../../web/hop.ts";
import { isApex } from "../../web/hsts-own-names.ts";
import { nextHop } from "../../web/next-hop.ts";
import { HTTPS_PORT } from "../../web/asset-origins.ts";
import { webTarget } from "../../web/target-text.ts";
import { ONE_YEAR } from "./header-findings.ts";
import { referenceFindings } from "./reference-findings.ts";
import { type Make, openAt } from "./visit-view.ts";

/** `faults`: what fails or stays open. The level holds exactly when there are none and there is a policy. */
export interface Entry {
  readonly faults: readonly Finding[];
  readonly notes: readonly Finding[];
  readonly policy: HstsField | null;
}

/** Judges what the host itself answers first, before anybody is led elsewhere: a redirect's target speaks for itself alone. */
export function judgeEntry(visit: VisitedHost, finding: Make): Entry {
  const https = originOf(visit, "https");
  const references = referenceFindings(visit, finding);
  const notes = elsewhereNotes(visit, finding);
  const bad = (faults: readonly Finding[]): Entry => ({ faults: [...faults, ...references], notes, policy: null });
  if (https?.state === "silent")
    return bad([openAt(visit, { cause: "tcp-timeout", detail: "the port for HTTPS kept silent" })]);
  const first = https === null ? upgradedHop(visit) : frontHop(visit, "https");
  if (https?.state === "closed" || (https === null && first === null)) return bad([plainOnly(visit, finding)]);
  if (first === null) return bad([openAt(visit, { cause: "internal", detail: "the front page was not asked for" })]);
  const fronts = [first, ...frontOverHttp2(visit)].map((hop) => judgeFront(visit, hop, finding));
  const policies = fronts.flatMap(({ policy }) => policy ?? []);
  const [shortest] = policies.toSorted((one, other) => one.maxAge - other.maxAge);
  const faults = [...onceEach(fronts.flatMap((front) => front.faults)), ...references];
  return { faults, notes, policy: policies.length === fronts.length ? (shortest ?? null) : null };
}

/** Browsers enter over HTTP/2 where they can: what is answered there counts as much. */
function frontOverHttp2(visit: VisitedHost): readonly Hop[] {
  const hop = frontHop(visit, "https", "front-h2");
  return hop === null || isWithoutHttp2(hop) ? [] : [hop];
}

/** What one first answer of the front page comes to. */
function judgeFront(visit: VisitedHost, hop: Hop, finding: Make): Pick<Entry, "faults" | "policy"> {
  const bad = (fault: Finding) => ({ faults: [fault], policy: null });
  if (hop.answer.state === "unobserved") return bad(unheard(visit, hop, hop.answer, finding));
  const front = answerAt(visit, hop);
  if (front === null) return bad(openAt(visit, { cause: "internal", detail: "the front page is another host's" }));
  const policy = policyOf(visit, front, finding);
  if (!("maxAge" in policy)) return bad(policy);
  return { faults: policyFaults(visit, policy, front.url.port, finding), policy };
}

/** What is the same over both versions of HTTP is told of the first. */
function onceEach(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ tag }, at) => findings.findIndex((other) => other.tag === tag) === at);
}

/**
 * Of an asset at a port for HTTP of its own: the hop over HTTPS that the host leads to on itself, with nobody else between. Null where
 * it does not, or where nobody listens there.
 */
function upgradedHop(visit: VisitedHost): Hop | null {
  const walk = originOf(visit, "http")?.walks.find(({ purpose }) => purpose === "front");
  for (const hop of walk?.hops ?? []) {
    const url = parseWebUrl(hop.url);
    if (!url.ok || url.value.host !== visit.host || hop.address !== visit.address) return null;
    if (url.value.scheme === "http") continue;
    return hop.answer.state === "unobserved" && hop.answer.cause === "connection-refused" ? null : hop;
  }
  return null;
}

/** Servers that say so have TLS, and want a certificate of the visitor (RFC 8446 section 6.2, alerts 116 and 42): no fault here. */
const WANTS_OURS = /CERTIFICATE_REQUIRED|ALERT_BAD_CERTIFICATE/u;

/** No answer leaves the entry open, unless TLS did not come about, here and wherever else it was tried. */
function unheard(visit: VisitedHost, { code }: Hop, answer: Unobserved, finding: Make): Finding {
  const hasTls = hostAnswers(visit).secure.length > 0 || (code !== null && WANTS_OURS.test(code));
  if (answer.cause !== "tls-failed" || hasTls) return openAt(visit, answer);
  return finding("K11_ENTRY_NO_TLS", { target: webTarget(visit), host: visit.host, code: code ?? "UNKNOWN" });
}

/** The one thing that keeps the first answer's field from counting, or the field. */
function policyOf(
  visit: VisitedHost,
  { answer, label, reading: { policy } }: HostAnswer,
  finding: Make,
): HstsField | Finding {
  const where = { target: webTarget(visit), host: visit.host };
  const verification = answer.tls?.verification;
  if (verification === undefined) return openAt(visit, { cause: "internal", detail: "HTTPS was recorded without TLS" });
  if (!verification.trusted) return finding("K11_ENTRY_DISTRUSTED", { ...where, code: verification.code });
  if (policy.state === "absent") return finding("K11_ENTRY_WITHOUT_POLICY", { ...where, answer: label });
  if (policy.state === "ignored") return finding("K11_ENTRY_POLICY_INVALID", { ...where, problem: policy.why });
  return policy.field;
}

function policyFaults(visit: VisitedHost, field: HstsField, port: number, finding: Make): readonly Finding[] {
  const where = { target: webTarget(visit), host: visit.host };
  const isTop = port === HTTPS_PORT && isApex(visit.host, visit.role === "entry");
  return [
    ...(field.maxAge < ONE_YEAR ? [finding("K11_ENTRY_SHORT", { ...where, seconds: field.maxAge })] : []),
    ...(isTop && !field.includeSubDomains ? [finding("K11_APEX_ALONE", where)] : []),
  ];
}

/** Nobody answers over HTTPS: what does plain HTTP do? */
function plainOnly(visit: VisitedHost, finding: Make): Finding {
  const where = { target: webTarget(visit), host: visit.host };
  const http = originOf(visit, "http");
  const first = frontHop(visit, "http");
  if (http?.state !== "open") return openAt(visit, { cause: "tcp-timeout", detail: "the port for HTTP kept silent" });
  if (first === null) return openAt(visit, { cause: "internal", detail: "the front page was not asked for" });
  if (first.answer.state === "unobserved") return openAt(visit, first.answer);
  const next = nextHop(first.url, first.answer.value);
  if (next.kind === "redirect") return finding("K11_ENTRY_REDIRECT_ONLY", { ...where, location: placeOf(next.url) });
  return finding("K11_ENTRY_PLAIN_ONLY", { ...where, status: first.answer.value.status });
}

/** RFC 6797 section 7.2 has HTTP redirect to HTTPS on the same host, where the policy is learned. */
function elsewhereNotes(visit: VisitedHost, finding: Make): readonly Finding[] {
  const first = frontHop(visit, "http");
  if (originOf(visit, "https")?.state !== "open" || first?.answer.state !== "observed") return [];
  const next = nextHop(first.url, first.answer.value);
  const to = next.kind === "redirect" ? parseWebUrl(next.url) : null;
  if (to?.ok !== true || to.value.host === visit.host) return [];
  const where = { target: webTarget(visit), host: visit.host };
  return [finding("K11_REDIRECT_ELSEWHERE", { ...where, location: placeOf(to.value.url) })];
}

/** Scheme and host: the rest of a redirect's target may be long and is not what matters. */
function placeOf(url: string): string {
  const { origin } = new URL(url);
  return origin.length > LONGEST_PLACE ? `${origin.slice(0, LONGEST_PLACE - 1)}…` : origin;
}

const LONGEST_PLACE = 60;
