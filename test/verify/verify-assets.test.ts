import { describe, expect, test } from "@jest/globals";
import { type Inventory, inventoryOfAssets } from "../../lib/inventory/inventory.ts";
import { s18 } from "../../lib/requirements/s18/requirement.ts";
import type { ProbeContext } from "../../lib/probes/probe-context.ts";
import { toResult } from "../../lib/verify/result.ts";
import { type Observation, unobserved } from "../../lib/core/observation.ts";
import { s17 } from "../../lib/requirements/s17/requirement.ts";
import { planVerification } from "../../lib/verify/plan.ts";
import { judgePlan, verifyAssets } from "../../lib/verify/verify-assets.ts";
import { scriptDns } from "../probes/scripted-dns.ts";
import { respond } from "../dnssec/support/responder.ts";
import { signedZones } from "../dnssec/support/signed-zones.ts";
import { domain, STARTED_AT } from "./trial.ts";

const ZONES = signedZones();
const ASSETS = [domain("kommune.dk"), domain("unsigned.dk")];

function verify(overrides: Partial<ProbeContext> = {}, changes: Partial<Inventory> = {}) {
  const dns = scriptDns({ resolver: (question) => respond(ZONES, question) }, overrides);
  const inventory = { ...inventoryOfAssets(ASSETS), ...changes };
  const request = {
    inventory,
    requirements: [s18],
    requested: ["S18", "S20"] as const,
    reading: "kommune-2024" as const,
    onProgress: () => undefined,
  };
  const io = {
    context: dns.context,
    cost: () => ({ dnsQueries: dns.asked.length, connections: 1, bytesIn: 2, bytesOut: 3 }),
    notSeen: () => [{ da: "da", en: "en" }],
  };
  return verifyAssets(request, io);
}

describe("verifying assets", () => {
  test("says the same in the same order, in whatever order the observations arrived", async () => {
    const { observations } = await verify();
    const visits = ["b.kommune.dk", "a.kommune.dk"].map((target): Observation<"web.redirects"> => ({
      ...{ kind: "web.redirects", asset: "domain:kommune.dk", target },
      observedAt: new Date(STARTED_AT).toISOString(),
      result: unobserved("tcp-timeout", target),
    }));
    const judged = [visits, visits.toReversed()].map((each) => {
      const inventory = inventoryOfAssets(ASSETS);
      const request = { inventory, requirements: [s17], requested: ["S17"], reading: "kommune-2024" } as const;
      const all = [...observations, ...each];
      const plan = planVerification(ASSETS, [s17]);
      return judgePlan(plan, all, { ...request, onProgress: () => undefined }, STARTED_AT);
    });
    const [first, second] = judged.map((all) => all.map(({ evaluation }) => evaluation.findings));
    expect(JSON.stringify(first)).toContain("a.kommune.dk");
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
  });

  test("judges every asset from its own observations, with cost, times and what was not seen", async () => {
    let clock = STARTED_AT;
    const verification = await verify({ now: () => (clock += 250) });
    const { judged, observations, cost, ...frame } = verification;
    expect(judged.map(({ evaluation }) => [evaluation.asset.id, evaluation.verdict])).toEqual([
      // The name servers were not asked: without them nothing passes.
      ["domain:kommune.dk", "indeterminate"],
      ["domain:unsigned.dk", "fail"],
    ]);
    for (const { evaluation, observations: own } of judged) {
      expect(own.map(({ asset }) => asset)).toEqual([evaluation.asset.id, evaluation.asset.id]);
    }
    expect(observations).toHaveLength(4);
    expect(frame).toMatchObject({
      municipality: null,
      reading: "kommune-2024",
      vantage: "local",
      interrupted: false,
      inventoryLapsed: false,
      requirements: ["S18", "S20"],
      notSeen: [{ da: "da", en: "en" }],
    });
    expect(cost.seconds).toBe((Date.parse(frame.finishedAt) - Date.parse(frame.startedAt)) / 1000);
    expect(cost).toMatchObject({ connections: 1, bytesIn: 2, bytesOut: 3 });
    expect(cost.dnsQueries).toBeGreaterThan(20);
  });

  test("that is interrupted gives every asset a verdict, none of them a pass, and says so", async () => {
    const verification = await verify({ signal: AbortSignal.abort() });
    expect(verification.interrupted).toBe(true);
    expect(verification.judged.map(({ evaluation: { verdict, cause } }) => [verdict, cause])).toEqual([
      ["indeterminate", "internal"],
      ["indeterminate", "internal"],
    ]);
    expect(toResult(verification, "en")).toMatchObject({
      interrupted: true,
      requirements: [{ verdict: "indeterminate", cause: "internal" }, { cause: "no-inventory" }],
    });
  });

  test("lets a declaration of completeness lapse as of the start", async () => {
    const validUntil = STARTED_AT;
    const lapsed = async (now: number) => {
      const inventoryAttestation = { by: { name: "x" }, validUntil };
      return (await verify({ now: () => now }, { inventoryAttestation })).inventoryLapsed;
    };
    expect([await lapsed(validUntil), await lapsed(validUntil + 1)]).toEqual([false, true]);
  });
});
