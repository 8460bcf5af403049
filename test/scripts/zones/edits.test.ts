import { describe, expect, test } from "@jest/globals";
import { applyEdits } from "../../../scripts/zones/edits.ts";
import { keyTag, parseDnskey } from "../../../scripts/zones/key-digest.ts";
import type { Edit } from "../../../scripts/zones/recipe.ts";
import { formatZoneLines, parseZoneLines } from "../../../scripts/zones/zone-text.ts";

const KEY = parseDnskey("257 3 13 ktsjM9wBOD8X4BuWTu5CDK44Qy2zzlo4CniQ22Ir");
const TIMES = "20800101000000 20200101000000";

function zone(times = TIMES): string {
  return [
    "a.dk. 60 IN SOA ns.a.dk. host.a.dk. 1 2 3 4 5",
    `a.dk. 60 IN RRSIG SOA 13 2 60 ${times} ${String(keyTag(KEY))} a.dk. SSSSOA`,
    "a.dk. 60 IN MX 10 mail.a.dk.",
    `a.dk. 60 IN RRSIG MX 13 2 60 ${times} ${String(keyTag(KEY))} a.dk. SSSSMX`,
    `a.dk. 60 IN DNSKEY ${String(KEY.flags)} 3 13 ${KEY.publicKey}`,
    `a.dk. 60 IN RRSIG DNSKEY 13 2 60 ${times} ${String(keyTag(KEY))} a.dk. SSSSKEY`,
    "a.dk. 60 IN NSEC a.dk. SOA MX RRSIG NSEC DNSKEY",
    `a.dk. 60 IN RRSIG NSEC 13 2 60 ${times} ${String(keyTag(KEY))} a.dk. SSSSNSEC`,
    "",
  ].join("\n");
}

function edit(...edits: readonly Edit[]): string {
  const expired = parseZoneLines(zone("20200101000000 20190101000000"));
  return formatZoneLines(applyEdits(parseZoneLines(zone()), edits, expired));
}

describe("edits after signing", () => {
  test("drop the signatures over one type and no others", () => {
    const text = edit({ kind: "drop-signatures", covering: "MX" });
    expect(text).not.toContain("RRSIG MX");
    expect(text).toContain("IN MX 10 mail.a.dk.");
    expect(text).toContain("RRSIG SOA");
  });

  test("drop the signatures of one algorithm, except over one type", () => {
    const text = edit({ kind: "drop-signatures-by", algorithm: 13, except: "DNSKEY" });
    expect(text.match(/RRSIG (?=[A-Z])/gu)).toHaveLength(2);
    expect(text).toContain("RRSIG DNSKEY");
  });

  test("drop records of a type together with their signatures", () => {
    const text = edit({ kind: "drop-records", types: ["NSEC"] });
    expect(text).not.toContain("IN NSEC");
    expect(text).not.toContain("RRSIG NSEC");
  });

  test("corrupt signatures, keeping their length", () => {
    const text = edit({ kind: "corrupt-signatures", covering: "NSEC" });
    expect(text).toContain("a.dk. NSSSSSEC\n");
    expect(text).toContain("SSSSSOA\n".slice(1));
  });

  test("exchange the signatures over one type for old ones", () => {
    const text = edit({ kind: "expire-signatures", covering: "MX" });
    expect(text).toContain("RRSIG MX 13 2 60 20200101000000 20190101000000");
    expect(text).toContain(`RRSIG SOA 13 2 60 ${TIMES}`);
    expect(text.match(/RRSIG MX/gu)).toHaveLength(1);
  });

  test("renumber the algorithm of keys and signatures, with the key tags that follow", () => {
    const text = edit({ kind: "renumber-algorithm", to: 200 });
    const tag = String(keyTag({ ...KEY, algorithm: 200 }));
    expect(text).toContain(`DNSKEY 257 3 200 ${KEY.publicKey}`);
    expect(text).toContain(`RRSIG SOA 200 2 60 ${TIMES} ${tag} a.dk.`);
    expect(text).not.toMatch(/RRSIG \S+ 13 /u);
  });

  test("mix the case of owners", () => {
    expect(edit({ kind: "mix-case" })).toContain("A.Dk. 60 IN MX 10 mail.a.dk.");
  });

  test("an edit that finds nothing is an error", () => {
    expect(() => edit({ kind: "drop-signatures", covering: "TXT" })).toThrow("changed nothing");
  });
});
