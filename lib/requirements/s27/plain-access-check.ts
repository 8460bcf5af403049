import { firstCause } from "../../core/cause.ts";
import type { Finding, FindingMaker } from "../../core/finding.ts";
import type { Observation } from "../../core/observation.ts";
import { defineCheck } from "../../core/requirement.ts";
import { undecided } from "../../core/unobserved.ts";
import type { Hop, HopTls } from "../../web/hop.ts";
import type { OriginVisit } from "../../web/observations.ts";
import type { PlainEnding } from "../../web/plain-http.ts";
import { isWithoutTls } from "../../web/plain-target.ts";
import { webTarget } from "../../web/target-text.ts";
import { isTlsElsewhere, REFUSED_HERE } from "./other-looks.ts";
import { isLedInClear, isUsable, staysInClear } from "./plain-ending-findings.ts";
import { plainMessages } from "./plain-messages.ts";
import {
  downgradesOf,
  endingOver,
  isAllClosed,
  isNotWhole,
  NOT_WHOLE,
  originsOf,
  siteOf,
  type VisitedHost,
} from "./plain-view.ts";

type Make = FindingMaker<typeof plainMessages>;

const NOT_OURS = { cause: "internal", detail: "the visit is of another kind of asset" } as const;
const SILENT = { cause: "tcp-timeout", detail: "no port is open, and not every one refused" } as const;
const HTTPS_SILENT = { cause: "tcp-timeout", detail: "the HTTPS port did not answer" } as const;
const NO_HTTPS_ASKED = { cause: "not-observable", detail: "no HTTPS belongs to this port" } as const;
const NO_FRONT = { cause: "internal", detail: "the front page was not asked for over HTTPS" } as const;
const NO_TLS = { cause: "internal", detail: "an answer over HTTPS came without TLS" } as const;

/** The head clause at one address of a web host: it is to be had over HTTPS, and over nothing else. */
export const accessCheck = defineCheck(plainMessages, {
  id: "s27.access",
  clause: "head",
  needs: ["web.visit"],
  beside: ["tls.endpoint"],
  judge: ({ "web.visit": visit }, { asset, beside = [] }, make) => {
    const { name } = asset;
    switch (visit.state) {
      case "nothing-to-visit":
        // Of services s27.service speaks.
        if (visit.why === "not-web") return [];
        return [visit.why === "no-address" ? make("S27_NO_ADDRESS", { name }) : undecided("S27", name, NOT_OURS)];
      case "not-here":
        // Said once, by s27.plain; the host was seen at another address.
        return [];
      case "visited":
        if (isNotWhole(visit, asset)) return [undecided("S27", webTarget(visit), NOT_WHOLE)];
        return judgeVisit(visit, beside, make);
    }
  },
});

function judgeVisit(visit: VisitedHost, beside: readonly Observation[], make: Make): readonly Finding[] {
  const target = webTarget(visit);
  const { host, address, origins } = visit;
  const [first] = origins;
  const at = { site: first === undefined ? host : siteOf(host, first), address };
  const plain = originsOf(visit, "http").filter(({ state }) => state === "open");
  const secure = originsOf(visit, "https").filter(({ state }) => state === "open");
  if (plain.length + secure.length === 0) {
    if (!isAllClosed(visit)) return [undecided("S27", target, SILENT)];
    if (origins.some(({ port }) => isTlsElsewhere(beside, { address, port }))) {
      return [undecided("S27", target, REFUSED_HERE)];
    }
    return [make("S27_WEB_CLOSED", at), make("S27_WEB_UNUSED", at)];
  }
  const endings = plain.flatMap(({ walks }) => walks.map((walk) => endingOver(walk, visit)));
  const isLed = endings.some(isLedInClear) || downgradesOf(visit).length > 0;
  const isInClear = isLed || endings.some(isUsable);
  if (secure.length === 0) return [withoutHttps(visit, { endings, isInClear, at, target, plain }, make)];
  const encrypted = secure.map((origin) => overHttps(visit, origin, make));
  const broken = encrypted.filter(({ tag }) => tag !== "S27_ACCESS_ENCRYPTED");
  if (isInClear) return [make("S27_ACCESS_ALSO_PLAIN", at), ...broken];
  const open = whatIsOpen(endings, plain, target);
  return open === null ? encrypted : [open, ...broken];
}

interface OnlyPlain {
  readonly endings: readonly PlainEnding[];
  readonly isInClear: boolean;
  readonly at: Readonly<Record<"site" | "address", string>>;
  readonly target: string;
  readonly plain: readonly OriginVisit[];
}

/** HTTP is open and HTTPS is not: only where all of it leads to HTTPS elsewhere is there nothing to judge here. */
function withoutHttps(visit: VisitedHost, { endings, isInClear, at, target, plain }: OnlyPlain, make: Make): Finding {
  const secure = originsOf(visit, "https");
  const isShut = secure.every(({ state }) => state === "closed");
  if (isInClear) return make(isShut ? "S27_ACCESS_HTTP_ONLY" : "S27_ACCESS_ALSO_PLAIN", at);
  if (endings.some(staysInClear)) {
    if (!isShut) return undecided("S27", target, HTTPS_SILENT);
    return secure.length > 0 ? make("S27_ACCESS_HTTP_ONLY", at) : undecided("S27", target, NO_HTTPS_ASKED);
  }
  return whatIsOpen(endings, plain, target) ?? make("S27_ACCESS_ELSEWHERE", at);
}

/** Where it is not known what HTTP gives, it is not known that nothing can be used in clear. */
function whatIsOpen(endings: readonly PlainEnding[], plain: readonly OriginVisit[], target: string): Finding | null {
  if (plain.some(({ walks }) => walks.length === 0)) {
    return undecided("S27", target, { cause: "internal", detail: "nothing was asked for over HTTP" });
  }
  const causes = endings.flatMap((ending) => {
    if (ending.kind === "blocked") return ["vantage-blocked" as const];
    if (ending.kind === "error-page") return ["not-observable" as const];
    return ending.kind === "unobserved" ? [ending.cause] : [];
  });
  const cause = firstCause(causes);
  if (cause === null) return null;
  const detail =
    cause === "not-observable" ? "an error over HTTP may be content" : "what HTTP gives or leads to was not seen";
  return undecided("S27", target, { cause, detail });
}

function overHttps({ host, address }: VisitedHost, origin: OriginVisit, make: Make): Finding {
  const site = siteOf(host, origin);
  const front = origin.walks.find(({ purpose }) => purpose === "front")?.hops[0];
  if (front === undefined) return undecided("S27", `${site} (${address})`, NO_FRONT);
  const { answer } = front;
  if (answer.state === "unobserved") {
    if (!isWithoutTls(answer.cause, front.code)) return undecided("S27", `${site} (${address})`, answer);
    return make("S27_ACCESS_TLS_FAILS", { site, address, code: front.code ?? "UNKNOWN" });
  }
  const verification = verificationOf(front);
  if (verification === null) return undecided("S27", `${site} (${address})`, NO_TLS);
  const [code = null] = [verification, ...origin.walks.map(({ hops }) => verificationOf(hops[0]))].flatMap(codeOf);
  if (code !== null) return make("S27_ACCESS_UNTRUSTED", { site, address, code });
  return make("S27_ACCESS_ENCRYPTED", { site, address });
}

type Verification = HopTls["verification"];

/** Of the first answer of a walk over HTTPS, which is the own host's; a server may have another certificate for each connection. */
function verificationOf(hop: Hop | undefined): Verification | null {
  return hop?.answer.state === "observed" ? (hop.answer.value.tls?.verification ?? null) : null;
}

function codeOf(verification: Verification | null): readonly string[] {
  return verification === null || verification.trusted ? [] : [verification.code];
}
