/** How often the probe asks, and whom: the polite minimum. */
import { expect, test } from "@jest/globals";
import type { World } from "../../lib/core/scenario.ts";
import { MAX_SELECTORS } from "../../lib/mail/dkim/selectors-to-try.ts";
import { probeDkim } from "../../lib/probes/dns-dkim.ts";
import type { ProbeContext } from "../../lib/probes/probe-context.ts";
import { goodDomain, goodZone } from "../../lib/requirements/s23/base-world.ts";
import { unobserved } from "../../lib/core/observation.ts";
import { contextOf } from "../support/world/world-context.ts";

interface Asked {
  readonly resolvers: string[];
  readonly servers: string[];
}

function watched(world: World): { readonly context: ProbeContext; readonly asked: Asked } {
  const base = contextOf(world);
  const asked: Asked = { resolvers: [], servers: [] };
  const { resolver, direct } = base;
  if (direct === null) throw new Error("the world has servers");
  const context: ProbeContext = {
    ...base,
    resolver: {
      ...resolver,
      ask: (question, options) => {
        asked.resolvers.push(`${question.name} ${question.type}`);
        return resolver.ask(question, options);
      },
    },
    direct: {
      ask: (server, question, options) => {
        asked.servers.push(`${server.address} ${question.name} ${question.type}`);
        return direct.ask(server, question, options);
      },
    },
  };
  return { context, asked };
}

const UNKNOWN = { ...goodDomain, dkimSelectors: [] };
const WITHOUT = { without: ["selector1._domainkey TXT"] };

function selectorsAsked({ resolvers }: Asked): readonly string[] {
  return resolvers.filter((question) => /^[^_]+\._domainkey\.kommune\.dk\. TXT$/.test(question));
}

test("a declared selector with a key: only that one, one random one beside it, and no server", async () => {
  const { context, asked } = watched({ zones: [goodZone()] });
  const { result } = await probeDkim(goodDomain, context);
  expect(result.state).toBe("observed");
  expect(selectorsAsked(asked)).toHaveLength(2);
  expect(asked.servers).toEqual([]);
});

test("no key anywhere in a signed zone: few guesses, no server", async () => {
  const { context, asked } = watched({ zones: [goodZone(WITHOUT)] });
  await probeDkim(UNKNOWN, context);
  expect(selectorsAsked(asked).length).toBeLessThanOrEqual(MAX_SELECTORS + 1);
  expect(new Set(asked.resolvers).size).toBe(asked.resolvers.length);
  expect(asked.servers).toEqual([]);
});

test("an unsigned denial with a control: each server is asked two questions", async () => {
  const records = ['_smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@kommune.dk"'];
  const { context, asked } = watched({ zones: [goodZone({ ...WITHOUT, records, state: "unsigned" })] });
  const { result } = await probeDkim(UNKNOWN, context);
  if (result.state !== "observed") throw new Error(result.detail);
  const { servers } = result.value;
  expect(servers.length).toBeGreaterThan(0);
  expect(asked.servers).toHaveLength(2 * servers.length);
  expect(asked.servers.every((one) => / (_domainkey|_tls)\.kommune\.dk\. TXT$/.test(one))).toBe(true);
});

test("servers are not asked where the inventory says so", async () => {
  const { context } = watched({ zones: [goodZone({ state: "unsigned", deniesEmptyNonTerminals: true })] });
  const { result } = await probeDkim(goodDomain, { ...context, direct: null });
  expect(result).toMatchObject({ state: "observed", value: { servers: [] } });
});

test("silence everywhere is no observation", async () => {
  const base = contextOf({ zones: [goodZone()] });
  const silent = { ...base.resolver, ask: async () => unobserved("dns-timeout", "silence") };
  const { result } = await probeDkim(goodDomain, { ...base, resolver: silent });
  expect(result).toMatchObject({ state: "unobserved", cause: "dns-timeout" });
});

test("selectors of reports that are hostile are not asked about", async () => {
  const { context, asked } = watched({
    zones: [goodZone()],
    reportedSelectors: [
      { selector: "a b.\u0000", passed: 5, firstDay: "2026-11-20", lastDay: "2026-11-22", reporters: [] },
      { selector: "x".repeat(300), passed: 5, firstDay: "2026-11-20", lastDay: "2026-11-22", reporters: [] },
    ],
  });
  await probeDkim(goodDomain, context);
  expect(selectorsAsked(asked)).toHaveLength(2);
});
