/** Facts 111 to 115 and 118 over the answers of one host at one address. */
import type { Cause } from "../../core/cause.ts";
import type { Finding } from "../../core/finding.ts";
import { hostAnswers, originOf, type HostAnswer, type HostAnswers, type VisitedHost } from "../../web/hsts-answers.ts";
import type { WalkPurpose } from "../../web/observations.ts";
import { webTarget } from "../../web/target-text.ts";
import { type Make, openAt } from "./visit-view.ts";

/** Seconds: what Internet.nl and hstspreload.org ask for, and decision 11. */
export const ONE_YEAR = 31_536_000;

/** How firewalls turn visitors away, or ask them to come later; a site's own pages say so as well. */
const REFUSALS: ReadonlySet<number> = new Set([403, 421, 429, 503]);

/** Without an answer to these nobody can say "all": pages that exist, and what comes for those that do not. */
const INDISPENSABLE: readonly WalkPurpose[] = ["front", "missing"];

/** Answers shown in evidence. */
const MOST_SHOWN = 12;

/** The pass is the last line, reached with every answer seen and in order. */
export function headerFindings(visit: VisitedHost, finding: Make): readonly Finding[] {
  const answers = hostAnswers(visit);
  const faults = faultFindings(visit, answers.secure, finding);
  const notes = noteFindings(visit, answers, finding);
  const said = [...faults, ...notes];
  const https = originOf(visit, "https");
  const isSecure = answers.secure.length > 0 || answers.unseen.length > 0;
  if (https?.state === "silent") return [...said, openAt(visit, SILENT)];
  if (https?.state !== "open" && !isSecure) return [...said, finding("K11_NO_HTTPS", { target: webTarget(visit) })];
  const doubts = doubtFindings(visit, answers, finding);
  if (doubts.length > 0 || faults.length > 0) return [...said, ...doubts];
  return [
    ...said,
    finding("K11_HEADER_ON_ALL", { target: webTarget(visit), ...shown(answers.secure, answers.secure) }),
  ];
}

const SILENT = { cause: "tcp-timeout", detail: "the port for HTTPS kept silent" } as const;

/** How a server turns down a name that it does not serve. */
const TURNED_DOWN: ReadonlySet<Cause> = new Set(["tls-failed", "connection-reset"] as const);

/**
 * Of a host that nobody has made: an answer that no browser lets through cannot teach or lack anything. Where none came over HTTPS
 * nobody gets in, and silence there keeps nothing open.
 */
export function wildcardFindings(visit: VisitedHost, finding: Make): readonly Finding[] {
  const { secure, plain, unseen } = hostAnswers(visit);
  if (secure.length === 0 && originOf(visit, "https")?.state === "silent") return [];
  if (secure.length === 0 && unseen.length > 0 && unseen.every(({ cause }) => TURNED_DOWN.has(cause))) {
    return [finding("K11_WILDCARD_TURNED_DOWN", { target: webTarget(visit) })];
  }
  const [distrusted] = codesOf(secure);
  const reached = secure.filter(({ answer }) => answer.tls?.verification.trusted !== false);
  return [
    ...faultFindings(visit, reached, finding),
    ...noteFindings(visit, { secure: reached, plain }, finding),
    ...(distrusted === undefined
      ? []
      : [finding("K11_WILDCARD_DISTRUSTED", { target: webTarget(visit), code: distrusted })]),
    ...unseen.map(({ cause, detail, label }) => openAt(visit, { cause, detail: `${label}: ${detail}` })),
  ];
}

function faultFindings(visit: VisitedHost, secure: readonly HostAnswer[], finding: Make): readonly Finding[] {
  const target = webTarget(visit);
  const of = (test: (answer: HostAnswer) => boolean): readonly HostAnswer[] => secure.filter(test);
  const [absent, ended] = (["absent", "ended"] as const).map((state) =>
    of(({ reading }) => reading.policy.state === state),
  );
  return [
    ...codesOf(secure).map((code) => finding("K11_HEADER_DISTRUSTED", { target, code })),
    ...group(absent, (some) => finding("K11_HEADER_MISSING", { target, ...shown(some, secure) })),
    ...problemsOf(secure).map((problem) => {
      const some = of(({ reading }) => reading.policy.state === "ignored" && reading.policy.why === problem);
      return finding("K11_HEADER_INVALID", { target, problem, ...shown(some, secure) });
    }),
    ...group(ended, (some) => finding("K11_HEADER_OFF", { target, ...shown(some, secure) })),
  ];
}

function noteFindings(
  visit: VisitedHost,
  { secure, plain }: Pick<HostAnswers, "secure" | "plain">,
  finding: Make,
): readonly Finding[] {
  const target = webTarget(visit);
  const short = secure.filter(({ reading: { policy } }) => policy.state === "noted" && policy.field.maxAge < ONE_YEAR);
  const seconds = Math.min(...short.map(({ reading: { written } }) => written?.maxAge ?? ONE_YEAR));
  const several = secure.filter(({ reading }) => reading.fields > 1);
  const open = plain.filter(({ reading }) => reading.fields > 0);
  return [
    ...group(short, (some) => finding("K11_HEADER_SHORT", { target, seconds, ...shown(some, secure) })),
    ...group(several, (some) => finding("K11_HEADER_REPEATED", { target, ...shown(some, secure) })),
    ...group(open, (some) => finding("K11_HEADER_ON_HTTP", { target, ...shown(some, plain) })),
  ];
}

/** What keeps "all answers" from being said although none that was seen is at fault. */
function doubtFindings(visit: VisitedHost, { secure, unseen }: HostAnswers, finding: Make): readonly Finding[] {
  const target = webTarget(visit);
  const open = unseen.map(({ cause, detail, label }) => openAt(visit, { cause, detail: `${label}: ${detail}` }));
  const https = originOf(visit, "https");
  const walked = https?.walks.filter(({ hops }) => hops.length > 0) ?? [];
  const skipped = INDISPENSABLE.filter(
    (each) => https?.state === "open" && !walked.some(({ purpose }) => purpose === each),
  );
  const insecure = secure.filter(({ reading: { policy } }) => policy.state === "ignored" && OURS.has(policy.why));
  const isRefused = secure.length > 0 && secure.every(({ answer }) => REFUSALS.has(answer.status));
  return [
    ...open,
    ...skipped.map((each) => openAt(visit, { cause: "internal", detail: `the page for "${each}" was not asked for` })),
    ...insecure.map(({ label }) => openAt(visit, { cause: "internal", detail: `${label} was recorded without TLS` })),
    ...(isRefused ? [finding("K11_ONLY_REFUSALS", { target, ...shown(secure, secure) })] : []),
  ];
}

/** What cannot be true of an answer over HTTPS from a host with a name: a record of ours is wrong. */
const OURS: ReadonlySet<string> = new Set(["insecure", "not-web", "address"]);
const NOT_FORM: ReadonlySet<string> = new Set([...OURS, "certificate"]);

function problemsOf(secure: readonly HostAnswer[]): readonly string[] {
  const whys = secure.flatMap(({ reading: { policy } }) => (policy.state === "ignored" ? [policy.why] : []));
  return [...new Set(whys)].filter((why) => !NOT_FORM.has(why));
}

function codesOf(secure: readonly HostAnswer[]): readonly string[] {
  const verifications = secure.flatMap(({ answer }) => answer.tls?.verification ?? []);
  return [...new Set(verifications.flatMap((each) => (each.trusted ? [] : [each.code])))];
}

function group(
  some: readonly HostAnswer[] | undefined,
  say: (some: readonly HostAnswer[]) => Finding,
): readonly Finding[] {
  return some === undefined || some.length === 0 ? [] : [say(some)];
}

function shown(some: readonly HostAnswer[], all: readonly HostAnswer[]) {
  const labels = [...new Set(some.map(({ label }) => label))];
  return { count: some.length, total: all.length, answer: labels[0] ?? "", answers: labels.slice(0, MOST_SHOWN) };
}
