import { describe, expect, test } from "@jest/globals";
import type { Asset } from "../../lib/core/asset.ts";
import { type Observation, unobserved } from "../../lib/core/observation.ts";
import { inventoryOfAssets } from "../../lib/inventory/inventory.ts";
import type { ProbeContext } from "../../lib/probes/probe-context.ts";
import { planVerification } from "../../lib/verify/plan.ts";
import { runProbes } from "../../lib/verify/run-probes.ts";
import type { Progress } from "../../lib/verify/verify-assets.ts";
import type { Question } from "../../lib/wire/message.ts";
import { replyOf, type Said, scriptDns } from "../probes/scripted-dns.ts";
import { domain, host, trial } from "./trial.ts";

const BOTH = trial("S18", ["dns.chain", "dns.servers"]);
const CHAIN = trial("S18", ["dns.chain"]);

interface Run {
  readonly assets: readonly Asset[];
  readonly requirement?: typeof BOTH;
  readonly resolver?: (question: Question) => Said;
  readonly overrides?: Partial<ProbeContext>;
  readonly onProgress?: (progress: Progress) => void;
}

async function run({ assets, requirement = BOTH, resolver = () => 2, overrides = {}, onProgress }: Run) {
  const { context } = scriptDns({ resolver, direct: () => 5 }, overrides);
  const { probes } = planVerification(assets, [requirement]);
  return runProbes(probes, inventoryOfAssets(assets), context, onProgress ?? (() => undefined));
}

const shown = (observations: readonly Observation[]) =>
  observations.map(({ kind, asset, result }) => [
    kind,
    asset,
    result.state === "observed" ? "observed" : `${result.cause}: ${result.detail}`,
  ]);

describe("running probes", () => {
  test("yields one observation per planned probe, asset by asset", async () => {
    const observations = await run({ assets: [domain("a.dk"), domain("b.dk")] });
    expect(observations.map(({ kind, asset, target }) => [kind, asset, target])).toEqual([
      ["dns.chain", "domain:a.dk", "domain:a.dk"],
      ["dns.servers", "domain:a.dk", "domain:a.dk"],
      ["dns.chain", "domain:b.dk", "domain:b.dk"],
      ["dns.servers", "domain:b.dk", "domain:b.dk"],
    ]);
    expect(await run({ assets: [] })).toEqual([]);
  });

  test("a probe that throws is our own fault, and the others go on", async () => {
    const resolver = ({ name }: Question): Said => {
      if (name.endsWith("kaster.dk.")) throw new TypeError("not a function");
      return 2;
    };
    const observations = await run({ assets: [domain("a.dk"), domain("kaster.dk"), domain("z.dk")], resolver });
    expect(shown(observations).filter(([, asset]) => asset === "domain:kaster.dk")).toEqual([
      ["dns.chain", "domain:kaster.dk", "internal: TypeError: not a function"],
      ["dns.servers", "domain:kaster.dk", "internal: TypeError: not a function"],
    ]);
    const others = observations.filter(({ asset }) => asset !== "domain:kaster.dk");
    expect(others).toHaveLength(4);
    expect(shown(others).filter(([, , said]) => String(said).startsWith("internal"))).toEqual([]);
  });

  test("what is thrown that is no error is told without its content", async () => {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what must be survived
    const resolver = { ask: () => Promise.reject("octets"), askEach: async () => [], alone: () => [] };
    const observations = await run({ assets: [domain("a.dk")], requirement: CHAIN, overrides: { resolver } });
    expect(shown(observations)).toEqual([["dns.chain", "domain:a.dk", "internal: unknown error"]]);
  });

  test("an asset of a kind that a probe does not know is our own fault", async () => {
    const requirement = trial("S18", ["dns.chain"], ["host"]);
    const observations = await run({ assets: [host("www.a.dk")], requirement });
    expect(shown(observations)).toEqual([
      ["dns.chain", "host:www.a.dk", "internal: Error: host:www.a.dk is not a domain"],
    ]);
  });

  test("the chain hears of the names that the inventory declares below", async () => {
    const asked: string[] = [];
    const resolver = ({ name }: Question): Said => {
      asked.push(name);
      return 0;
    };
    await run({ assets: [domain("a.dk"), host("borger.a.dk"), host("b.dk")], requirement: CHAIN, resolver });
    expect(asked).toEqual(expect.arrayContaining(["borger.a.dk.", "www.a.dk."]));
    expect(asked).not.toContain("b.dk.");
  });

  test("all probes of a visit use one random label, and every visit another", async () => {
    let drawn = 0;
    const names: string[] = [];
    const resolver = ({ name, type }: Question): Said => {
      if (name.startsWith("label")) names.push(`${name}/${type}`);
      return unobserved("dns-timeout", "unheard");
    };
    await run({
      assets: [domain("a.dk"), domain("b.dk")],
      resolver,
      overrides: { randomLabel: (asset) => `label${(drawn += 1)}-${asset.slice("domain:".length, -".dk".length)}` },
    });
    expect(drawn).toBe(2);
    const expected = new Set(["label1-a.a.dk./A", "label2-b.b.dk./A"]);
    expect(new Set(names.filter((one) => one.endsWith("/A")))).toEqual(expected);
  });

  test("all observations of a visit carry the moment it began, however long each of them took", async () => {
    let clock = Date.parse("2026-11-23T10:00:00.000Z");
    const now = () => (clock += 1000);
    const resolver = ({ name }: Question): Said => {
      now();
      if (name.endsWith("kaster.dk.")) throw new TypeError("not a function");
      return 2;
    };
    const assets = [domain("a.dk"), domain("b.dk"), domain("kaster.dk")];
    const observations = await run({ assets, resolver, overrides: { now } });
    const moments = Map.groupBy(observations, ({ asset }) => asset);
    expect([...moments.values()].map((own) => new Set(own.map(({ observedAt }) => observedAt)).size)).toEqual([
      1, 1, 1,
    ]);
    expect(observations.map(({ asset }) => asset)).toHaveLength(6);
    expect(observations[0]?.observedAt).toBe("2026-11-23T10:00:01.000Z");
  });

  test("progress counts every asset once, to the end", async () => {
    const steps: Progress[] = [];
    const assets = [domain("a.dk"), domain("b.dk"), domain("c.dk")];
    await run({ assets, onProgress: (step) => steps.push(step) });
    expect(steps.map(({ done, total }) => [done, total])).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
    expect(steps.map(({ current }) => current).sort()).toEqual(["a.dk", "b.dk", "c.dk"]);
  });

  test("at most 32 assets are visited at the same time, and all in the end", async () => {
    const assets = Array.from({ length: 100 }, (_, index) => domain(`d${index}.dk`));
    const visiting = new Set<string>();
    let most = 0;
    const resolver: ProbeContext["resolver"] = {
      ask: async (question) => {
        const visited = /(d\d+\.dk)\.$/u.exec(question.name)?.[1];
        if (visited !== undefined) visiting.add(visited);
        most = Math.max(most, visiting.size);
        await new Promise((resolve) => setImmediate(resolve));
        return unobserved("dns-timeout", "unheard");
      },
      askEach: async () => [],
      alone: () => [],
    };
    const onProgress = ({ current }: Progress): void => void visiting.delete(current);
    const observations = await run({ assets, requirement: CHAIN, overrides: { resolver }, onProgress });
    expect(observations).toHaveLength(100);
    expect(most).toBe(32);
  });
});

describe("an abort", () => {
  test("before the start: nothing is asked, and every observation says interrupted", async () => {
    const resolver = (): Said => {
      throw new Error("asked");
    };
    const observations = await run({ assets: [domain("a.dk")], resolver, overrides: { signal: AbortSignal.abort() } });
    expect(shown(observations)).toEqual([
      ["dns.chain", "domain:a.dk", "internal: interrupted before it was looked at"],
      ["dns.servers", "domain:a.dk", "internal: interrupted before it was looked at"],
    ]);
  });

  test("in the middle: what was finished stays, the rest is interrupted", async () => {
    const stop = new AbortController();
    const assets = Array.from({ length: 40 }, (_, index) => domain(`d${index}.dk`));
    const stopped = new Promise((resolve) => stop.signal.addEventListener("abort", resolve));
    const resolver: ProbeContext["resolver"] = {
      ask: async ({ name }) => {
        if (!name.endsWith("d7.dk.") && /d\d+\.dk\.$/u.test(name)) await stopped;
        return replyOf({ name, type: "A" }, 2);
      },
      askEach: async () => [],
      alone: () => [],
    };
    const observations = await run({
      assets,
      requirement: CHAIN,
      overrides: { signal: stop.signal, resolver },
      onProgress: ({ done }) => {
        if (done === 1) stop.abort();
      },
    });
    expect(observations).toHaveLength(40);
    const said = Map.groupBy(shown(observations), ([, , what]) => what);
    expect(said.get("observed")?.map(([, asset]) => asset)).toEqual(["domain:d7.dk"]);
    // One place became free and another asset had it before anyone could know that the last word was spoken.
    expect(said.get("internal: interrupted while it was being looked at")).toHaveLength(31);
    expect(said.get("internal: interrupted before it was looked at")).toHaveLength(8);
  });
});
