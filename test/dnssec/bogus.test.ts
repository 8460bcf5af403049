import { describe, expect, test } from "@jest/globals";
import { judge } from "./support/judge.ts";
import { added, all, corrupted, early, expired, inLines, without } from "./support/edits.ts";
import type { ZoneEdit } from "./support/signed-zones.ts";

type Row = readonly [what: string, question: string, file: string, edit: ZoneEdit, fault: Fault];
interface Fault {
  readonly reason: string;
  readonly zone: string;
  readonly record: { readonly name: string; readonly type: string };
}

function fault(reason: string, zone: string, name: string, type: string): Fault {
  return { reason, zone, record: { name, type } };
}

const WWW_A = /^www\.kommune\.dk\. \d+ IN RRSIG A /;
const wwwFault = (reason: string): Fault => fault(reason, "kommune.dk.", "www.kommune.dk.", "A");
const keyFault = (reason: string): Fault => fault(reason, "kommune.dk.", "kommune.dk.", "DNSKEY");
const nsecFault = (reason: string, name: string): Fault => fault(reason, "kommune.dk.", name, "NSEC");

const ANSWERS: readonly Row[] = [
  ["its signature is missing", "www.kommune.dk/A", "kommune.dk", without(WWW_A), wwwFault("no-signature")],
  ["its signature has ended", "www.kommune.dk/A", "kommune.dk", expired(WWW_A), wwwFault("signature-expired")],
  ["its signature has not begun", "www.kommune.dk/A", "kommune.dk", early(WWW_A), wwwFault("signature-not-yet-valid")],
  ["its signature is corrupted", "www.kommune.dk/A", "kommune.dk", corrupted(WWW_A), wwwFault("signature-invalid")],
  [
    ...(["its data was changed", "www.kommune.dk/A", "kommune.dk"] as const),
    inLines(/^www\.kommune\.dk\. \d+ IN A 192\.0\.2\.80/, "192.0.2.80", "192.0.2.66"),
    wwwFault("signature-invalid"),
  ],
  [
    ...(["a record was added", "www.kommune.dk/A", "kommune.dk"] as const),
    added("www.kommune.dk. 3600 IN A 192.0.2.66"),
    wwwFault("signature-invalid"),
  ],
  [
    ...(["a record was removed", "www.kommune.dk/A", "kommune.dk"] as const),
    without(/^www\.kommune\.dk\. \d+ IN A 192\.0\.2\.81/),
    wwwFault("signature-invalid"),
  ],
  [
    ...(["its signer is another zone", "www.kommune.dk/A", "kommune.dk"] as const),
    inLines(WWW_A, / kommune\.dk\. /, " dk. "),
    wwwFault("signer-mismatch"),
  ],
  [
    ...(["its signature has the key tag of no key", "www.kommune.dk/A", "kommune.dk"] as const),
    inLines(WWW_A, / \d+ kommune\.dk\. /, " 1 kommune.dk. "),
    wwwFault("no-matching-key"),
  ],
  [
    ...(["its signature counts too many labels", "www.kommune.dk/A", "kommune.dk"] as const),
    inLines(WWW_A, "RRSIG A 13 3 ", "RRSIG A 13 4 "),
    wwwFault("malformed"),
  ],
  [
    ...(["its signature counts fewer labels than the zone", "www.kommune.dk/A", "kommune.dk"] as const),
    inLines(WWW_A, "RRSIG A 13 3 ", "RRSIG A 13 1 "),
    wwwFault("malformed"),
  ],
  [
    ...(["its signature pretends to be a wildcard's", "www.kommune.dk/A", "kommune.dk"] as const),
    inLines(WWW_A, "RRSIG A 13 3 ", "RRSIG A 13 2 "),
    wwwFault("signature-invalid"),
  ],
  [
    ...(["its signature ends before it begins", "www.kommune.dk/A", "kommune.dk"] as const),
    inLines(WWW_A, "20800101000000 20200101000000", "20200101000000 20800101000000"),
    wwwFault("malformed"),
  ],
  [
    ...(["its signature's original TTL was changed", "www.kommune.dk/A", "kommune.dk"] as const),
    inLines(WWW_A, "RRSIG A 13 3 3600", "RRSIG A 13 3 3601"),
    wwwFault("signature-invalid"),
  ],
  [
    ...(["only an algorithm that is not validated signs it", "www.kommune.dk/A", "kommune.dk"] as const),
    inLines(WWW_A, "RRSIG A 13 ", "RRSIG A 5 "),
    wwwFault("unsupported-algorithm"),
  ],
];

const ZSK = /^kommune\.dk\. \d+ IN DNSKEY 256/;
const KSK = /^kommune\.dk\. \d+ IN DNSKEY 257/;
const DNSKEY_SIGNATURE = /^kommune\.dk\. \d+ IN RRSIG DNSKEY/;
const DS = /^kommune\.dk\. \d+ IN DS /;
const DS_SIGNATURE = /^kommune\.dk\. \d+ IN RRSIG DS/;
const dsFault = (reason: string): Fault => fault(reason, "dk.", "kommune.dk.", "DS");

const CHAIN: readonly Row[] = [
  [
    "the DNSKEY RRset is gone",
    "kommune.dk/A",
    "kommune.dk",
    without(/ IN (RRSIG )?DNSKEY /),
    keyFault("dnskey-missing"),
  ],
  ["its signature is gone", "kommune.dk/A", "kommune.dk", without(DNSKEY_SIGNATURE), keyFault("no-signature")],
  ["its signature has ended", "kommune.dk/A", "kommune.dk", expired(DNSKEY_SIGNATURE), keyFault("signature-expired")],
  [
    "its signature is corrupted",
    "kommune.dk/A",
    "kommune.dk",
    corrupted(DNSKEY_SIGNATURE),
    keyFault("signature-invalid"),
  ],
  ["the key with the DS is gone", "kommune.dk/A", "kommune.dk", without(KSK), keyFault("no-key-matches-ds")],
  ["another key was removed", "kommune.dk/A", "kommune.dk", without(ZSK), keyFault("signature-invalid")],
  [
    ...(["the key with the DS is no zone key", "kommune.dk/A", "kommune.dk"] as const),
    inLines(KSK, "DNSKEY 257", "DNSKEY 1"),
    keyFault("no-key-matches-ds"),
  ],
  [
    ...(["the key with the DS has another protocol", "kommune.dk/A", "kommune.dk"] as const),
    inLines(KSK, "DNSKEY 257 3", "DNSKEY 257 4"),
    keyFault("no-key-matches-ds"),
  ],
  [
    "the DS was changed",
    "kommune.dk/A",
    "dk",
    inLines(DS, /.$/, (l) => (l === "0" ? "1" : "0")),
    dsFault("signature-invalid"),
  ],
  ["the DS has no signature", "kommune.dk/A", "dk", without(DS_SIGNATURE), dsFault("no-signature")],
  ["the DS has an old signature", "kommune.dk/A", "dk", expired(DS_SIGNATURE), dsFault("signature-expired")],
  [
    "the DS was taken away",
    "kommune.dk/A",
    "dk",
    without(/^kommune\.dk\. \d+ IN (RRSIG )?DS /),
    dsFault("denial-invalid"),
  ],
  [
    ...(["the parent's denials are gone", "unsigned.dk/A", "dk"] as const),
    without(/ NSEC3 /),
    fault("denial-missing", "dk.", "unsigned.dk.", "DS"),
  ],
  [
    ...(["the root's key is another", "kommune.dk/A", "root"] as const),
    without(/^\. \d+ IN DNSKEY 257/),
    fault("no-key-matches-anchor", ".", ".", "DNSKEY"),
  ],
];

const WILD = /^\*\.wild\.kommune\.dk\. \d+ IN RRSIG NSEC /;
const DENIALS: readonly Row[] = [
  [
    ...(["a name error has no NSEC", "nx.kommune.dk/A", "kommune.dk"] as const),
    without(/ NSEC /),
    fault("denial-missing", "kommune.dk.", "nx.kommune.dk.", "DS"),
  ],
  [
    ...(["an NSEC has no signature", "kommune.dk/LOC", "kommune.dk"] as const),
    without(/ IN RRSIG NSEC /),
    nsecFault("no-signature", "kommune.dk."),
  ],
  [
    ...(["an NSEC has an old signature", "kommune.dk/LOC", "kommune.dk"] as const),
    expired(/ RRSIG NSEC /),
    nsecFault("signature-expired", "kommune.dk."),
  ],
  [
    ...(["an NSEC was changed", "kommune.dk/TXT", "kommune.dk"] as const),
    all(without(/^kommune\.dk\. \d+ IN (RRSIG )?TXT /), inLines(/^kommune\.dk\. \d+ IN NSEC /, " TXT ", " ")),
    nsecFault("signature-invalid", "kommune.dk."),
  ],
  [
    ...(["the record that is there was taken away", "kommune.dk/TXT", "kommune.dk"] as const),
    without(/^kommune\.dk\. \d+ IN (RRSIG )?TXT /),
    fault("denial-invalid", "kommune.dk.", "kommune.dk.", "TXT"),
  ],
  [
    ...(["an NSEC3 has an old signature", "nsec3.test/LOC", "nsec3.test"] as const),
    expired(/ RRSIG NSEC3 /),
    { reason: "signature-expired", zone: "nsec3.test.", record: { name: expect.anything(), type: "NSEC3" } as never },
  ],
  [
    ...(["NSEC3 records use an unknown hash", "nsec3.test/LOC", "nsec3.test"] as const),
    inLines(/ IN NSEC3 /, "NSEC3 1 ", "NSEC3 2 "),
    fault("denial-missing", "nsec3.test.", "nsec3.test.", "LOC"),
  ],
  [
    ...(["NSEC3 records have unknown flags", "nsec3.test/LOC", "nsec3.test"] as const),
    inLines(/ IN NSEC3 /, "NSEC3 1 0 ", "NSEC3 1 2 "),
    fault("denial-missing", "nsec3.test.", "nsec3.test.", "LOC"),
  ],
  [
    ...(["a wildcard's denial has no signature", "x.wild.kommune.dk/MX", "kommune.dk"] as const),
    without(WILD),
    nsecFault("no-signature", "*.wild.kommune.dk."),
  ],
];

describe.each([
  ["an answer of which", ANSWERS],
  ["a chain of which", CHAIN],
  ["a denial of which", DENIALS],
])("%s", (_, rows) => {
  test.each(rows)("%s is bogus", (_what, question, file, edit, expected) => {
    expect(judge(question, { [file]: edit })).toMatchObject({ status: "bogus", ...expected });
  });
});
