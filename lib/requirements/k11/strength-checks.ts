import type { Finding } from "../../core/finding.ts";
import { defineCheck } from "../../core/requirement.ts";
import { frontHop, type VisitedHost } from "../../web/hsts-answers.ts";
import { readHsts } from "../../web/hsts-policy.ts";
import { isApex } from "../../web/hsts-own-names.ts";
import { preloadReadiness } from "../../web/preload.ts";
import type { PreloadStatus } from "../../web/observations.ts";
import { webTarget } from "../../web/target-text.ts";
import { judgeEntry } from "./entry-findings.ts";
import { type FirstVisitFacts, wantsStrong, waysOf } from "./first-visit.ts";
import { messages } from "./messages.ts";
import { isSite, type Make, openAt } from "./visit-view.ts";

/**
 * Part 2, level strong, at one address of the asset's own host. Where the level is not asked for it is said only if it holds, on top
 * of the level standard; where it is asked for, nothing passes without it.
 */
export const strengthCheck = defineCheck(messages, {
  id: "k11.strength",
  clause: "2",
  needs: ["web.visit", "hsts.preload", "dns.https"],
  judge: ({ "web.visit": visit, "hsts.preload": preload, "dns.https": record }, { asset, at }, finding) => {
    if (!isSite(visit)) return [];
    const advice = preloadAdvice(visit, preload, finding);
    const facts = { preload, record, at };
    if (wantsStrong(asset)) return [...advice, ...lacking(visit, facts, finding), ...strong(visit, facts, finding)];
    return [...advice, ...strong(visit, facts, finding)];
  },
});

/** The same of the apex beside a `www`, or the `www` beside an apex, where the level is asked for. It never passes. */
export const entryStrengthCheck = defineCheck(messages, {
  id: "k11.entry-strength",
  clause: "2",
  needs: ["web.entry", "hsts.preload", "dns.https"],
  judge: ({ "web.entry": visit, "hsts.preload": preload, "dns.https": record }, { asset, at }, finding) =>
    isSite(visit) && visit.role === "entry" && wantsStrong(asset)
      ? lacking(visit, { preload, record, at }, finding)
      : [],
});

function strong(visit: VisitedHost, facts: FirstVisitFacts, finding: Make): readonly Finding[] {
  const { faults, policy } = judgeEntry(visit, finding);
  if (faults.length > 0 || policy === null) return [];
  const held = waysOf(visit, facts).filter(({ state }) => state === "holds");
  return held.map(({ way }) => finding("K11_STRONG", { target: webTarget(visit), way }));
}

/** Nothing where one way holds. One that is unknown might. */
function lacking(visit: VisitedHost, facts: FirstVisitFacts, finding: Make): readonly Finding[] {
  const ways = waysOf(visit, facts);
  if (ways.some(({ state }) => state === "holds")) return [];
  const open = ways.flatMap((each) => (each.state === "unknown" ? [openAt(visit, each.doubt)] : []));
  return open.length > 0 ? open : [finding("K11_NOT_STRONG", { target: webTarget(visit), host: visit.host })];
}

/** The directive is an intent to be listed, and protects nobody by itself. What the list would ask for is evidence, not advice. */
function preloadAdvice(visit: VisitedHost, preload: PreloadStatus, finding: Make): readonly Finding[] {
  const first = frontHop(visit, "https");
  if (preload.state === "unknown" || preload.state === "preloaded" || first?.answer.state !== "observed") return [];
  const { written } = readHsts({ url: first.url, ...first.answer.value });
  if (written?.preload !== true) return [];
  const evidence = { target: webTarget(visit), host: visit.host, listing: preload.state };
  return [finding("K11_PRELOAD_UNLISTED", { ...evidence, missing: missingForList(visit) })];
}

/** What is seen to be missing here; `www` is another host's visit. */
function missingForList(visit: VisitedHost): readonly string[] {
  const front = (scheme: "http" | "https") =>
    visit.origins.find((origin) => origin.scheme === scheme)?.walks.find(({ purpose }) => purpose === "front")?.hops;
  const walks = { https: front("https") ?? [], http: front("http") ?? [], www: null };
  const isRegistrable = isApex(visit.host, false);
  return preloadReadiness({ domain: visit.host, isRegistrable, ...walks }).missing;
}
