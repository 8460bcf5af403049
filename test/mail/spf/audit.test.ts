import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { auditQuestions, auditSpf, type SpfAudit, type SpfEnding } from "../../../lib/mail/spf/audit.ts";
import { checkHost, type SpfResult } from "../../../lib/mail/spf/check-host.ts";
import { heardView } from "../../../lib/mail/spf/dns-view.ts";
import { isWithin, parseIpAddress } from "../../../lib/mail/spf/ip-address.ts";
import { MAX_LOOKUPS, MAX_VOIDS } from "../../../lib/mail/spf/limits.ts";
import { name } from "../../../lib/wire/name.ts";
import { asking, lookupIn, type Owner, type Zone } from "./zone-lookup.ts";

const DOMAIN = "n0.test";

function audited(zone: Zone): SpfAudit {
  return auditSpf(name(DOMAIN), heardView(lookupIn(zone)));
}

function record(text: string, more: Owner = {}): Owner {
  return { TXT: [[text]], ...more };
}

describe("bounds", () => {
  test("terms beyond the limit are counted a good deal further, and no address of theirs is asked for", () => {
    const terms = Array.from({ length: 30 }, (_, at) => `a:h${at}.test`).join(" ");
    const audit = audited({ [DOMAIN]: { TXT: [["v=spf1 ", terms.slice(0, 250), terms.slice(250), " -all"]] } });
    expect(audit.lookups).toBe(30);
    expect(audit.voids).toHaveLength(10);
    expect(audit.questions).toHaveLength(1 + 2 * 10);
  });

  test("a tree of includes without end ends", () => {
    const zone: Record<string, Owner> = {};
    for (let at = 0; at < 200; at += 1) {
      const next = Array.from({ length: 9 }, (_, step) => `include:n${at * 9 + step + 1}.test`).join(" ");
      zone[`n${at}.test`] = record(`v=spf1 ${next} -all`);
    }
    const audit = audited(zone);
    expect(audit.lookups).toBe(41);
    expect(audit.questions.length).toBeLessThan(45);
  });

  test("redirects and includes that follow each other without end, end", () => {
    const zone = Object.fromEntries(
      Array.from({ length: 100 }, (_, at) => [`n${at}.test`, record(`v=spf1 redirect=n${at + 1}.test`)]),
    );
    expect(audited(zone).lookups).toBe(41);
  });
});

describe("senders that a term in front lets through", () => {
  test.each([
    ["v=spf1 include:n1.test a:x.test ?all", "v=spf1 +all", "+"],
    ["v=spf1 -include:n1.test +all", "v=spf1 +all", "-"],
    ["v=spf1 ?include:n1.test -all", "v=spf1 all", "?"],
    ["v=spf1 include:n1.test ~all", "v=spf1 -all", "~"],
    ["v=spf1 include:n1.test ~all", "v=spf1 ?all", "~"],
    ["v=spf1 ~exists:n1.test +all", "v=spf1 -all", "~"],
  ])("%s with %s ends in %s", (own, other, qualifier) => {
    const zone = { [DOMAIN]: record(own), "n1.test": record(other, { A: ["127.0.0.2"] }) };
    expect(audited(zone).endings).toMatchObject([{ kind: "matched", qualifier }]);
    const sender = { ip: "203.0.113.9", helo: "h.test", mailFrom: `a@${DOMAIN}` };
    const results = { "+": "pass", "-": "fail", "?": "neutral", "~": "softfail" } as const;
    const result = results[qualifier as keyof typeof results];
    expect(checkHost(sender, lookupIn(zone))).toEqual({ status: "done", result });
  });
});

describe("senders that an include turns down go on", () => {
  test("so that what stands after it counts too", () => {
    const zone = {
      [DOMAIN]: record("v=spf1 -include:n1.test +all"),
      "n1.test": record("v=spf1 -ip4:0.0.0.0/1 -ip4:128.0.0.0/1 +all"),
    };
    expect(audited(zone).endings).toMatchObject([{ qualifier: "-" }, { qualifier: "+" }]);
  });
});

describe("what is asked", () => {
  test("a query that fails is a gap, not an answer", () => {
    const audit = audited({ [DOMAIN]: record("v=spf1 a:x.test -all"), "x.test": { timesOut: true } });
    expect(audit.gaps.map(({ question, cause }) => [question.type, cause])).toEqual([
      ["A", "dns-timeout"],
      ["AAAA", "dns-timeout"],
    ]);
    expect(audit.voids).toEqual([]);
  });

  test("an IPv6 address counts apart", () => {
    const zone = { [DOMAIN]: record("v=spf1 a:x.test a:y.test mx -all", { MX: [[1, "x.test"]] }), ...ADDRESSES };
    expect(audited(zone)).toMatchObject({ voids: [], voidQueries: 2 });
  });
});

const ADDRESSES: Zone = { "x.test": { A: ["192.0.2.1"] }, "y.test": { A: ["192.0.2.2"], AAAA: ["2001:db8::2"] } };

const NAMES = [DOMAIN, "n1.test", "n2.test", "n3.test", "n4.test", "gone.test"];
const anyName = fc.constantFrom(...NAMES);
const anyTerm = fc.oneof(
  fc.constantFrom("a", "mx", "ip4:192.0.2.0/28", "ip6:2001:db8::/64", "all", "moo"),
  fc.tuple(fc.constantFrom("a", "mx", "include", "include", "exists"), anyName).map((pair) => pair.join(":")),
);
const anyDirective = fc
  .tuple(fc.constantFrom(...Array<string>(12).fill(""), "-", "~", "?"), anyTerm)
  .map(([qualifier, term]) => `${qualifier}${term}`);
const anyRecord = fc
  .tuple(
    fc.array(anyDirective, { maxLength: 5 }),
    fc.constantFrom("-all", "-all", "~all", "?all", "", "redirect"),
    anyName,
  )
  .map(([terms, end, target]) => `v=spf1 ${[...terms, end === "redirect" ? `redirect=${target}` : end].join(" ")}`);
const anyOwner: fc.Arbitrary<Owner> = fc.record({
  TXT: fc.array(
    anyRecord.map((text) => [text]),
    { minLength: 0, maxLength: 2, size: "small" },
  ),
  A: fc.constantFrom([], ["192.0.2.1"], ["192.0.2.1", "192.0.2.17"]),
  AAAA: fc.constantFrom([], ["2001:db8::1"]),
  MX: fc.array(fc.tuple(fc.constant(1), anyName), { maxLength: 3 }),
});
const anyZone: fc.Arbitrary<Zone> = fc
  .tuple(anyRecord, anyOwner, fc.array(anyOwner, { minLength: 4, maxLength: 4 }))
  .map(([text, own, others]) => ({
    [DOMAIN]: { ...own, TXT: [[text]] },
    ...Object.fromEntries(others.map((owner, at) => [`n${at + 1}.test`, owner])),
  }));

const FOREIGN = ["203.0.113.9", "2001:db8:ffff::9"];
const KNOWN = ["192.0.2.1", "192.0.2.3", "192.0.2.17", "2001:db8::1", "2001:db8::5"];

function resultFor(zone: Zone, ip: string): SpfResult {
  const check = checkHost({ ip, helo: "helo.test", mailFrom: `someone@${DOMAIN}` }, lookupIn(zone));
  if (check.status !== "done") throw new Error("not done");
  return check.result;
}

function resultOf(ending: SpfEnding): SpfResult {
  const results = { "+": "pass", "-": "fail", "?": "neutral", "~": "softfail" } as const;
  return ending.kind === "matched" ? results[ending.qualifier] : "neutral";
}

/** Where terms turn senders down, some faults may be met by those alone. */
function turnsNobodyDown(zone: Zone): boolean {
  return !Object.values(zone).some(({ TXT = [] }) => TXT.flat().some((text) => / [-~?](?!all)/.test(text)));
}

/** Faults that stop any evaluation that comes to them. */
function stops({ violations, lookups, voids }: SpfAudit): boolean {
  return (
    lookups > MAX_LOOKUPS ||
    voids.length > MAX_VOIDS ||
    violations.some(({ kind }) => ["syntax", "missing", "several", "loop", "mx-names"].includes(kind))
  );
}

describe("the audit and check_host() agree over any records", () => {
  const seen = { stopped: 0, clean: 0, passed: 0 };

  test("on senders that no term names, and on every sender", () => {
    fc.assert(
      fc.property(anyZone, (zone) => {
        const audit = audited(zone);
        if (stops(audit)) {
          seen.stopped += 1;
          for (const ip of turnsNobodyDown(zone) ? FOREIGN : []) expect(resultFor(zone, ip)).toBe("permerror");
          return;
        }
        if (audit.voidQueries > MAX_VOIDS) return;
        seen.clean += 1;
        const expected = new Set(audit.endings.map(resultOf));
        for (const ip of FOREIGN) expect(expected).toContain(resultFor(zone, ip));
        for (const ip of KNOWN) {
          const result = resultFor(zone, ip);
          expect(["permerror", "temperror", "none"]).not.toContain(result);
          if (result !== "pass" || expected.has("pass")) continue;
          seen.passed += 1;
          const address = parseIpAddress(ip) ?? [];
          const granting = audit.grants.filter(({ network, prefix }) => isWithin(address, network, prefix));
          expect(granting.length).toBeGreaterThan(0);
          expect(audit.authorises).toBe(true);
        }
      }),
      { numRuns: 1_500 },
    );
    // Each way must have been gone often.
    for (const [way, times] of Object.entries(seen)) expect([way, times > 100]).toEqual([way, true]);
  });

  test("asking step by step hears everything that the audit reads", () => {
    fc.assert(
      fc.property(anyZone, (zone) => {
        const { lookup, ask } = asking(lookupIn(zone));
        let rounds = 0;
        while (ask(auditQuestions(name(DOMAIN), lookup)) > 0) rounds += 1;
        expect(rounds).toBeLessThan(20);
        expect(auditSpf(name(DOMAIN), heardView(lookup))).toEqual(audited(zone));
      }),
      { numRuns: 300 },
    );
  });
});
