import { describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import path from "node:path";
import { checkHost, type SpfCheck, type SpfResult, type SpfSender } from "../../../lib/mail/spf/check-host.ts";
import { asking, lookupIn, type Zone } from "./zone-lookup.ts";

interface Suite {
  readonly source: string;
  readonly sections: readonly {
    readonly section: string;
    readonly zone: Zone;
    readonly cases: readonly (SpfSender & { readonly name: string; readonly results: readonly SpfResult[] })[];
  }[];
}

const suite = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, "../../vectors/spf/rfc7208.json"), "utf8"),
) as Suite;

/** Cases that do not concern the result for a record, by name and reason. There are none: only explanations are left out. */
const EXCLUDED: Readonly<Record<string, string>> = {};

const CASES_OF_THE_SUITE = 203;

/** Asks for one question after the other, as the evaluation wants them. */
function resolveStepwise(sender: SpfSender, zone: Zone): SpfCheck {
  const { lookup, ask } = asking(lookupIn(zone));
  for (;;) {
    const check = checkHost(sender, lookup);
    if (check.status === "done") return check;
    expect(ask(check.questions)).toBeGreaterThan(0);
  }
}

describe("RFC 7208 suite", () => {
  const cases = suite.sections.flatMap(({ section, zone, cases: own }) =>
    own.map((one) => ({ ...one, title: `${section}: ${one.name}`, zone })),
  );
  const judged = cases.filter(({ name }) => EXCLUDED[name] === undefined);

  test.each(judged)("$title", ({ zone, results, ip, helo, mailFrom }) => {
    const check = resolveStepwise({ ip, helo, mailFrom }, zone);
    expect(results).toContain(check.status === "done" ? check.result : check.status);
  });

  test("is run as a whole", () => {
    const agree = judged.filter(({ zone, results, ip, helo, mailFrom }) => {
      const check = checkHost({ ip, helo, mailFrom }, lookupIn(zone));
      return check.status === "done" && results.includes(check.result);
    });
    process.stdout.write(`RFC 7208 suite: ${agree.length} of ${cases.length} agree (explanations are not compared)\n`);
    for (const [name, reason] of Object.entries(EXCLUDED)) process.stdout.write(`left out: ${name}: ${reason}\n`);
    expect(cases.length).toBe(CASES_OF_THE_SUITE);
    expect(agree.length).toBe(cases.length - Object.keys(EXCLUDED).length);
  });
});
