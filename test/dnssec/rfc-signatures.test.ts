import { describe, expect, test } from "@jest/globals";
import { DNSSEC_POLICY } from "../../data/dnssec-policy.ts";
import { recordSet } from "../../lib/dnssec/record-set.ts";
import { verifySet } from "../../lib/dnssec/rrset-signature.ts";
import { openSession } from "../../lib/dnssec/session.ts";
import type { Answer } from "../../lib/dnssec/answer.ts";
import type { Signer } from "../../lib/dnssec/rrset-signature.ts";
import type { KeySet } from "../../lib/dnssec/key-set.ts";
import { Recall } from "../../lib/dnssec/recall.ts";
import { createSignatureMemo } from "../../lib/dnssec/signature-memo.ts";
import { digestOfKey, zoneKeysOf } from "../../lib/dnssec/zone-key.ts";
import { name } from "../../lib/wire/name.ts";
import { readZone } from "./support/signed-zones.ts";

interface Vector {
  readonly source: string;
  readonly zone: string;
  readonly at: string;
  readonly keyTag: number;
  readonly dnskey: string;
  readonly record: string;
  readonly rrsig: string;
}

const WWW = "www.example.net. 3600 IN A 192.0.2.1";
const MX = "example.com. 3600 IN MX 10 mail.example.com.";

/** The examples of RFC 5702 section 6, RFC 6605 section 6, and RFC 8080 section 6.1 as its erratum 4935 corrects it. */
const VECTORS: readonly Vector[] = [
  {
    ...{ source: "RFC 5702 6.1 RSASHA256", zone: "example.net.", at: "2026-01-01", keyTag: 9033 },
    dnskey: `256 3 8 AwEAAcFcGsaxxdgiuuGmCkVImy4h99CqT7jwY3pexPGcnUFtR2Fh36Bponcw
      tkZ4cAgtvd4Qs8PkxUdp6p/DlUmObdk=`,
    record: "www.example.net. 3600 IN A 192.0.2.91",
    rrsig: `A 8 3 3600 20300101000000 20000101000000 9033 example.net.
      kRCOH6u7l0QGy9qpC9l1sLncJcOKFLJ7GhiUOibu4teYp5VE9RncriShZNz85mwlMgNEacFYK/lPtPiVYP4bwg==`,
  },
  {
    ...{ source: "RFC 5702 6.2 RSASHA512", zone: "example.net.", at: "2026-01-01", keyTag: 3740 },
    dnskey: `256 3 10 AwEAAdHoNTOW+et86KuJOWRDp1pndvwb6Y83nSVXXyLA3DLroROUkN6X0O6p
      nWnjJQujX/AyhqFDxj13tOnD9u/1kTg7cV6rklMrZDtJCQ5PCl/D7QNPsgVs
      Mu1J2Q8gpMpztNFLpPBz1bWXjDtaR7ZQBlZ3PFY12ZTSncorffcGmhOL`,
    record: "www.example.net. 3600 IN A 192.0.2.91",
    rrsig: `A 10 3 3600 20300101000000 20000101000000 3740 example.net.
      tsb4wnjRUDnB1BUi+t6TMTXThjVnG+eCkWqjvvjhzQL1d0YRoOe0CbxrVDYd0xDtsuJRaeUw1ep94PzEWzr0iGYgZBWm
      /zpq+9fOuagYJRfDqfReKBzMweOLDiNa8iP5g9vMhpuv6OPlvpXwm9Sa9ZXIbNl1MBGk0fthPgxdDLw=`,
  },
  {
    ...{ source: "RFC 6605 6.1 ECDSAP256SHA256", zone: "example.net.", at: "2010-08-20", keyTag: 55648 },
    dnskey: `257 3 13 GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edb
      krSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA==`,
    record: WWW,
    rrsig: `A 13 3 3600 20100909100439 20100812100439 55648 example.net.
      qx6wLYqmh+l9oCKTN6qIc+bw6ya+KJ8oMz0YP107epXAyGmt+3SNruPFKG7tZoLBLlUzGGus7ZwmwWep666VCw==`,
  },
  {
    ...{ source: "RFC 6605 6.2 ECDSAP384SHA384", zone: "example.net.", at: "2010-08-20", keyTag: 10771 },
    dnskey: `257 3 14 xKYaNhWdGOfJ+nPrL8/arkwf2EY3MDJ+SErKivBVSum1w/egsXvSADtNJhyem5RC
      OpgQ6K8X1DRSEkrbYQ+OB+v8/uX45NBwY8rp65F6Glur8I/mlVNgF6W/qTI37m40`,
    record: WWW,
    rrsig: `A 14 3 3600 20100909102025 20100812102025 10771 example.net.
      /L5hDKIvGDyI1fcARX3z65qrmPsVz73QD1Mr5CEqOiLP95hxQouuroGCeZOvzFaxsT8Glr74hbavRKayJNuydCuz
      WTSSPdz7wnqXL5bdcJzusdnI0RSMROxxwGipWcJm`,
  },
  {
    ...{ source: "RFC 8080 6.1 Ed25519, first", zone: "example.com.", at: "2015-08-10", keyTag: 3613 },
    dnskey: "257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=",
    record: MX,
    rrsig: `MX 15 2 3600 1440021600 1438207200 3613 example.com.
      oL9krJun7xfBOIWcGHi7mag5/hdZrKWw15jPGrHpjQeRAvTdszaPD+QLs3fx8A4M3e23mRZ9VrbpMngwcrqNAg==`,
  },
  {
    ...{ source: "RFC 8080 6.1 Ed25519, second", zone: "example.com.", at: "2015-08-10", keyTag: 35217 },
    dnskey: "257 3 15 zPnZ/QwEe7S8C5SPz2OfS5RR40ATk2/rYnE9xHIEijs=",
    record: MX,
    rrsig: `MX 15 2 3600 1440021600 1438207200 35217 example.com.
      zXQ0bkYgQTEFyfLyi9QoiY6D8ZdYo4wyUhVioYZXFdT410QPRITQSqJSnzQoSm5poJ7gD7AQR0O7KuI5k2pcBg==`,
  },
];

function verify(vector: Vector, record = vector.record): unknown {
  const { zone, dnskey, rrsig, at } = vector;
  const owner = record.split(" ")[0] ?? "";
  const oneLine = (text: string): string => text.replace(/\s+/g, " ");
  const keys = zoneKeysOf(readZone(`${zone} 3600 IN DNSKEY ${oneLine(dnskey)}`));
  const records = readZone(`${record}\n${owner} 3600 IN RRSIG ${oneLine(rrsig)}`);
  const set = recordSet(records, name(owner), records[0]?.type ?? "");
  const moment = Date.parse(at) / 1000;
  const context = {
    anchors: [],
    at: moment,
    policy: DNSSEC_POLICY,
    memo: createSignatureMemo(),
    keySets: new Recall<KeySet>(),
    answers: new WeakMap<Signer, Recall<Answer>>(),
  };
  expect(keys.map(({ keyTag }) => keyTag)).toEqual([vector.keyTag]);
  return verifySet(
    set,
    { zone: name(zone), keys },
    openSession(context, () => undefined),
  );
}

describe.each(VECTORS.map((vector) => [vector.source, vector] as const))("%s", (_, vector) => {
  test("verifies", () => {
    expect(verify(vector)).toMatchObject({
      ok: true,
      encloser: null,
      use: { keyTag: vector.keyTag, zone: vector.zone },
    });
  });
  test("does not verify other data", () => {
    const other = vector.record.replace("192.0.2.", "192.0.3.").replace("MX 10", "MX 11");
    expect(verify(vector, other)).toEqual({ ok: false, reason: "signature-invalid" });
  });
  test("verifies when a name in the data has other letter case", () => {
    expect(verify(vector, vector.record.replace("mail.", "MaiL."))).toMatchObject({ ok: true });
  });
});

describe("DS digests", () => {
  test.each([
    [2, 2, "b4c8c1fe2e7477127b27115656ad6256f424625bf5c1e2770ce6d6e37df61d17"],
    [3, 4, "72d7b62976ce06438e9c0bf319013cf801f09ecc84b8d7e9495f27e305c6a9b0563a9b5f4d288405c3008a946df983d6"],
    [4, 2, "3aa5ab37efce57f737fc1627013fee07bdf241bd10f3b1964ab55c78e79a304b"],
    [5, 2, "401781b934e392de492ec77ae2e15d70f6575a1c0bc59c5275c04ebe80c6614c"],
  ])("of the key in vector %i, type %i", (index, digestType, digest) => {
    const { zone = "", dnskey = "" } = VECTORS[index] ?? {};
    const [key] = zoneKeysOf(readZone(`${zone} 3600 IN DNSKEY ${dnskey.replace(/\s+/g, " ")}`));
    expect(digestOfKey(digestType, name(zone), key?.rdata ?? new Uint8Array())?.toString("hex")).toBe(digest);
  });

  test("of an unknown type are not computed", () => {
    expect(digestOfKey(3, name("example."), new Uint8Array())).toBeNull();
  });

  test("RFC 4034 5.4: SHA-1, and a key tag of appendix B", () => {
    const [key] = zoneKeysOf(
      readZone(
        `dskey.example.com. 86400 IN DNSKEY 256 3 5 AQOeiiR0GOMYkDshWoSKz9XzfwJr1AYtsmx3TGkJaNXVbfi/2pHm822aJ5iI9BMzNXxeYCmZ` +
          "DRD99WYwYqUSdjMmmAphXdvxegXd/M5+X7OrzKBaMbCVdFLUUh6DhweJBjEVv5f2wwjM9XzcnOf+EPbtG9DMBmADjFDc2w/rljwvFw==",
      ),
    );
    expect(key?.keyTag).toBe(60485);
    const digest = digestOfKey(1, name("dskey.example.com."), key?.rdata ?? new Uint8Array());
    expect(digest?.toString("hex")).toBe("2bb183af5f22588179a53b0a98631fad1a292118");
  });
});
