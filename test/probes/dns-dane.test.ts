import { describe, expect, test } from "@jest/globals";
import type { World } from "../../lib/core/scenario.ts";
import { probeDane } from "../../lib/probes/dns-dane.ts";
import { name } from "../../lib/wire/name.ts";
import { contextOf } from "../support/world/world-context.ts";

const ASSET = { id: "domain:kommune.dk", domain: name("kommune.dk") };
const DIGEST = "ab".repeat(32);

const world = (...records: string[]): World => ({ zones: [{ name: "kommune.dk", records }] });

async function asked(records: readonly string[], mailGateways: readonly string[] = []): Promise<readonly string[]> {
  const { result } = await probeDane({ ...ASSET, mailGateways: mailGateways.map(name) }, contextOf(world(...records)));
  if (result.state === "unobserved") throw new Error(result.detail);
  return result.value.book.map(({ question }) => `${question.name} ${question.type}`);
}

describe("what is asked", () => {
  test("TLSA of a gateway that has an address, and the names on the way to records", async () => {
    const questions = await asked(["@ MX 10 mx", "mx A 192.0.2.25", `_25._tcp.mx TLSA 3 1 1 ${DIGEST}`]);
    expect(questions).toEqual(
      expect.arrayContaining(["_25._tcp.mx.kommune.dk. TLSA", "_tcp.mx.kommune.dk. A", "_25._tcp.mx.kommune.dk. A"]),
    );
  });

  test("nothing on the way where there are no records, and no TLSA where there is no address", async () => {
    const questions = await asked(["@ MX 10 mx", "@ MX 20 gone", "mx A 192.0.2.25"]);
    expect(questions).toContain("_25._tcp.mx.kommune.dk. TLSA");
    expect(questions).not.toContain("_tcp.mx.kommune.dk. A");
    expect(questions).not.toContain("_25._tcp.gone.kommune.dk. TLSA");
  });

  test("an alias's target and its own name", async () => {
    const questions = await asked(["@ MX 10 mx", "mx CNAME host", "host A 192.0.2.25"]);
    expect(questions).toEqual(
      expect.arrayContaining(["_25._tcp.host.kommune.dk. TLSA", "_25._tcp.mx.kommune.dk. TLSA"]),
    );
  });

  test("declared gateways", async () => {
    const questions = await asked(["@ MX 0 .", "tunnel A 192.0.2.26"], ["tunnel.kommune.dk"]);
    expect(questions).toContain("_25._tcp.tunnel.kommune.dk. TLSA");
  });

  test("nothing at names that are too long to have records", async () => {
    const long = Array.from({ length: 3 }, () => "a".repeat(60)).join(".");
    const host = `${long}.${"b".repeat(55)}.kommune.dk.`;
    const questions = await asked([`@ MX 10 ${host}`, `${host} A 192.0.2.25`]);
    expect(questions).toContain(`${host} A`);
    expect(questions.filter((question) => question.endsWith("TLSA"))).toEqual([]);
  });
});

test("one visit looks once, however many ask; another visit looks again", async () => {
  const context = contextOf(world("@ MX 0 ."));
  expect(probeDane(ASSET, context)).toBe(probeDane(ASSET, context));
  expect(probeDane(ASSET, { ...context })).not.toBe(probeDane(ASSET, context));
  expect(probeDane({ ...ASSET, id: "domain:andet.dk" }, context)).not.toBe(probeDane(ASSET, context));
  expect(await probeDane(ASSET, context)).toMatchObject({ kind: "dns.dane", asset: ASSET.id, target: ASSET.id });
});

test("silence everywhere is no observation", async () => {
  const context = contextOf({ zones: [{ name: "kommune.dk", records: [], state: "silent" }] });
  const silent = {
    ...context,
    resolver: {
      ...context.resolver,
      ask: async () => ({ state: "unobserved", cause: "dns-timeout", detail: "silent" }) as const,
    },
  };
  expect(await probeDane(ASSET, silent)).toMatchObject({ result: { state: "unobserved", cause: "dns-timeout" } });
});
