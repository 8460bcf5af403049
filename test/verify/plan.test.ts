import { describe, expect, test } from "@jest/globals";
import type { Asset } from "../../lib/core/asset.ts";
import { inventoryOfAssets } from "../../lib/inventory/inventory.ts";
import { declaresHost, namesDeclaredBelow, planVerification } from "../../lib/verify/plan.ts";
import { name } from "../../lib/wire/name.ts";
import { domain, host, trial } from "./trial.ts";

const [KOMMUNE, SKOLE, WEB] = [domain("kommune.dk"), domain("skole.dk"), host("www.kommune.dk")];

describe("the plan", () => {
  test("makes each probe once, however many requirements want it", () => {
    const requirements = [trial("S18", ["dns.chain", "dns.servers"]), trial("S19", ["dns.servers", "dns.chain"])];
    const { probes, verdicts } = planVerification([KOMMUNE, SKOLE], requirements);
    expect(probes).toEqual([
      { kind: "dns.chain", asset: KOMMUNE },
      { kind: "dns.servers", asset: KOMMUNE },
      { kind: "dns.chain", asset: SKOLE },
      { kind: "dns.servers", asset: SKOLE },
    ]);
    expect(verdicts.map(({ asset, requirement, kinds }) => [asset.id, requirement.id, kinds])).toEqual([
      ["domain:kommune.dk", "S18", ["dns.chain", "dns.servers"]],
      ["domain:kommune.dk", "S19", ["dns.servers", "dns.chain"]],
      ["domain:skole.dk", "S18", ["dns.chain", "dns.servers"]],
      ["domain:skole.dk", "S19", ["dns.servers", "dns.chain"]],
    ]);
  });

  test("asks for nothing that no requirement wants", () => {
    expect(planVerification([KOMMUNE], [trial("S18", ["dns.servers"])]).probes).toEqual([
      { kind: "dns.servers", asset: KOMMUNE },
    ]);
  });

  test("gives no verdict and makes no probe for an asset of another kind, nor for a requirement without assets", () => {
    expect(planVerification([WEB], [trial("S18")])).toEqual({ verdicts: [], probes: [] });
    expect(planVerification([], [trial("S18")])).toEqual({ verdicts: [], probes: [] });
    expect(planVerification([KOMMUNE], [])).toEqual({ verdicts: [], probes: [] });
    const mixed = planVerification([KOMMUNE, WEB], [trial("S18"), trial("S19", ["dns.chain"], ["host"])]);
    expect(mixed.verdicts.map(({ asset, requirement }) => `${requirement.id} ${asset.id}`)).toEqual([
      "S18 domain:kommune.dk",
      "S19 host:www.kommune.dk",
    ]);
  });
});

describe("names declared below a domain", () => {
  const below = (...assets: readonly Asset[]) => namesDeclaredBelow(KOMMUNE.domain, inventoryOfAssets(assets));

  test("are www, whether anyone declares it or not", () => {
    expect(below()).toEqual(["www.kommune.dk."]);
    expect(below(WEB)).toEqual(["www.kommune.dk."]);
  });

  test("are those of every asset with a name, of its delegations and of its gateways, each once", () => {
    const assets: readonly Asset[] = [
      { ...KOMMUNE, delegations: [name("a.kommune.dk")], mailGateways: [name("b.kommune.dk"), name("b.andet.dk")] },
      domain("c.kommune.dk", { delegations: [name("d.c.kommune.dk")] }),
      host("e.kommune.dk"),
      { kind: "url", id: "url:f", name: "f", host: name("f.kommune.dk"), url: "https://f.kommune.dk/" },
      { kind: "service", id: "service:g", name: "g", host: name("g.kommune.dk"), url: "imap://g.kommune.dk:143" },
      { kind: "url", id: "url:e", name: "e", host: name("e.kommune.dk"), url: "https://e.kommune.dk/" },
    ];
    expect(below(...assets)).toEqual(
      ["www", "a", "b", "c", "d.c", "e", "f", "g"].map((label) => `${label}.kommune.dk.`),
    );
  });

  test("are not the domain itself, its neighbours, or what only ends alike", () => {
    const assets: readonly Asset[] = [
      KOMMUNE,
      SKOLE,
      host("ikkekommune.dk"),
      host("dk"),
      { kind: "url", id: "url:1", name: "1", host: null, url: "https://185.1.0.1/" },
      { kind: "address", id: "address:1", name: "1", range: "185.1.0.1" },
      { kind: "resolver", id: "resolver:1", name: "1", address: "185.1.0.1" },
    ];
    expect(below(...assets)).toEqual(["www.kommune.dk."]);
  });
});

describe("a host", () => {
  test.each([
    ["www.kommune.dk", true],
    ["skole.dk", true],
    ["dyb.under.skole.dk", true],
    ["kommune.dk", false],
    ["www2.kommune.dk", false],
    ["a.www.kommune.dk", false],
    ["friskole.dk", false],
    ["dk", false],
    ["", false],
    ["-.skole..dk", false],
    ["192.0.2.1", false],
  ])("%s is declared: %s", (host, isDeclared) => {
    expect(declaresHost(inventoryOfAssets([SKOLE, WEB]), host)).toBe(isDeclared);
  });
});
