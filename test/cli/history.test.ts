import { beforeAll, describe, expect, test } from "@jest/globals";
import type { JudgingServices } from "../../lib/cli/services.ts";
import { StoreError, type StoreProblem } from "../../lib/ports.ts";
import { type HistoryReport, historyForm } from "../../lib/reports/history-form.ts";
import { s18 } from "../../lib/requirements/s18/requirement.ts";
import { noteMunicipality } from "../../lib/watch/municipalities.ts";
import { type RememberedMunicipality, rememberedMunicipality } from "../support/remembered.ts";
import { runMain } from "./run-main.ts";

const SIGNED = "domain:oevelse.dk";

let remembered: RememberedMunicipality;
let services: Partial<JudgingServices>;

beforeAll(async () => {
  remembered = await rememberedMunicipality();
  await remembered.round("2026-11-20T10:00:00.000Z", ["signed", "idn", "all-silent"]);
  await remembered.round("2026-11-21T10:00:00.000Z", ["signed", "idn", "all-silent"], { signed: "expired" });
  await remembered.round("2026-11-22T10:00:00.000Z", ["signed", "idn", "all-silent"]);
  services = { openData: remembered.open, now: () => Date.parse("2026-11-22T10:30:00.000Z") };
});

function history(...args: readonly string[]) {
  return runMain(["history", ...args], { services });
}

/** The same services over an evidence store without one text. */
function without(address: string): Partial<JudgingServices> {
  const evidence = {
    ...remembered.evidence,
    get: async (asked: string) => (asked === address ? null : remembered.evidence.get(asked)),
  };
  return { ...services, openData: async () => ({ ...(await remembered.open()), evidence }) };
}

describe("history", () => {
  test("tells every change with its finding and evidence, and what is so now", async () => {
    const { code, stdout, stderr } = await history(SIGNED, "S18");
    expect([code, stderr]).toEqual([0, ""]);
    const lines = stdout.split("\n");
    expect(lines.slice(0, 2)).toEqual(["S18  DNSSEC på alle domæner", SIGNED]);
    expect(lines[3]).toMatch(/^Nu: opfyldt, siden 22\. november 2026 kl\. 11\.00/u);
    expect(stdout).toContain(" 1.  opfyldt  (første svar)");
    expect(stdout).toContain(" 2.  opfyldt → ikke opfyldt  (forringelse)");
    expect(stdout).toMatch(/^ {5}Signaturen på DNSKEY i genbrug-oevelse\.dk udløb .* \[S18_SIGNATURE_EXPIRED\]$/mu);
    expect(stdout).toContain(" 3.  ikke opfyldt → opfyldt  (genoprettet, afslutter nr. 2)");
    expect(stdout.match(/regler S18@1 kommune-2024, bevis sha256:[0-9a-f]{64}$/gmu)).toHaveLength(3);
    expect(stdout).not.toContain("Efterprøvet");
  });

  test("says that there has never been an answer, and why", async () => {
    const { code, stdout } = await history(remembered.assetId("all-silent"), "s18", "--lang", "en");
    expect(code).toBe(0);
    expect(stdout).toContain("Now: not known (DNS gave no answer)");
    expect(stdout).toContain("There has never been an answer.");
    expect(stdout).toMatch(/No answer since .*, 6 attempts: DNS gave no answer/u);
  });

  test("is there as JSON of the published form", async () => {
    const { code, stdout } = await history(SIGNED, "S18", "--verify", "--format", "json", "--lang", "en");
    expect(code).toBe(0);
    const report = historyForm.strict().parse(JSON.parse(stdout)) satisfies HistoryReport;
    expect(report).toMatchObject({
      municipality: "0101",
      asset: SIGNED,
      requirement: "S18",
      verification: { verifies: true },
    });
    expect(report.now).toMatchObject({ verdict: "pass", stale: false, openRegression: null, candidate: null });
    expect(report.transitions[1]).toMatchObject({ from: "pass", to: "fail", kind: "regression", problem: null });
    const [finding] = report.transitions[1]?.findings ?? [];
    expect(finding).toMatchObject({ tag: "S18_SIGNATURE_EXPIRED", outcome: "fail" });
    expect(finding?.text).toMatch(/^The signature on DNSKEY in genbrug-oevelse\.dk/u);
    expect(finding?.remedy).toBeDefined();
  });

  test("closes the data folder, also when it fails", async () => {
    const before = remembered.closed();
    await history(SIGNED, "S18");
    await history("andet.dk", "S18");
    expect(remembered.closed()).toBe(before + 2);
  });
});

describe("the asset may be named", () => {
  test.each(["oevelse.dk", "OEVELSE.dk", "domain:oevelse.dk", "oevelse.dk."])("as %s", async (name) => {
    expect((await history(name, "S18")).stdout.split("\n")[1]).toBe(SIGNED);
  });

  test("in its own alphabet", async () => {
    expect((await history("øvelse.dk", "S18")).stdout.split("\n")[1]).toBe("domain:xn--velse-uua.dk");
  });

  test.each([
    [["oevelsse.dk", "S18"], /Der huskes intet om oevelsse\.dk for dette krav\. Mente du oevelse\.dk\?/u],
    [["noget-helt-andet.example", "S18"], /Der huskes intet om noget-helt-andet\.example for dette krav\.$/mu],
    [["oevelse.dk", "S99"], /Kravet S99 findes ikke\. Vælg blandt/u],
    [["oevelse.dk", "S20"], /Der huskes intet om oevelse\.dk/u],
    [["oevelse.dk"], /Argumentet requirement mangler/u],
    [["oevelse.dk", "S18", "--format", "csv"], /--format: csv kendes ikke/u],
  ])("%j is wrong usage", async (args, wanted) => {
    const { code, stdout, stderr } = await history(...args);
    expect([code, stdout]).toEqual([64, ""]);
    expect(stderr).toMatch(wanted);
  });

  test("and must be one asset only", async () => {
    const folder = await remembered.open();
    const table = {
      ...folder.table,
      query: async (...args: Parameters<typeof folder.table.query>) => {
        const items = await folder.table.query(...args);
        if (args[0] !== "M#0101#S18") return items;
        const [first] = items;
        const twin = { ...first!, sk: "host:twin.dk", body: { ...(first!.body as object), asset: "host:twin.dk" } };
        return [twin, { ...twin, sk: "domain:twin.dk", body: { ...(first!.body as object), asset: "domain:twin.dk" } }];
      },
    };
    const ran = await runMain(["history", "twin.dk", "S18"], {
      services: { ...services, openData: async () => ({ ...folder, table }) },
    });
    expect(ran.code).toBe(64);
    expect(ran.stderr).toContain("twin.dk kan være flere aktiver. Skriv hele id'et:");
  });
});

describe("--verify", () => {
  test("says what was verified", async () => {
    const { code, stdout } = await history(SIGNED, "S18", "--verify");
    expect(code).toBe(0);
    expect(stdout).toContain("✓ Kæden af hashværdier: 1 af 1");
    expect(stdout).toContain("✓ Samme dom af samme observationer: 3 af 3");
    expect(stdout.trimEnd().split("\n").at(-1)).toBe("Historikken holder.");
  });

  test("names every break, and ends with 1", async () => {
    const subject = { municipality: "0101", requirement: "S18", asset: SIGNED } as const;
    const [, second] = await remembered.memory.transitions.history(subject);
    const lost = without(second!.evidence);
    const { code, stdout } = await runMain(["history", SIGNED, "S18", "--verify"], { services: lost });
    expect(code).toBe(1);
    expect(stdout).toContain("✗ Observationerne og deres adresse: 2 af 3");
    expect(stdout).toContain(`nr. 2: mangler i datamappen (${second!.evidence}: nothing is kept under this address)`);
    expect(stdout.trimEnd().split("\n").at(-1)).toBe("Historikken holder IKKE.");
    const judgement = await runMain(["history", SIGNED, "S18"], { services: without(second!.judgement) });
    expect(judgement.code).toBe(0);
    expect(judgement.stdout).toContain(`${second!.judgement} mangler i datamappen`);
  });

  test("says what was judged by older rules, and was not recomputed", async () => {
    const requirements = [{ ...s18, version: s18.version + 1 }];
    const ran = await runMain(["history", SIGNED, "S18", "--verify", "--lang", "en"], {
      services: { ...services, requirements },
    });
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain("? The same judgement of the same observations: 0 of 3");
    expect(ran.stdout).toContain("no. 2: judged by older rules, not recomputed (S18@1 kommune-2024)");
  });
});

describe("which municipality", () => {
  test("is asked for when there are several, and 66 when there is none", async () => {
    const other = await rememberedMunicipality();
    await other.round("2026-11-20T10:00:00.000Z", ["signed"]);
    await noteMunicipality(other.table, "0999");
    const two = { ...services, openData: other.open };
    const unsure = await runMain(["history", SIGNED, "S18"], { services: two });
    expect([unsure.code, unsure.stderr]).toEqual([64, expect.stringContaining("--municipality: 0101, 0999")]);
    const chosen = await runMain(["history", SIGNED, "S18", "--municipality", "0101"], { services: two });
    expect(chosen.code).toBe(0);
    const wrong = await runMain(["history", SIGNED, "S18", "--municipality", "1"], { services: two });
    expect([wrong.code, wrong.stderr]).toEqual([64, expect.stringContaining("1 huskes ikke her")]);
    await other.table.remove("K#municipalities", "0101");
    await other.table.remove("K#municipalities", "0999");
    const none = await runMain(["history", SIGNED, "S18"], { services: two });
    expect([none.code, none.stderr]).toEqual([66, expect.stringContaining("her huskes intet endnu")]);
  });
});

describe("a store that fails ends with 74 and says what to do", () => {
  const PROBLEMS: readonly StoreProblem[] = [
    ...(["not-ours", "newer", "locked", "corrupt", "read-only"] as const),
    ...(["full", "unreadable", "too-large", "unavailable"] as const),
  ];

  test.each(PROBLEMS)("%s", async (problem) => {
    const failing = { openData: () => Promise.reject(new StoreError(problem, "/tmp/$&/data", "for the curious")) };
    const [da, en] = [
      await runMain(["history", SIGNED, "S18"], { services: failing }),
      await runMain(["history", SIGNED, "S18", "--lang", "en"], { services: failing }),
    ];
    for (const { code, stdout, stderr } of [da, en]) {
      expect([code, stdout]).toEqual([74, ""]);
      expect(stderr.split("\n")[0]).toContain("/tmp/$&/data");
      expect(stderr).toContain("for the curious");
      expect(stderr).not.toContain("{path}");
    }
    expect(da.stderr.split("\n")[0]).not.toBe(en.stderr.split("\n")[0]);
  });

  test("also while it is read, and the folder is closed", async () => {
    const folder = await remembered.open();
    const broken = () => Promise.reject(new StoreError("corrupt", "/data/table", "not of its form"));
    const table = { ...folder.table, query: broken };
    const before = remembered.closed();
    const ran = await runMain(["history", SIGNED, "S18"], {
      services: { ...services, openData: async () => ({ ...folder, table }) },
    });
    expect([ran.code, ran.stderr]).toEqual([74, expect.stringContaining("/data/table er beskadiget")]);
    expect(remembered.closed()).toBe(before + 1);
  });
});
