import { describe, expect, test } from "@jest/globals";
import { EventEmitter } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Services } from "../../lib/cli/services.ts";
import type { World } from "../../lib/core/scenario.ts";
import type { ProbeContext } from "../../lib/probes/probe-context.ts";
import { goodZone, type ZoneChanges } from "../../lib/requirements/s23/base-world.ts";
import { contextOf } from "../support/world/world-context.ts";
import { runMain, type RunOptions } from "./run-main.ts";

/** The services over a network that is the world; `closed` counts how often it was let go of. */
function servicesIn(world: World, change: Partial<ProbeContext> = {}) {
  const closed = { times: 0 };
  const openNetwork: Services["openNetwork"] = async (_, { signal }) => {
    const close = (): void => {
      closed.times += 1;
    };
    const context = { ...contextOf(world), signal, ...change };
    return { context, close } as Awaited<ReturnType<Services["openNetwork"]>>;
  };
  return { services: { openNetwork } satisfies Partial<Services>, closed };
}

function dmarc(changes: ZoneChanges, args: readonly string[] = [], options: RunOptions & Partial<World> = {}) {
  const { reportedSelectors, ...run } = options;
  const world: World = {
    zones: [goodZone(changes)],
    ...(reportedSelectors === undefined ? {} : { reportedSelectors }),
  };
  return runMain(["dmarc", "kommune.dk", ...args], { ...servicesIn(world), ...run });
}

describe("dmarc NAME", () => {
  test("draws the three, judges them, and tells what lies beside", async () => {
    const { code, stdout, stderr } = await dmarc({
      records: [
        "www A 192.0.2.80",
        '_smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@kommune.dk"',
        '@ CAA 0 issue "ca.example"',
      ],
    });
    expect([code, stderr]).toEqual([0, ""]);
    const text = [
      "DMARC, SPF og DKIM for kommune.dk, 2026-11-23 10:00 UTC",
      "  _dmarc.kommune.dk  «v=DMARC1; p=reject; rua=mailto:dmarc@kommune.dk»  signeret",
      "  kommune.dk                                ✓ reject (p ved kommune.dk)",
      "  navne under kommune.dk, som ikke findes   ✓ reject (p ved kommune.dk)",
      "  www.kommune.dk                            ✓ reject (p ved kommune.dk)",
      "  et tilfældigt navn under kommune.dk       ✓ reject (p ved kommune.dk)",
      "  kommune.dk  «v=spf1 mx -all»  1 opslag",
      "  Opslag 1/10, tomme 0/2, ender med -all",
      "    www.kommune.dk  – ingen SPF-post",
      "  D  selector1 (almindelig)  ✓ RSA 2048",
      "  E  _domainkey  noget findes derunder",
      "S23  opfyldt",
      "Ved siden af kravene",
      "  MTA-STS  – findes ikke  _mta-sts.kommune.dk",
      "      v=TLSRPTv1; rua=mailto:tls@kommune.dk",
      '      0 issue "ca.example"',
    ];
    for (const line of text) expect(stdout.split("\n")).toContain(line);
  });

  test("shows where the RFCs part, and the findings with their remedies", async () => {
    const { code, stdout } = await dmarc({
      without: ["_dmarc TXT"],
      records: ['_dmarc TXT "v=DMARC1; p=reject; np=none; rua=mailto:dmarc@kommune.dk"'],
    });
    expect(code).toBe(1);
    expect(stdout).toMatch(/som ikke findes +RFC 9989: ✗ none \(np ved kommune\.dk\) {2}RFC 7489: ✓ reject/u);
    expect(stdout).toMatch(/^ {2}✗ .* \[S23_DMARC_POLICY_NONEXISTENT\]\n {6}→ /mu);
  });

  test("draws SPF as a tree, and what breaks it", async () => {
    const { code, stdout } = await dmarc(
      {
        without: ["@ TXT"],
        records: [
          '@ TXT "v=spf1 include:a.kommune.dk include:%{i}.kommune.dk redirect=b.kommune.dk"',
          'a TXT "v=spf1 include:kommune.dk a -all"',
          'b TXT "v=spf1 ip4:192.0.2.0/33 -all"',
        ],
      },
      ["--lang", "en"],
    );
    expect(code).toBe(1);
    for (const line of [
      "  kommune.dk  «v=spf1 include:a.kommune.dk include:%{i}.kommune.dk redirect=b.kommune.dk»  3 look-ups",
      "    include a.kommune.dk  «v=spf1 include:kommune.dk a -all»  2 look-ups",
      "      include kommune.dk  leads back, or too far",
      "    include %{i}.kommune.dk  depends on the sender",
      "    redirect b.kommune.dk  the record is malformed «v=spf1 ip4:192.0.2.0/33 -all»",
      "  ✗ b.kommune.dk: malformed: ip4:192.0.2.0/33",
      "  ✗ a.kommune.dk: leads round at kommune.dk",
    ])
      expect(stdout.split("\n")).toContain(line);
  });

  test("ranks DKIM keys by why they were looked for", async () => {
    const reported = { selector: "s9", passed: 4, firstDay: "2026-11-20", lastDay: "2026-11-22", reporters: ["x"] };
    const { stdout } = await dmarc(
      { without: ["selector1._domainkey TXT"], records: ['s9._domainkey TXT "v=DKIM1; p="'] },
      [],
      { reportedSelectors: [reported] },
    );
    expect(stdout).toContain("  B  s9 (set i rapporter)  ✗ trukket tilbage");
    expect(stdout).toMatch(/^ {2}D {2}\d+ almindelige selektorer uden nøgle/mu);
  });

  test.each<[string, ZoneChanges, RegExp]>([
    ["bogus", { state: "bogus" }, /✗ brudt ved kommune\.dk/u],
    ["failing", { state: "failing" }, /\? kan ikke afgøres ved kommune\.dk/u],
  ])("a zone that is %s", async (_, changes, words) => {
    const { code, stdout } = await dmarc(changes);
    expect(code).not.toBe(0);
    expect(stdout).toMatch(words);
  });

  test("nothing heard is not known, and says so of each", async () => {
    const silent = { ask: async () => ({ state: "unobserved", cause: "dns-timeout", detail: "no answer" }) as const };
    const resolver = { ...silent, askEach: async () => [], alone: () => [] };
    const { services, closed } = servicesIn({ zones: [goodZone()] }, { resolver });
    const { code, stdout } = await runMain(["dmarc", "kommune.dk"], { services });
    expect(code).toBe(2);
    expect(stdout.match(/^ {2}\? kan ikke afgøres {2}DNS svarede ikke: no answer$/gmu)).toHaveLength(3);
    expect(closed.times).toBe(1);
  });

  test("what records say is escaped", async () => {
    const { stdout } = await dmarc({
      without: ["_dmarc TXT"],
      records: ['_dmarc TXT "v=DMARC1; p=reject; x=\\027[2J\\010"', '_mta-sts TXT "v=STSv1; id=\\027]0;x\\007"'],
    });
    expect(stdout).toContain("\\u{1b}]0;x\\u{7}");
    expect(/(?!\n)\p{Cc}/u.test(stdout)).toBe(false);
  });

  test("is there as JSON", async () => {
    const { code, stdout } = await dmarc({}, ["--format", "json", "--lang", "en"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ schema: "kravvagt/dmarc/1", name: "kommune.dk", observedAt: "2026-11-23T10:00:00.000Z" },
      dmarc: { records: [{ at: "kommune.dk", state: "one", secure: true }] },
      spf: { tree: { domain: "kommune.dk", state: "policy", lookups: 1 }, lookups: 1, violations: [] },
      dkim: {
        selectors: expect.arrayContaining([expect.objectContaining({ selector: "selector1", key: "rsa 2048" })]),
      },
      judged: { requirement: "S23", verdict: "pass", cause: null },
      beside: [{ what: "MTA-STS", state: "absent" }, { what: "TLS-RPT" }, { what: "CAA" }],
    });
  });

  test("reads what the inventory says of the domain", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "kravvagt-dmarc-"));
    try {
      const file = path.join(folder, "inventory.yaml");
      const domain = "{ domain: kommune.dk, dkimSelectors: [selector1], sendsMail: true }";
      await writeFile(
        file,
        `version: 1\nmunicipality: { id: "0101", name: K }\nassets:\n  - ${domain}\n  - { host: min.kommune.dk }\n`,
      );
      const { stdout } = await dmarc({ records: ["min A 192.0.2.80"] }, ["--inventory", file]);
      expect(stdout).toContain("  C  selector1 (i fortegnelsen)  ✓ RSA 2048");
      expect(stdout).toContain("  min.kommune.dk  ");
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test("an interrupt ends it with 130", async () => {
    const signals = new EventEmitter();
    const world = { zones: [goodZone()] };
    const { resolver } = contextOf(world);
    const interrupted: ProbeContext["resolver"] = {
      ...resolver,
      ask: (question, options) => {
        signals.emit("SIGINT");
        return resolver.ask(question, options);
      },
    };
    const { services, closed } = servicesIn(world, { resolver: interrupted });
    expect(await runMain(["dmarc", "kommune.dk"], { services, signals })).toMatchObject({
      code: 130,
      stdout: "",
      stderr: "Afbrudt.\n",
    });
    expect(closed.times).toBe(1);
  });
});

describe("the command line", () => {
  test.each([
    ["no name", ["dmarc"], 64],
    ["what is no name", ["dmarc", "kommune dk"], 64],
    ["a format that there is not", ["dmarc", "kommune.dk", "--format", "csv"], 64],
    ["an inventory that there is not", ["dmarc", "kommune.dk", "--inventory", "/none.yaml"], 66],
    ["no name", ["dane"], 64],
    ["an address", ["dane", "192.0.2.1"], 64],
  ])("with %s: %j", async (_, args, code) => {
    const { services } = servicesIn({ zones: [goodZone()] });
    expect((await runMain(args, { services })).code).toBe(code);
  });

  test("help tells of ingest", async () => {
    const { code, stdout } = await runMain(["dmarc", "--help"]);
    expect(code).toBe(0);
    expect(stdout).toContain("ingest");
  });
});
