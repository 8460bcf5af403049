import { describe, expect, test } from "@jest/globals";
import type { World } from "../../lib/core/scenario.ts";
import type { SpfObservation } from "../../lib/mail/observations.ts";
import { auditSpf } from "../../lib/mail/spf/audit.ts";
import { validatedView } from "../../lib/mail/spf/dns-view.ts";
import { classifierOf } from "../../lib/mail/reading.ts";
import { probeSpf } from "../../lib/probes/dns-spf.ts";
import { name } from "../../lib/wire/name.ts";
import { contextOf } from "../support/world/world-context.ts";

const ASSET = { id: "domain:kommune.dk", domain: name("kommune.dk") };

async function look(world: World, below: readonly string[] = []): Promise<SpfObservation> {
  const names = below.map((each) => name(each));
  const { result, ...rest } = await probeSpf(ASSET, names, contextOf(world));
  expect(rest).toEqual({
    kind: "dns.spf",
    asset: ASSET.id,
    target: ASSET.id,
    observedAt: "2026-11-23T10:00:00.000Z",
  });
  if (result.state !== "observed") throw new Error(result.detail);
  expect(result.value.namesBelow).toEqual(names);
  return result.value;
}

function asked({ book }: SpfObservation): readonly string[] {
  return book
    .filter(({ question }) => !["DS", "DNSKEY", "SOA", "NS"].includes(question.type))
    .map(({ question }) => `${question.name} ${question.type}`)
    .sort();
}

const PROVIDER = {
  name: "afsender.dk",
  records: [
    '_spf TXT "v=spf1 include:_eu.%{d} mx:afsender.dk -all"',
    '_eu._spf TXT "v=spf1 ip4:192.0.2.0/28 -all"',
    "@ MX 10 ud.afsender.dk.",
    "ud A 192.0.2.20",
  ],
} as const;

describe("the probe", () => {
  test("reads the record and everything that it leads to", async () => {
    const seen = await look({
      zones: [{ name: "kommune.dk", records: ['@ TXT "v=spf1 include:_spf.afsender.dk -all"'] }, PROVIDER],
    });
    expect(asked(seen)).toEqual([
      "_eu._spf.afsender.dk. TXT",
      "_spf.afsender.dk. TXT",
      "afsender.dk. MX",
      "kommune.dk. MX",
      "kommune.dk. TXT",
      "ud.afsender.dk. A",
      "ud.afsender.dk. AAAA",
    ]);
    const at = Date.parse("2026-11-23T10:00:00.000Z");
    const audit = auditSpf(ASSET.domain, validatedView(classifierOf(seen, at)));
    expect(audit).toMatchObject({ lookups: 3, violations: [], gaps: [], bogus: [], voids: [] });
  });

  test("reads names below: their records, and whether they are there and receive mail", async () => {
    const records = ['@ TXT "v=spf1 -all"', 'post TXT "v=spf1 a:ud.kommune.dk -all"', "ud A 192.0.2.1"];
    const seen = await look({ zones: [{ name: "kommune.dk", records }] }, ["post.kommune.dk"]);
    expect(asked(seen)).toEqual([
      "kommune.dk. MX",
      "kommune.dk. TXT",
      "post.kommune.dk. A",
      "post.kommune.dk. AAAA",
      "post.kommune.dk. MX",
      "post.kommune.dk. TXT",
      "ud.kommune.dk. A",
      "ud.kommune.dk. AAAA",
    ]);
  });

  test("is unobserved when nobody answers at all", async () => {
    const context = contextOf({ zones: [] });
    const silent = { state: "unobserved", cause: "dns-timeout", detail: "no answer" } as const;
    const { result } = await probeSpf(ASSET, [], {
      ...context,
      resolver: { ...context.resolver, ask: async () => silent },
    });
    expect(result).toEqual({ state: "unobserved", cause: "dns-timeout", detail: "no answer" });
  });
});
