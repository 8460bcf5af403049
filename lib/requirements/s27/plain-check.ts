import type { Finding, FindingMaker } from "../../core/finding.ts";
import { defineCheck } from "../../core/requirement.ts";
import { undecided } from "../../core/unobserved.ts";
import type { OriginVisit } from "../../web/observations.ts";
import { webTarget } from "../../web/target-text.ts";
import { endingFindings, isSound } from "./plain-ending-findings.ts";
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
const TOO_FEW = { cause: "internal", detail: "fewer pages were asked for than it takes" } as const;

/** Clause (a) at one address: every page asked for over plain HTTP leads to HTTPS, or to nothing that could be used. */
export const plainCheck = defineCheck(plainMessages, {
  id: "s27.plain",
  clause: "a",
  needs: ["web.visit"],
  judge: ({ "web.visit": visit }, { asset }, make) => {
    const { name } = asset;
    switch (visit.state) {
      case "nothing-to-visit":
        if (visit.why === "no-address") return [make("S27_NO_ADDRESS", { name })];
        return [visit.why === "not-web" ? make("S27_NOT_WEB", { name }) : undecided("S27", name, NOT_OURS)];
      case "not-here":
        if (visit.why === "silent") return [make("S27_IPV6_SILENT", { name: visit.host, address: visit.address })];
        return [make("S27_ADDRESS_NOT_SEEN", { name: visit.host, address: visit.address, family: visit.family })];
      case "visited":
        return isNotWhole(visit, asset) ? [undecided("S27", webTarget(visit), NOT_WHOLE)] : judgeVisit(visit, make);
    }
  },
});

function judgeVisit(visit: VisitedHost, make: Make): readonly Finding[] {
  const plain = originsOf(visit, "http");
  const secure = originsOf(visit, "https");
  const backwards = downgradesOf(visit).flatMap((walk) => endingFindings(walk, false, make));
  const [first] = secure;
  if (plain.length === 0 && first !== undefined && backwards.length === 0) {
    return [make("S27_PLAIN_NOT_ASKED", { site: siteOf(visit.host, first), address: visit.address })];
  }
  if (visit.origins.every(({ state }) => state !== "open") && !isAllClosed(visit)) {
    return [undecided("S27", webTarget(visit), SILENT)];
  }
  const isSecureOpen = secure.some(({ state }) => state === "open");
  const found = plain.flatMap((origin) =>
    origin.state === "open" ? judgeOpen(visit, origin, make) : [shut(visit, origin, isSecureOpen, make)],
  );
  return onceEach([...found, ...backwards]);
}

function shut({ host, address }: VisitedHost, origin: OriginVisit, isSecureOpen: boolean, make: Make): Finding {
  const at = { site: siteOf(host, origin), address };
  if (!isSecureOpen) return make("S27_WEB_CLOSED", at);
  return make("S27_PLAIN_CLOSED", { ...at, port: origin.port, state: `port: ${origin.state}` });
}

/** It passes where every walk is sound, and the front page and one page deeper are among them. */
function judgeOpen(visit: VisitedHost, origin: OriginVisit, make: Make): readonly Finding[] {
  const { host, address } = visit;
  const site = siteOf(host, origin);
  const endings = origin.walks.map((walk) => endingOver(walk, visit));
  const hasRedirects = endings.some(({ kind }) => kind === "https");
  const said = endings.flatMap((ending) => endingFindings({ ending, site, host, address }, hasRedirects, make));
  const purposes = origin.walks.map(({ purpose }) => purpose);
  const isWhole = purposes.includes("front") && (purposes.includes("deep") || purposes.includes("missing"));
  if (!isWhole) return [...said, undecided("S27", `${site} (${address})`, TOO_FEW)];
  if (!endings.every(isSound)) return said;
  const at = { site, address, tried: endings.length };
  if (!hasRedirects) return [make("S27_PLAIN_REFUSED", at), ...said];
  const pages = endings.filter(({ kind }) => kind === "https").length;
  return [make("S27_PLAIN_REDIRECTS", { ...at, pages }), ...said];
}

/** What is the same of several pages is told of the first. */
function onceEach(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ tag }, at) => findings.findIndex((other) => other.tag === tag) === at);
}
