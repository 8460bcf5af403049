import { describe, expect, test } from "@jest/globals";
import { type Observed, observed, unobserved } from "../../../lib/core/observation.ts";
import type { World, WorldZone } from "../../../lib/core/scenario.ts";
import type { GatewayAddress, GatewayVisit } from "../../../lib/mail/observations.ts";
import { MAX_GATEWAY_ADDRESSES } from "../../../lib/mail/dane/view.ts";
import { probeSmtpGateways } from "../../../lib/probes/smtp/gateway-probe.ts";
import type { ProbeContext } from "../../../lib/probes/probe-context.ts";
import { name } from "../../../lib/wire/name.ts";
import { contextOf } from "../../support/world/world-context.ts";

const ASSET = { id: "domain:by.dk", domain: name("by.dk") };
const TLSA = `_25._tcp.mx TLSA 3 1 1 ${"ab".repeat(32)}`;
const MX = "@ MX 10 mx.by.dk.";
const FOUR = "185.20.60.1";
const SIX = "2a02:2350::1";
const TWO_FAMILIES = [MX, `mx A ${FOUR}`, `mx AAAA ${SIX}`, TLSA];

function worldOf(records: readonly string[], state: WorldZone["state"] = "signed"): World {
  return { zones: [{ name: "by.dk", records, state }] };
}

function greeted(gateway: GatewayAddress): Observed<GatewayVisit> {
  const said = { greeting: { code: 421, lines: [] }, ehlo: null, keywords: [], startTls: null };
  return observed({ ...gateway, state: "visited", ...said, handshakes: [], injected: false });
}

async function probe(world: World, change: Partial<ProbeContext> = {}) {
  const asked: GatewayAddress[] = [];
  const visit: ProbeContext["gateways"]["visit"] = async (gateway) => {
    asked.push(gateway);
    return greeted(gateway);
  };
  const seen = await probeSmtpGateways(ASSET, { ...contextOf(world), gateways: { visit }, ...change });
  const told = seen.map(({ target, result }) => [
    target,
    result.state === "unobserved" ? result.cause : result.value.state,
  ]);
  return { seen, told, asked };
}

describe("the gateways of a domain", () => {
  test("are visited at each of their addresses, as an observation each", async () => {
    const { seen, asked } = await probe(worldOf(TWO_FAMILIES));
    const gateway = { host: name("mx.by.dk"), serverName: name("mx.by.dk") };
    expect(asked).toEqual([FOUR, SIX].map((address) => ({ ...gateway, address })));
    expect(seen).toEqual(
      asked.map((each) => ({
        kind: "smtp.gateway",
        asset: "domain:by.dk",
        target: `mx.by.dk [${each.address}]`,
        observedAt: "2026-11-23T10:00:00.000Z",
        result: greeted(each),
      })),
    );
  });

  test("are bounded, one address of each in turn, and what is left out is said", async () => {
    const many = Array.from({ length: MAX_GATEWAY_ADDRESSES + 5 }, (_, index) => `mx A 185.20.61.${index + 1}`);
    const other = ["@ MX 20 mx2.by.dk.", `mx2 A ${FOUR}`, TLSA.replace("mx", "mx2")];
    const { seen, told, asked } = await probe(worldOf([MX, TLSA, ...many, ...other]));
    expect(asked).toHaveLength(MAX_GATEWAY_ADDRESSES);
    expect(asked.map(({ address }) => address)).toContain(FOUR);
    expect(told.at(-1)?.[1]).toBe("tool-limit");
    expect(told).toHaveLength(MAX_GATEWAY_ADDRESSES + 1);
    expect(seen.at(-1)?.result).toMatchObject({
      detail: "not visited, like 5 more: at most 64 addresses of a domain are",
    });
  });
});

describe("nothing to visit", () => {
  test.each([
    ["no-gateway", ["@ MX 0 ."]],
    ["no-tlsa", [MX, `mx A ${FOUR}`]],
  ])("is told of the asset: %s", async (why, records) => {
    const { seen, asked } = await probe(worldOf(records));
    expect(asked).toEqual([]);
    expect(seen).toMatchObject([
      { target: "domain:by.dk", result: { state: "observed", value: { state: "nothing-to-visit", why } } },
    ]);
  });

  test("but DNS that is not heard is not known to be nothing", async () => {
    const silence = async () => unobserved("dns-timeout", "nobody there");
    const resolver = { ask: silence, askEach: async () => [], alone: () => [] };
    const { told, asked } = await probe(worldOf(TWO_FAMILIES), { resolver, direct: null });
    expect(told).toEqual([["domain:by.dk", "dns-timeout"]]);
    expect(asked).toEqual([]);
  });
});

describe("a family that has no route from here", () => {
  const hasRouteTo = (address: string): boolean => !address.includes(":");

  test("is set aside where the gateway was seen at another address", async () => {
    const { told, asked, seen } = await probe(worldOf(TWO_FAMILIES), { hasRouteTo });
    expect(asked.map(({ address }) => address)).toEqual([FOUR]);
    expect(told).toEqual([
      [`mx.by.dk [${FOUR}]`, "visited"],
      [`mx.by.dk [${SIX}]`, "not-here"],
    ]);
    expect(seen[1]?.result).toMatchObject({ value: { family: "ipv6", host: "mx.by.dk.", address: SIX } });
  });

  test("is not known where it was demanded", async () => {
    const { told } = await probe(worldOf(TWO_FAMILIES), { hasRouteTo, demandedFamilies: ["ipv4", "ipv6"] });
    expect(told[1]).toEqual([`mx.by.dk [${SIX}]`, "vantage-blocked"]);
  });

  test("is not known where the gateway was not seen at all", async () => {
    const visit = async () => unobserved("tcp-timeout", "silence");
    const { told } = await probe(worldOf(TWO_FAMILIES), { hasRouteTo, gateways: { visit } });
    expect(told).toEqual([
      [`mx.by.dk [${FOUR}]`, "tcp-timeout"],
      [`mx.by.dk [${SIX}]`, "vantage-blocked"],
    ]);
  });

  test("is not known where only another gateway of the domain was seen", async () => {
    const records = [MX, `mx AAAA ${SIX}`, TLSA, "@ MX 20 mx2.by.dk.", `mx2 A ${FOUR}`, TLSA.replace("mx", "mx2")];
    const { told } = await probe(worldOf(records), { hasRouteTo });
    expect(told).toEqual([
      [`mx2.by.dk [${FOUR}]`, "visited"],
      [`mx.by.dk [${SIX}]`, "vantage-blocked"],
    ]);
  });
});
