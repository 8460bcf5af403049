import { describe, expect, test } from "@jest/globals";
import type { Observation } from "../../lib/core/observation.ts";
import { unobserved } from "../../lib/core/observation.ts";
import type { World } from "../../lib/core/scenario.ts";
import { mailRoutes } from "../../lib/mail/gateways.ts";
import type { GatewaysObservation } from "../../lib/mail/observations.ts";
import { classifierOf } from "../../lib/mail/reading.ts";
import { probeGateways } from "../../lib/probes/dns-gateways.ts";
import type { ProbeContext } from "../../lib/probes/probe-context.ts";
import { name } from "../../lib/wire/name.ts";
import { contextOf, RANDOM_LABEL } from "../support/world/world-context.ts";

const ASSET = { id: "domain:kommune.dk", domain: name("kommune.dk") };
const WORLD: World = {
  zones: [
    {
      name: "kommune.dk",
      records: ["@ MX 10 mx", "@ MX 20 mx.gateway.dk.", "mx A 192.0.2.25", "* MX 10 post", "post CNAME mx"],
    },
    { name: "gateway.dk", records: ["mx A 192.0.2.26", "mx AAAA 2001:db8::26"] },
  ],
};

function listened(context: ProbeContext): { readonly context: ProbeContext; readonly asked: readonly string[] } {
  const asked: string[] = [];
  const { resolver } = context;
  const ask: ProbeContext["resolver"]["ask"] = (question, options) => {
    asked.push(`${question.name} ${question.type}`);
    return resolver.ask(question, options);
  };
  return { asked, context: { ...context, resolver: { ...resolver, ask } } };
}

function valueOf({ result }: Observation<"dns.gateways">): GatewaysObservation {
  if (result.state === "unobserved") throw new Error(result.detail);
  return result.value;
}

describe("looking at a domain's gateways", () => {
  test("asks each question once, about MX and every gateway", async () => {
    const { context, asked } = listened(contextOf(WORLD));
    await probeGateways(ASSET, context);
    expect(new Set(asked).size).toBe(asked.length);
    const gateways = ["mx.kommune.dk.", "mx.gateway.dk.", "post.kommune.dk."];
    const addresses = gateways.flatMap((host) => [`${host} A`, `${host} AAAA`]);
    const mx = ["kommune.dk. MX", `${RANDOM_LABEL}.kommune.dk. MX`];
    expect(asked).toEqual(expect.arrayContaining([...mx, ...addresses]));
    expect(asked.filter((key) => / (MX|A|AAAA)$/.test(key)).sort()).toEqual([...mx, ...addresses].sort());
  });

  test("says for whom and when, and keeps all that judging takes", async () => {
    const observation = await probeGateways({ ...ASSET, mailGateways: [name("mx.gateway.dk")] }, contextOf(WORLD));
    expect(observation).toMatchObject({
      kind: "dns.gateways",
      asset: ASSET.id,
      target: ASSET.id,
      observedAt: "2026-11-23T10:00:00.000Z",
    });
    const value = valueOf(observation);
    expect(value).toMatchObject({
      domain: "kommune.dk.",
      randomName: `${RANDOM_LABEL}.kommune.dk.`,
      declaredGateways: ["mx.gateway.dk."],
      source: "resolvers",
      discarded: [],
    });
    const stored = JSON.parse(JSON.stringify(value)) as GatewaysObservation;
    const routes = mailRoutes(stored, classifierOf(stored, Date.parse(observation.observedAt)));
    expect(routes.map(({ origin }) => origin)).toEqual(["domain", "wildcard", "declared"]);
    expect(routes.flatMap(({ hosts }) => hosts).every(({ protection }) => protection === "secure")).toBe(true);
  });

  test("asks on past one gateway that is silent", async () => {
    const zones = WORLD.zones.map((zone) =>
      zone.name === "gateway.dk" ? { ...zone, state: "silent" as const } : zone,
    );
    const value = valueOf(await probeGateways(ASSET, contextOf({ zones })));
    const [own] = mailRoutes(value, classifierOf(value, Date.parse("2026-11-23T10:00:00.000Z")));
    expect(own?.hosts.map(({ host, protection }) => [host, protection])).toEqual([
      ["mx.gateway.dk.", "unknown"],
      ["mx.kommune.dk.", "secure"],
    ]);
  });

  test("saw nothing where nobody answers", async () => {
    const context = contextOf(WORLD);
    const resolver = { ...context.resolver, ask: async () => unobserved("dns-timeout", "no answer") };
    const { result } = await probeGateways(ASSET, { ...context, resolver });
    expect(result).toMatchObject({ state: "unobserved", cause: "dns-timeout" });
  });
});
