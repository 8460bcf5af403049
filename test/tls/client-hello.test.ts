import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import path from "node:path";
import * as extensions from "../../lib/tls/client-extensions.ts";
import { clientHelloRecords, encodeClientHello, paddedTo } from "../../lib/tls/client-hello.ts";
import { helloFor } from "../../lib/tls/hello-offer.ts";
import { concat, number, vector } from "../../lib/tls/presentation-octets.ts";
import { toRecords } from "../../lib/tls/record-octets.ts";
import { SMALL_OFFER } from "../../lib/tls/offer-plan.ts";
import { encodeSsl2ClientHello } from "../../lib/tls/sslv2.ts";
import { suitesFor } from "../../lib/tls/suites.ts";

const read = (file: string) =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, "../vectors/tls", file), "utf8")) as { captures?: unknown };
const hex = (octets: Uint8Array) => Buffer.from(octets).toString("hex");
const bytes = (text: string) => new Uint8Array(Buffer.from(text, "hex"));

const RFC8448 = read("rfc8448.json") as unknown as Record<"clientHello", string>;
const CAPTURES = read("openssl.json").captures as readonly { name: string; client: string }[];
const captured = (name: string) => CAPTURES.find((each) => each.name === name)!.client;
const RANDOM = Uint8Array.from({ length: 32 }, (_, index) => index);
const list = (text: string) => text.split(" ").map((word) => Number.parseInt(word, 16));

describe("hellos of others, written again", () => {
  test("RFC 8448 section 3", () => {
    const hello = encodeClientHello({
      version: "TLSv1.3",
      random: bytes("cb34ecb1e78163ba1c38c6dacb196a6dffa21a8d9912ec18a2ef6283024dece7"),
      suites: [0x1301, 0x1303, 0x1302],
      extensions: [
        extensions.serverName("server"),
        extensions.renegotiationInfo(),
        extensions.supportedGroups(list("1d 17 18 19 100 101 102 103 104")),
        extensions.sessionTicket(),
        extensions.keyShare([
          { group: 0x1d, key: bytes("99381de560e4bd43d23d8e435a7dbafeb3c06e51c13cae4d5413691e529aaf2c") },
        ]),
        extensions.supportedVersions(["TLSv1.3"]),
        extensions.signatureAlgorithms(list("403 503 603 203 804 805 806 401 501 601 201 402 502 602 202")),
        extensions.pskKeyExchangeModes(),
        // record_size_limit (RFC 8449), which the prober has no use for.
        { type: 28, body: bytes("4001") },
      ],
    });
    expect(hex(hello)).toBe(RFC8448.clientHello);
  });

  test("OpenSSL's for TLS 1.2, with SNI, status_request and ALPN", () => {
    const wire = captured("s_client-tls12");
    const hello = clientHelloRecords({
      version: "TLSv1.2",
      random: bytes(wire.slice(22, 86)),
      suites: list(
        "c02c c030 9f cca9 cca8 ccaa c02b c02f 9e c024 c028 6b c023 c027 67 c00a c014 39 c009 c013 33 9d 9c 3d 3c 35 2f ff",
      ),
      extensions: [
        extensions.serverName("rsa.oevelse.test"),
        extensions.ecPointFormats([0, 1, 2]),
        extensions.supportedGroups(list("1d 17 1e 19 18")),
        extensions.sessionTicket(),
        extensions.statusRequest(),
        extensions.alpn(["h2", "http/1.1"]),
        extensions.encryptThenMac(),
        extensions.extendedMasterSecret(),
        extensions.signatureAlgorithms(
          list("403 503 603 807 808 809 80a 80b 804 805 806 401 501 601 303 301 302 402 502 602"),
        ),
      ],
    });
    expect(hex(hello)).toBe(wire);
  });

  test("OpenSSL's for TLS 1.0", () => {
    const wire = captured("s_client-tls10");
    const hello = clientHelloRecords({
      version: "TLSv1.0",
      random: bytes(wire.slice(22, 86)),
      suites: list("c00a c014 39 38 88 87 c019 3a 89 c009 c013 33 32 45 44 c018 34 46 35 84 2f 41 ff"),
      extensions: [
        extensions.serverName("rsa.oevelse.test"),
        extensions.ecPointFormats([0, 1, 2]),
        extensions.supportedGroups(list("1d 17 1e 19 18")),
        extensions.sessionTicket(),
        extensions.encryptThenMac(),
        extensions.extendedMasterSecret(),
      ],
    });
    expect(hex(hello)).toBe(wire);
  });
});

describe("forms", () => {
  const small = { version: "TLSv1.2" as const, random: RANDOM, suites: [0x2f] };

  test("an SSLv3 hello has no extensions, and its record says SSLv3", () => {
    const hello = clientHelloRecords(helloFor({ version: "SSLv3", suites: [5], random: RANDOM, host: "a.dk" }));
    expect(hex(hello)).toBe(`160300002f0100002b0300${hex(RANDOM)}00000400` + "0500ff0100");
  });

  test("compression is offered before none", () => {
    const offer = { version: "TLSv1.2", suites: [5], random: RANDOM, host: null, offersCompression: true } as const;
    expect(helloFor(offer).compressionMethods).toEqual([1, 0]);
    expect(helloFor({ ...offer, version: "TLSv1.3" }).compressionMethods).toEqual([0]);
  });

  test("TLS 1.3 is asked for with an empty key_share and in a record of TLS 1.0", () => {
    const hello = hex(
      clientHelloRecords(helloFor({ version: "TLSv1.3", suites: [0x1301], random: RANDOM, host: null })),
    );
    expect(hello.slice(0, 6)).toBe("160301");
    expect(hello.slice(18, 22)).toBe("0303");
    expect(hello).toContain("002b0003020304");
    expect(hello).toContain("003300020000");
    expect(hello).toContain("11ec");
  });

  test("a compact hello of a small offer stays under 256 octets", () => {
    for (const version of ["TLSv1.0", "TLSv1.2", "TLSv1.3"] as const) {
      const suites = suitesFor(version).slice(0, SMALL_OFFER);
      const offer = { version, suites: suites.map((suite) => suite.number), random: RANDOM, isCompact: true };
      const host = "selvbetjening.kommune.eksempel.dk";
      expect(clientHelloRecords(helloFor({ ...offer, host })).length).toBeLessThan(256);
    }
  });

  test("padding makes a hello exactly as long as it is asked for", () => {
    const hello = helloFor({ ...small, host: null });
    for (const octets of [200, 512, 600]) expect(encodeClientHello(paddedTo(octets, hello))).toHaveLength(octets);
    expect(encodeClientHello(paddedTo(60, small))).toHaveLength(60);
    expect(paddedTo(10, hello)).toBe(hello);
    expect(encodeClientHello(paddedTo(512, paddedTo(600, hello)))).toHaveLength(512);
  });

  test("a hello over 16,384 octets is spread over records", () => {
    const wire = clientHelloRecords(paddedTo(20_000, small));
    expect(wire).toHaveLength(20_000 + 2 * 5);
    expect(hex(wire.subarray(5 + 0x4000, 10 + 0x4000))).toBe(
      `160301${(20_000 - 0x4000).toString(16).padStart(4, "0")}`,
    );
    expect(toRecords(22, "TLSv1.2", new Uint8Array(0))).toHaveLength(0);
  });

  test("what cannot be written is refused", () => {
    expect(() => encodeClientHello({ ...small, random: new Uint8Array(31) })).toThrow(RangeError);
    expect(() => encodeClientHello({ ...small, sessionId: new Uint8Array(33) })).toThrow(RangeError);
    expect(() => encodeClientHello({ ...small, suites: [0x10000] })).toThrow(RangeError);
    expect(() => number(-1, 1)).toThrow(RangeError);
    expect(() => number(1.5, 2)).toThrow(RangeError);
    expect(() => vector(1, new Uint8Array(256))).toThrow(RangeError);
  });

  test("the same offer is the same octets, whatever is in it", () => {
    const offers = fc.record({
      version: fc.constantFrom("SSLv3", "TLSv1.0", "TLSv1.1", "TLSv1.2", "TLSv1.3"),
      suites: fc.array(fc.nat(0xffff), { maxLength: 300 }),
      random: fc.uint8Array({ minLength: 32, maxLength: 32 }),
      host: fc.constantFrom(null, "a.dk"),
      isCompact: fc.boolean(),
      wantsStaple: fc.boolean(),
    });
    fc.assert(
      fc.property(offers, (offer) => {
        const wire = clientHelloRecords(helloFor(offer));
        expect(wire).toEqual(clientHelloRecords(helloFor(offer)));
        expect(wire.length).toBe(5 + (wire[3] ?? 0) * 256 + (wire[4] ?? 0));
        expect((wire[7] ?? 0) * 256 + (wire[8] ?? 0)).toBe(wire.length - 9);
      }),
    );
  });
});

describe("SSLv2", () => {
  test("its own hello", () => {
    const wire = encodeSsl2ClientHello({
      version: "SSLv2",
      kinds: [0x010080, 0x0700c0],
      challenge: RANDOM.subarray(16),
    });
    expect(hex(wire)).toBe(`801f01000200060000001001008007` + `00c0${hex(RANDOM.subarray(16))}`);
  });

  test("a compatible hello for newer versions (RFC 5246 appendix E.2)", () => {
    const wire = encodeSsl2ClientHello({ version: "TLSv1.0", kinds: [0x2f], challenge: RANDOM });
    expect(hex(wire.subarray(0, 14))).toBe("802c010301000300000020" + "00002f");
  });

  test("limits", () => {
    expect(() => encodeSsl2ClientHello({ version: "SSLv2", kinds: [], challenge: RANDOM.subarray(20) })).toThrow();
    const kinds = Array<number>(11_000).fill(1);
    expect(() => encodeSsl2ClientHello({ version: "SSLv2", kinds, challenge: RANDOM })).toThrow(RangeError);
    expect(concat()).toHaveLength(0);
  });
});
