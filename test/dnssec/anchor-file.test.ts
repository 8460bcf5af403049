import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { ROOT_ANCHORS } from "../../data/root-anchors.ts";
import { parseAnchorFile } from "../../lib/dnssec/anchor-file.ts";

const KSK_2017 = "E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D";
const DS = `. IN DS 20326 8 2 ${KSK_2017}`;
const EXPECTED = { zone: ".", keyTag: 20326, algorithm: 8, digestType: 2, digest: KSK_2017 };
/** The root's KSK-2017 as a DNSKEY: its SHA-256 digest is the DS above. */
const KEY =
  "AwEAAaz/tAm8yTn4Mfeh5eyI96WSVexTBAvkMgJzkKTOiW1vkIbzxeF3+/4RgWOq7HrxRixHlFlExOLAJr5emLvN7SWXgnLh4+B5xQlNVz8Og8kv" +
  "ArMtNROxVQuCaSnIDdD5LKyWbRd2n9WGe2R8PzgCmr3EgVLrjyBxWezF0jLHwVN8efS3rCj/EWgvIWgb9tarpVUDK/b58Da+sqqls3eNbuv7pr+e" +
  "oZG+SrDK6nWeL3c6H5Apxz7LjVc1uTIdsIXxuOLYA4/ilBmSVIzuDWfdRUfhHdY6+cn8HFRm+2hM8AnXGXws9555KrUB5qihylGa8subX2Nn6UwN" +
  "R1AkUTV74bU=";

function problemOf(text: string): string {
  const result = parseAnchorFile(text);
  return result.ok ? "" : result.problem;
}

describe("trust anchors", () => {
  test.each([
    ["a DS record", DS],
    ["with a TTL", `. 172800 IN DS 20326 8 2 ${KSK_2017}`],
    ["with class before TTL", `. IN 2d DS 20326 8 2 ${KSK_2017}`],
    ["without class", `. DS 20326 8 2 ${KSK_2017}`],
    ["in lower case", `. in ds 20326 8 2 ${KSK_2017.toLowerCase()}`],
    ["with a digest in pieces", `. IN DS 20326 8 2 ( ${KSK_2017.slice(0, 30)}\n  ${KSK_2017.slice(30)} ) ; comment`],
    ["twice", `${DS}\n${DS}`],
    ["between comments", `; first\n# second\n// third\n\n${DS} ; fourth\n`],
    ["with other line ends", `${DS}\r\n`],
    ["in unbound's form", `  trust-anchor: ". DS 20326 8 2 ${KSK_2017}"`],
    ["in BIND's form", `. static-ds 20326 8 2 "${KSK_2017}";`],
    ["in BIND's managed form", `"." initial-ds 20326 8 2 "${KSK_2017}";`],
    ["a DNSKEY record", `. IN DNSKEY 257 3 8 ${KEY}`],
    ["a DNSKEY record with state", `.\t86400\tIN\tDNSKEY\t257 3 8 ${KEY} ;{id = 20326 (ksk)} ;;state=2`],
    ["a key in BIND's form", `. initial-key 257 3 8 "${KEY.slice(0, 100)} ${KEY.slice(100)}";`],
  ])("%s", (_, text) => {
    expect(parseAnchorFile(text)).toEqual({ ok: true, value: [EXPECTED] });
  });

  test("of several zones, in order", () => {
    const result = parseAnchorFile(`${DS}\nExample.DK. IN DS 1 13 4 ${"ab".repeat(48)}\nlab IN DS 2 15 9 00`);
    expect(result.ok && result.value.map(({ zone, keyTag }) => [zone, keyTag])).toEqual([
      [".", 20326],
      ["example.dk.", 1],
      ["lab.", 2],
    ]);
  });
});

describe("a problem names line and field", () => {
  test.each([
    ["", "the file holds no trust anchor"],
    ["; only a comment\n", "the file holds no trust anchor"],
    [`${DS}\n. IN A 192.0.2.1`, "line 2: type"],
    [". IN", "line 1: type"],
    ["a..b IN DS 1 8 2 00", "line 1: owner"],
    [". IN DS x 8 2 00", "line 1: key tag"],
    [". IN DS 65536 8 2 00", "line 1: key tag"],
    [". IN DS -1 8 2 00", "line 1: key tag"],
    [". IN DS", "line 1: key tag: missing"],
    [". IN DS 1 256 2 00", "line 1: algorithm"],
    [". IN DS 1", "line 1: algorithm: missing"],
    [". IN DS 1 8 two 00", "line 1: digest type"],
    [". IN DS 1 8 2", "line 1: digest"],
    [". IN DS 1 8 2 0g", "line 1: digest"],
    [". IN DS 1 8 2 000", "line 1: digest"],
    [`. IN DS 1 8 2 ${KSK_2017.slice(2)}`, "line 1: digest: 31 octets instead of the 32 of digest type 2"],
    [`. IN DS 1 8 1 ${KSK_2017}`, "line 1: digest: 32 octets"],
    [`. IN DS 1 8 4 ${KSK_2017}`, "line 1: digest: 32 octets"],
    [`. IN DNSKEY x 3 8 ${KEY}`, "line 1: flags"],
    [`. IN DNSKEY 257 x 8 ${KEY}`, "line 1: protocol"],
    [`. IN DNSKEY 257 3 x ${KEY}`, "line 1: algorithm"],
    [". IN DNSKEY 257 3 8", "line 1: public key"],
    [". IN DNSKEY 257 3 8 AwE*", "line 1: public key"],
    [". IN DNSKEY 257 3 8 AwE", "line 1: public key"],
    [`. IN DNSKEY 385 3 8 ${KEY}`, "line 1: flags"],
    [`. IN DNSKEY 1 3 8 ${KEY}`, "line 1: flags"],
    [`. IN DNSKEY 257 2 8 ${KEY}`, "line 1: flags"],
    [`\n\n. IN DS 20326 8 2 ( ${KSK_2017}`, "line 3"],
    [`. IN DS 20326 8 2 ) ${KSK_2017}`, "line 1"],
    [`. IN DS 20326 8 2 "${KSK_2017}`, "line 1"],
  ])("%j", (text, problem) => {
    expect(problemOf(text)).toContain(problem);
  });
});

describe("the root's anchors", () => {
  test("are KSK-2017 and KSK-2024", () => {
    expect(ROOT_ANCHORS.map(({ zone, keyTag }) => [zone, keyTag])).toEqual([
      [".", 20326],
      [".", 38696],
    ]);
    expect(ROOT_ANCHORS[0]).toEqual(EXPECTED);
  });

  const copy = "/usr/share/dns/root.ds";
  const hasCopy = existsSync(copy);
  test(`are those of the system's copy${hasCopy ? "" : " (there is none here: the data alone is checked)"}`, () => {
    const text = hasCopy ? readFileSync(copy, "utf8") : ROOT_ANCHORS.map(asText).join("\n");
    expect(parseAnchorFile(text)).toEqual({ ok: true, value: ROOT_ANCHORS });
  });

  function asText({ zone, keyTag, algorithm, digestType, digest }: (typeof ROOT_ANCHORS)[number]): string {
    return [zone, "IN", "DS", keyTag, algorithm, digestType, digest].join(" ");
  }
});
