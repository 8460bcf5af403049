import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { parseCertificate } from "../../lib/tls/certificate.ts";
import { dhPrimeOf } from "../../lib/tls/dh-groups.ts";
import { groupLabel } from "../../lib/tls/groups.ts";
import { replyOf } from "../../lib/tls/offer-reply.ts";
import { concat, number, vector } from "../../lib/tls/presentation-octets.ts";
import { FLIGHT_OCTETS_LIMIT, type ServerFlight, ServerFlightReader } from "../../lib/tls/server-flight.ts";
import { parseServerHello } from "../../lib/tls/server-hello.ts";
import { schemeOf } from "../../lib/tls/signature-schemes.ts";
import { parseSsl2ServerHello, ssl2Record } from "../../lib/tls/sslv2.ts";
import { suiteLabel } from "../../lib/tls/suites.ts";
import type { TlsVersion } from "../../lib/tls/versions.ts";

const load = (file: string) =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, "../vectors/tls", file), "utf8")) as { captures?: unknown };
const bytes = (text: string) => new Uint8Array(Buffer.from(text, "hex"));

interface Capture {
  readonly name: string;
  readonly version: TlsVersion;
  readonly server: string;
}
const CAPTURES = (load("openssl.json").captures as readonly Capture[]).filter(({ server }) => server !== "");
const RFC8448 = load("rfc8448.json") as unknown as Record<"serverHello" | "helloRetryRequest", string>;
const wireOf = (name: string) => bytes(CAPTURES.find((each) => each.name === name)!.server);

function flightOf(...chunks: readonly Uint8Array[]): ServerFlight {
  const reader = new ServerFlightReader();
  for (const chunk of chunks) reader.push(chunk);
  return reader.flight;
}

function exchangeInWords({ keyExchange }: ServerFlight): string | null {
  if (keyExchange?.kind === "ECDHE") return groupLabel(keyExchange.group);
  return keyExchange?.kind === "DHE" ? dhPrimeOf(keyExchange.p).group : (keyExchange?.kind ?? null);
}

function signatureInWords({ keyExchange }: ServerFlight): string | null {
  const signature = keyExchange?.signature ?? null;
  if (signature === null) return null;
  return signature.scheme === null ? "fixed" : schemeOf(signature.scheme).name;
}

/** A flight in words that can be compared. */
function inWords(flight: ServerFlight) {
  const { hello, certificates, ocspResponse, certificateRequest, alerts, isDone } = flight;
  return {
    version: hello?.version ?? null,
    suite: hello === null ? null : suiteLabel(hello.suite).replace(/^TLS_(?:\w+_WITH_)?/, ""),
    downgrade: hello?.downgrade ?? null,
    exchange: exchangeInWords(flight),
    signed: signatureInWords(flight),
    certificates: certificates?.length ?? null,
    staple: ocspResponse === null ? null : Buffer.from(ocspResponse).toString("hex"),
    asked: certificateRequest?.certificateTypes ?? null,
    alerts: alerts.map(({ level, name }) => `${level} ${name}`),
    isDone,
  };
}

const NOTHING = { downgrade: null, exchange: null, signed: null, certificates: null, staple: null, asked: null };
const EMPTY = { version: null, suite: null, ...NOTHING, alerts: [], isDone: false };
const FLIGHTS: Readonly<Record<string, object>> = {
  "tls12-ecdhe-rsa-staple": {
    ...{ version: "TLSv1.2", suite: "AES_128_GCM_SHA256", exchange: "secp256r1", signed: "rsa_pss_rsae_sha256" },
    ...{ certificates: 1, staple: "30030a0106", isDone: true },
  },
  "tls12-ecdhe-ecdsa-x25519": {
    ...{ version: "TLSv1.2", suite: "CHACHA20_POLY1305_SHA256", exchange: "x25519", signed: "ecdsa_secp256r1_sha256" },
    ...{ certificates: 1, isDone: true },
  },
  "tls12-dhe-ffdhe3072": {
    ...{ version: "TLSv1.2", suite: "AES_256_GCM_SHA384", exchange: "ffdhe3072", signed: "rsa_pss_rsae_sha256" },
    ...{ certificates: 1, isDone: true },
  },
  "tls12-dhe-modp1536-sha1": {
    ...{ version: "TLSv1.2", suite: "AES_128_CBC_SHA", exchange: "modp1536", signed: "rsa_pkcs1_sha1" },
    ...{ certificates: 1, isDone: true },
  },
  "tls12-rsa": { version: "TLSv1.2", suite: "AES_128_CBC_SHA", certificates: 1, isDone: true },
  "tls12-dh-anon": { version: "TLSv1.2", suite: "AES_128_GCM_SHA256", exchange: "ffdhe3072", isDone: true },
  "tls12-ecdh-anon": { version: "TLSv1.2", suite: "AES_128_CBC_SHA", exchange: "x25519", isDone: true },
  "tls12-client-certificate": {
    ...{ version: "TLSv1.2", suite: "AES_256_GCM_SHA384", exchange: "secp384r1", signed: "ecdsa_secp256r1_sha256" },
    ...{ certificates: 1, asked: [1, 2, 64], isDone: true },
  },
  "tls10-ecdhe-rsa-downgrade": {
    ...{ version: "TLSv1.0", suite: "AES_128_CBC_SHA", exchange: "secp521r1", signed: "fixed", certificates: 1 },
    ...{ downgrade: "below-tls12", isDone: true },
  },
  "tls11-dhe-rsa": {
    ...{ version: "TLSv1.1", suite: "AES_128_CBC_SHA", exchange: "ffdhe3072", signed: "fixed", certificates: 1 },
    isDone: true,
  },
  "tls13-retry": { version: "TLSv1.3", suite: "AES_128_GCM_SHA256" },
  "tls13-none-offered": { alerts: ["fatal handshake_failure"] },
  "tls10-refused": { alerts: ["fatal internal_error"] },
  "sslv3-refused": { alerts: ["fatal handshake_failure"] },
  "tls12-compact-downgrade": {
    ...{ version: "TLSv1.2", suite: "AES_128_GCM_SHA256", exchange: "x25519", signed: "rsa_pss_rsae_sha256" },
    ...{ certificates: 1, downgrade: "below-tls13", isDone: true },
  },
};

describe("flights of OpenSSL", () => {
  test("each has an expectation", () => {
    expect(CAPTURES.map(({ name }) => name).sort()).toEqual(Object.keys(FLIGHTS).sort());
  });

  test.each(CAPTURES)("$name", ({ name, server }) => {
    const flight = flightOf(bytes(server));
    expect(flight.problem).toBeNull();
    expect(inWords(flight)).toEqual({ ...EMPTY, ...FLIGHTS[name] });
  });

  test.each(CAPTURES)("$name in single octets, and cut anew into records, is read as the same", ({ name, server }) => {
    const wire = bytes(server);
    const single = Array.from(wire, (octet) => Uint8Array.of(octet));
    expect(inWords(flightOf(...single))).toEqual({ ...EMPTY, ...FLIGHTS[name] });
    if (wire[0] !== 22) return;
    const contents: Uint8Array[] = [];
    for (let at = 0; at < wire.length;) {
      const length = (wire[at + 3] ?? 0) * 256 + (wire[at + 4] ?? 0);
      if (wire[at] === 22) contents.push(wire.subarray(at + 5, at + 5 + length));
      at += 5 + length;
    }
    const content = concat(...contents);
    for (const size of [7, 1_000, content.length]) {
      const records: Uint8Array[] = [];
      for (let at = 0; at < content.length; at += size)
        records.push(concat(bytes("160303"), vector(2, content.subarray(at, at + size))));
      expect(inWords(flightOf(concat(...records)))).toEqual({ ...EMPTY, ...FLIGHTS[name] });
    }
  });

  test("certificates are what Node and our own reader read", () => {
    const [octets = new Uint8Array(0)] = flightOf(wireOf("tls12-ecdhe-rsa-staple")).certificates ?? [];
    expect(new X509Certificate(octets).subject).toBe("CN=rsa.oevelse.test");
    expect(parseCertificate(octets).ok).toBe(true);
  });

  test("a retry request names suite and group with no key computed", () => {
    const { hello } = flightOf(wireOf("tls13-retry"));
    expect(hello).toMatchObject({ isRetryRequest: true, group: 29, version: "TLSv1.3", versionNumber: 0x0304 });
  });

  test("extensions of a hello", () => {
    expect(flightOf(wireOf("tls12-ecdhe-ecdsa-x25519")).hello).toMatchObject({
      hasRenegotiationInfo: true,
      hasExtendedMasterSecret: true,
      compressionMethod: 0,
    });
    expect(flightOf(wireOf("tls12-compact-downgrade")).hello?.hasExtendedMasterSecret).toBe(false);
  });
});

describe("RFC 8448", () => {
  test("ServerHello of section 3", () => {
    const read = parseServerHello(bytes(RFC8448.serverHello).subarray(4));
    expect(read).toMatchObject({
      ok: true,
      value: { version: "TLSv1.3", suite: 0x1301, group: 29, isRetryRequest: false, downgrade: null },
    });
  });

  test("HelloRetryRequest of section 5, with a cookie", () => {
    const read = parseServerHello(bytes(RFC8448.helloRetryRequest).subarray(4));
    expect(read).toMatchObject({
      ok: true,
      value: { version: "TLSv1.3", suite: 0x1301, group: 23, isRetryRequest: true },
    });
  });
});

const record = (type: number, content: Uint8Array) => concat(number(type, 1), bytes("0303"), vector(2, content));
const alert = (level: number, code: number) => record(21, Uint8Array.of(level, code));
const message = (type: number, body: Uint8Array) => concat(number(type, 1), vector(3, body));
const helloBody = (tail = "", suite = "c02f") => bytes(`0303${"11".repeat(32)}00${suite}00${tail}`);
const helloRecord = (tail = "", suite = "c02f") => record(22, message(2, helloBody(tail, suite)));

describe("what servers send besides", () => {
  test("a warning before the hello is noted, and reading goes on", () => {
    const flight = flightOf(alert(1, 112), helloRecord());
    expect(inWords(flight)).toMatchObject({ alerts: ["warning unrecognized_name"], version: "TLSv1.2" });
    expect(flight.problem).toBeNull();
  });

  test("a fatal alert after the hello settles it, and means no support", () => {
    const flight = flightOf(helloRecord(), alert(2, 40), helloRecord());
    expect(flight.alerts).toHaveLength(1);
    expect(replyOf(flight, "TLSv1.2", "open", "suite")).toEqual({ kind: "refused" });
  });

  test("empty records are passed over, but not for ever", () => {
    const empty = record(22, new Uint8Array(0));
    expect(flightOf(empty, empty, helloRecord()).hello).not.toBeNull();
    expect(flightOf(...Array<Uint8Array>(17).fill(empty), helloRecord()).problem).toContain("empty records");
  });

  test.each([
    ["a page of HTTP", Buffer.from("HTTP/1.1 400 Bad Request\r\n"), "no TLS record"],
    ["a greeting of SMTP", Buffer.from("220 mail ESMTP\r\n"), "no TLS record"],
    ["a record of version 2", bytes("1602000001"), "no TLS record"],
    ["a record that is too long", bytes("1603034001"), "16385 octets"],
    ["data before the hello", record(23, Uint8Array.of(1)), "type 23"],
    ["an alert of one octet", record(21, Uint8Array.of(2)), "alert"],
    ["a certificate before the hello", record(22, message(11, bytes("000000"))), "type 11"],
    ["two hellos", concat(helloRecord(), helloRecord()), "type 2"],
    ["a message that is too large", record(22, bytes("0bffffff")), "16777215 octets"],
    ["a hello that is too short", record(22, message(2, bytes("0303"))), "the hello"],
    ["an extension twice", helloRecord("000800170000" + "00170000"), "twice"],
    ["an extension with more than it should have", helloRecord("0007002b0003030400"), "left over"],
    ["nine alerts", concat(...Array<Uint8Array>(9).fill(alert(1, 90))), "alerts"],
    ["requests without end", concat(...Array<Uint8Array>(33).fill(record(22, bytes("00000000")))), "messages"],
    ["an empty certificate", concat(helloRecord(), record(22, message(11, bytes("000003000000")))), "empty"],
    ["a status of another type", concat(helloRecord(), record(22, message(22, bytes("02000000")))), "status"],
  ])("%s is a problem", (_, wire, problem) => {
    expect(flightOf(wire).problem).toContain(problem);
  });

  test("endless octets end", () => {
    const reader = new ServerFlightReader();
    reader.push(helloRecord());
    const piece = record(22, new Uint8Array(1_000));
    reader.push(record(22, bytes("0b01fff0")));
    for (let count = 0; count < 1_000 && !reader.isSettled; count += 1) reader.push(piece);
    expect(reader.flight.problem).not.toBeNull();
    expect(reader.octets).toBeLessThanOrEqual(FLIGHT_OCTETS_LIMIT + piece.length);
  });

  test("an explicit curve, an export key and a hint of PSK", () => {
    const exchange = (suite: string, body: string) =>
      flightOf(helloRecord("", suite), record(22, message(12, bytes(body)))).keyExchange;
    expect(exchange("c02f", "0100")).toEqual({ kind: "explicit-curve", curveType: 1, signature: null });
    expect(exchange("0003", "000200ff" + "0001030401" + "000155")).toMatchObject({ kind: "RSA", bits: 8 });
    expect(exchange("00a8", "0002aabb")).toEqual({ kind: "unread", signature: null });
    expect(exchange("ccac", "0000" + "03001d0155")).toMatchObject({ kind: "ECDHE", group: 29, signature: null });
  });

  test("an end midway can be told from an answer", () => {
    const reader = new ServerFlightReader();
    reader.push(helloRecord().subarray(0, 20));
    expect([reader.isMidway, reader.isSettled]).toEqual([true, false]);
  });
});

describe("replies for the plan", () => {
  const silence = flightOf();
  test.each([
    ["silence", silence, "silent", { kind: "silent" }],
    ["a reset", silence, "reset", { kind: "reset" }],
    ["an end", silence, "closed", { kind: "closed" }],
    ["nothing yet", silence, "open", { kind: "silent" }],
    ["junk", flightOf(Buffer.from("HTTP/1.1")), "closed", { kind: "unreadable" }],
    ["an alert about form", flightOf(alert(2, 50)), "closed", { kind: "other-alert" }],
    ["a refusal", flightOf(alert(2, 70)), "closed", { kind: "refused" }],
    ["a warning and an end", flightOf(alert(1, 0)), "closed", { kind: "closed" }],
    ["a hello and a reset", flightOf(helloRecord()), "reset", { kind: "accepted", item: 0xc02f }],
    [
      "an older hello",
      flightOf(record(22, message(2, bytes(`0301${"00".repeat(32)}00002f00`)))),
      "open",
      { kind: "refused" },
    ],
    [
      "a hello of a draft",
      flightOf(record(22, message(2, bytes(`7f1c${"00".repeat(32)}00002f00`)))),
      "open",
      { kind: "unreadable" },
    ],
  ] as const)("%s", (_, flight, end, reply) => expect(replyOf(flight, "TLSv1.2", end, "suite")).toEqual(reply));

  test("groups come from key_share, or from the key exchange", () => {
    expect(replyOf(flightOf(wireOf("tls13-retry")), "TLSv1.3", "open", "group")).toEqual({
      kind: "accepted",
      item: 29,
    });
    const flight = flightOf(wireOf("tls12-client-certificate"));
    expect(replyOf(flight, "TLSv1.2", "open", "group")).toEqual({ kind: "accepted", item: 24 });
    expect(replyOf(flightOf(wireOf("tls12-rsa")), "TLSv1.2", "open", "group")).toEqual({ kind: "refused" });
    expect(replyOf(flightOf(helloRecord()), "TLSv1.2", "reset", "group")).toEqual({ kind: "reset" });
  });
});

describe("SSLv2's hello", () => {
  const body = concat(bytes("0400010002" + "0003" + "0006" + "0002"), bytes("aabbcc" + "0100800700c0" + "1122"));
  const wire = concat(number(0x8000 + body.length, 2), body);

  test("is read, in whatever pieces", () => {
    expect(ssl2Record(wire.subarray(0, 10))).toBeNull();
    expect(parseSsl2ServerHello(ssl2Record(wire)!)).toMatchObject({
      ok: true,
      value: { version: 2, kinds: [0x010080, 0x0700c0], certificate: bytes("aabbcc") },
    });
    expect(ssl2Record(bytes("00010055"))).toEqual(bytes("55"));
    expect(ssl2Record(bytes("80"))).toBeNull();
  });

  test("errors and junk are problems", () => {
    expect(parseSsl2ServerHello(bytes("000001"))).toMatchObject({ problem: "SSLv2 error 1" });
    expect(parseSsl2ServerHello(bytes("09")).ok).toBe(false);
    expect(parseSsl2ServerHello(body.subarray(0, -1)).ok).toBe(false);
  });
});

describe("hostile octets", () => {
  const chunks = fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 8 });

  test("never throw, as they are or behind a head", () => {
    fc.assert(
      fc.property(chunks, fc.constantFrom("", "160303", "1603030100", "15030100"), (pieces, head) => {
        const flight = flightOf(bytes(head), ...pieces);
        replyOf(flight, "TLSv1.2", "closed", "suite");
        for (const piece of pieces) {
          parseServerHello(piece);
          parseSsl2ServerHello(piece);
          ssl2Record(piece);
        }
      }),
    );
  });

  test("never throw when a real flight is bent, and never depend on the cutting", () => {
    const change = fc.tuple(fc.nat(2_000), fc.nat(255));
    fc.assert(
      fc.property(
        fc.constantFrom(...CAPTURES),
        fc.array(change, { maxLength: 4 }),
        fc.nat(2_000),
        (capture, bends, at) => {
          const wire = bytes(capture.server);
          for (const [place, octet] of bends) if (place < wire.length) wire[place] = octet;
          const whole = flightOf(wire);
          const cut = at % (wire.length + 1);
          expect(flightOf(wire.subarray(0, cut), wire.subarray(cut))).toEqual(whole);
        },
      ),
      { numRuns: 300 },
    );
  });
});
