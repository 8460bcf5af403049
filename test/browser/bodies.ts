import type { AssetBody, HistoryBody, RequirementBody, Status } from "../../lib/status/forms.ts";
import type { PageBodies, PageId } from "../../lib/status/renderer.ts";

/** Twelve minutes after what the bodies below tell of. */
export const AT = Date.parse("2026-11-23T10:24:00.000Z");
const SEEN = "2026-11-23T10:12:00.000Z";
const SINCE = "2026-11-20T08:00:00.000Z";
const address = (digit: string): string => `sha256:${digit.repeat(64)}`;

type Finding = NonNullable<AssetBody["verdicts"][number]["findings"]>[number];

/** Bodies of every page in which each text that an asset, a file or a person can choose is `text`. */
export function bodiesWith(text: string): PageBodies {
  const asset = { id: `domain:${text}`, kind: "domain", name: text };
  const requirement = requirementWith(text);
  const transitions = [transitionWith(text, asset, 2), transitionWith(text, asset, 1)];
  return {
    status: statusWith(text),
    requirements: { requirements: statusWith(text).requirements },
    requirement,
    assets: { assets: [{ asset, verdicts: [verdictWith(text)] }], next: text },
    asset: {
      asset,
      verdicts: [judgedWith(text), { ...judgedWith(text), requirement: "S19", findings: null, problem: text }],
    },
    history: {
      ...{ asset, requirement: "S18", title: text, transitions },
      ...{ chain: { holds: false, problem: text }, next: text },
    },
    changes: { since: SINCE, changes: transitions, next: text },
    regressions: { regressions: transitions, next: text },
    runs: { runs: [runWith(text)] },
    report: {
      ...{ schema: "kravvagt/report/1", municipality: { id: text, name: text }, reading: "kommune-2024", engine: text },
      ...{ asOf: SEEN, closedAt: SEEN, problems: [text] },
      requirements: [{ ...requirement, date: null, closedAt: SEEN }],
      verdicts: [{ ...judgedWith(text), asset, requirement: "S18", rules: text, evidenceAt: SEEN }],
    },
  };
}

/** One requirement; three of 41 domains fail. */
export function statusWith(name: string, changes: Partial<Status["requirements"][number]> = {}): Status {
  const requirement: Status["requirements"][number] = {
    ...{ requirement: "S18", title: name, verdict: "fail", cause: null, since: SINCE },
    assets: { pass: 37, fail: 3, indeterminate: 1, "not-applicable": 0, attested: 0 },
    ...{ oldest: SEEN, stale: 2, openRegressions: 1, nextRound: "2026-11-23T11:00:00.000Z", ...changes },
  };
  return {
    ...{ municipality: { id: "0101", name }, reading: "kommune-2024", closedAt: SEEN, suspect: true },
    ...{ overall: { verdict: requirement.verdict, cause: requirement.cause }, requirements: [requirement] },
  };
}

function requirementWith(text: string): RequirementBody {
  const [status] = statusWith(text).requirements;
  if (status === undefined) throw new Error("no requirement");
  const asset = { id: `domain:${text}`, kind: "domain", name: text };
  const verdicts = [
    { ...verdictWith(text), asset, verdict: "pass" as const },
    { ...verdictWith(text), asset },
  ];
  return { ...status, wording: text, fulfilledWhen: text, verdicts, next: text };
}

function verdictWith(text: string): Omit<RequirementBody["verdicts"][number], "asset"> {
  return {
    ...{ requirement: "S18", verdict: "fail", cause: null, since: SINCE, observedAt: SEEN, stale: true },
    ...{ candidate: { verdict: "indeterminate", since: SEEN }, tags: [text, "S18_DS_MISMATCH"], warnings: [text] },
    ...{ openRegression: 2, evidence: address("a"), judgement: address("b") },
  };
}

function judgedWith(text: string): AssetBody["verdicts"][number] {
  const open: Finding = {
    ...{ tag: text, check: "s18.chain", clause: "1", outcome: "fail", evidence: { zone: text }, text, remedy: text },
  };
  const exempted: Finding = { ...open, exempted: { reason: text, by: text, validUntil: "2027-01-31" } };
  const unknown: Finding = { ...open, outcome: "indeterminate", cause: "dns-timeout" };
  const pass: Finding = { tag: text, check: "s18.chain", clause: "1", outcome: "pass", evidence: {}, text };
  return { ...verdictWith(text), title: text, findings: [pass, unknown, exempted, open], problem: null };
}

function transitionWith(text: string, asset: HistoryBody["asset"], number: number): HistoryBody["transitions"][number] {
  const isFirst = number === 1;
  return {
    ...{ id: `S18#${asset.id}#${number}`, asset, requirement: "S18", number },
    ...{ kind: isFirst ? "baseline" : "regression", from: isFirst ? null : "pass", to: "fail", cause: null },
    ...{ since: SINCE, confirmedAt: SEEN, tags: [text], appeared: [text], closes: isFirst ? null : 1, rules: text },
    ...{ evidence: address("a"), evidenceAt: SEEN, judgement: address("b") },
    ...{ previous: isFirst ? null : address("c"), hash: address("d") },
    ...{ findings: judgedWith(text).findings, problem: null },
  };
}

function runWith(text: string): PageBodies["runs"]["runs"][number] {
  return {
    ...{ id: text, family: text, slot: text, startedAt: SINCE, closedAt: SEEN, suspect: "mass" },
    ...{ counts: { looks: 41, answers: 40, worse: 30, well: 38 }, batches: { planned: 1, done: 1 } },
  };
}

/** Where each page of `bodiesWith` would be. */
export const PATHS: Readonly<Record<PageId, string>> = {
  status: "/v1/status",
  requirements: "/v1/requirements",
  requirement: "/v1/requirements/S18",
  assets: "/v1/assets",
  asset: "/v1/assets/domain%3Aexample.dk",
  history: "/v1/assets/domain%3Aexample.dk/requirements/S18/history",
  changes: "/v1/changes",
  regressions: "/v1/regressions",
  runs: "/v1/runs",
  report: "/v1/report",
};

export const PAGE_IDS = Object.keys(PATHS) as readonly PageId[];

/** What somebody would try who wants their text to be more than text. */
export const HOSTILE = [
  '<script>alert("a")</script>',
  '"><img src=x onerror=alert(1)>',
  "javascript:alert(1)",
  "'><svg/onload=alert(1)>",
  "</title></style></textarea><script>alert(1)</script>",
  "<!-- --><![CDATA[x]]>&lt;b&gt;&amp;&#x3c;i&#x3e;",
  "\u202egnp.exe\u2066\u200f\u0000\u0007\r\n\t`${1}`",
  "//evil.example/\\..%2f%2e%2e/?lang=xx&cursor=1#top",
  "\ud800 lone \udfff",
  "a".repeat(990),
  "..",
] as const;
