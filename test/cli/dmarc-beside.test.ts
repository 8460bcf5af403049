import { describe, expect, test } from "@jest/globals";
import type { World } from "../../lib/core/scenario.ts";
import { type Companion, companionLines, readCompanions } from "../../lib/cli/dmarc-beside.ts";
import { PROBLEM_WORDS } from "../../lib/cli/dmarc-beside-words.ts";
import { plain } from "../../lib/reports/paint.ts";
import { name } from "../../lib/wire/name.ts";
import { contextOf } from "../support/world/world-context.ts";

const DOMAIN = "kommune.dk";

function worldOf(...records: readonly string[]): World {
  return { zones: [{ name: DOMAIN, records }] };
}

async function told(world: World, language: "da" | "en" = "da"): Promise<string> {
  return companionLines(await readCompanions(name(DOMAIN), contextOf(world)), language, plain).join("\n");
}

describe("beside the requirements", () => {
  test("what is there, and what it says", async () => {
    const text = await told(
      worldOf(
        '_mta-sts TXT "v=STSv1; id=20260101"',
        '_smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@kommune.dk"',
        '@ CAA 0 issue "ca.example"',
        '@ CAA 0 issuewild ";"',
      ),
    );
    expect(text).toContain("MTA-STS  ✓ findes, signeret  _mta-sts.kommune.dk\n      v=STSv1; id=20260101");
    expect(text).toContain("TLS-RPT  ✓ findes, signeret");
    expect(text).toContain("må udstede certifikater: ca.example; med jokertegn: ingen");
    expect(text).toContain("er ikke hentet");
  });

  test("what is not there", async () => {
    const text = await told(worldOf("@ MX 10 mail"), "en");
    for (const what of ["MTA-STS", "TLS-RPT", "CAA"]) expect(text).toContain(`${what}  – does not exist`);
  });

  test("what senders cannot use", async () => {
    const text = await told(
      worldOf(
        '_mta-sts TXT "v=STSv1; id=1"',
        '_mta-sts TXT "v=STSv1; id=2"',
        '_smtp._tls TXT "v=TLSRPTv1; rua=tls@b.dk"',
      ),
    );
    expect(text).toContain("✗ 2 optegnelser: ingen af dem tæller");
    expect(text).toContain("✗ rua har ingen adresse");
  });

  test.each(Object.entries(PROBLEM_WORDS))("%s is told in both languages", (problem, words) => {
    const at = name("_mta-sts.kommune.dk");
    const invalid = { what: "MTA-STS", state: "invalid", at, problem, texts: [] } as unknown as Companion;
    expect(companionLines([invalid], "da", plain).join("\n")).toContain(words.da);
    expect(companionLines([invalid], "en", plain).join("\n")).toContain(words.en);
  });

  test("silence is not known, which is not the same as nothing", async () => {
    const context = contextOf(worldOf("@ MX 10 mail"));
    const { resolver } = context;
    const silent = async (): Promise<never> => ({ state: "unobserved", cause: "dns-timeout", detail: "" }) as never;
    const found = await readCompanions(name(DOMAIN), { ...context, resolver: { ...resolver, ask: silent } });
    expect(found.map(({ state }) => state)).toEqual(["unknown", "unknown", "unknown"]);
    expect(
      companionLines(found, "en", plain)
        .join("\n")
        .match(/\? not known/g),
    ).toHaveLength(3);
  });
});
