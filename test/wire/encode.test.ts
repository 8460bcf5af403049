import { Buffer } from "node:buffer";
import { describe, expect, test } from "@jest/globals";
import dnsPacket from "dns-packet";
import fc from "fast-check";
import {
  decodeMessage,
  encodeMessage,
  encodeQuery,
  type MessageOptions,
  type QueryOptions,
} from "../../lib/wire/codec.ts";
import type { Flag, ResourceRecord } from "../../lib/wire/message.ts";
import { name, toWire } from "../../lib/wire/name.ts";
import { typeName } from "../../lib/wire/record-type.ts";
import { anyName } from "./arbitraries.ts";
import { base64Of, hexOf } from "./hex.ts";
import { valueOf } from "./outcome.ts";

const QUERY: QueryOptions = {
  id: 0xbeef,
  question: { name: name("example.dk"), type: "DNSKEY" },
  recursionDesired: true,
  checkingDisabled: true,
  dnssecOk: true,
  udpPayloadSize: 1232,
};

const EMPTY: MessageOptions = {
  id: 1,
  flags: [],
  rcode: 0,
  question: { name: name("www.example.dk"), type: "A" },
  answer: [],
  authority: [],
  additional: [],
  edns: null,
};

const A: ResourceRecord = { name: name("www.example.dk"), type: "A", ttl: 60, data: base64Of("c0000201") };

describe("encodeQuery", () => {
  test("writes exactly these octets", () => {
    expect(hexOf(encodeQuery(QUERY))).toBe(
      "beef011000010000000000010" + "76578616d706c6502646b0000300001" + "00002904d0000080000000",
    );
  });

  test("switches what it is told to switch", () => {
    const plain = { ...QUERY, recursionDesired: false, checkingDisabled: false, dnssecOk: false, udpPayloadSize: 512 };
    const { reply, isResponse } = valueOf(decodeMessage(encodeQuery(plain)));
    expect(isResponse).toBe(false);
    expect(reply.flags).toEqual([]);
    expect(reply.edns).toEqual({ udpSize: 512, dnssecOk: false, errors: [] });
  });

  test("is what dns-packet reads as such a query", () => {
    const packet = dnsPacket.decode(Buffer.from(encodeQuery({ ...QUERY, padTo: 128 })));
    expect(packet.id).toBe(0xbeef);
    expect(packet.questions).toEqual([{ name: "example.dk", type: "DNSKEY", class: "IN" }]);
    expect(packet).toMatchObject({ flag_rd: true, flag_cd: true, type: "query" });
    expect(packet.additionals).toMatchObject([
      { type: "OPT", udpPayloadSize: 1232, flag_do: true, options: [{ code: 12 }] },
    ]);
  });

  test("mixes the case of letters only, counting letters", () => {
    const question = { name: name("a1-b\\000{z.dk"), type: "A" };
    const asked: number[] = [];
    const mixCase = (index: number): boolean => {
      asked.push(index);
      return index % 2 === 0;
    };
    const decoded = valueOf(decodeMessage(encodeQuery({ ...QUERY, question, mixCase })));
    expect(Buffer.from(decoded.questionWire).toString("latin1")).toBe("\x07A1-b\x00{Z\x02dK\x00");
    expect(asked).toEqual([0, 1, 2, 3, 4]);
    expect(decoded.reply.question).toEqual(question);
  });

  test("pads to a multiple of the block", () => {
    fc.assert(
      fc.property(anyName, fc.constantFrom(1, 128, 468), (any, padTo) => {
        const bytes = encodeQuery({ ...QUERY, question: { name: any, type: "A" }, padTo });
        expect(bytes.length % padTo).toBe(0);
        expect(bytes.length).toBeLessThan(12 + toWire(any).length + 4 + 11 + 4 + padTo);
        expect(valueOf(decodeMessage(bytes)).reply.question?.name).toBe(any);
      }),
    );
  });
});

describe("encodeMessage", () => {
  test("compresses owner names", () => {
    const records = [A, { ...A, name: name("mail.example.dk") }, { ...A, name: name("other.test") }];
    expect(hexOf(encodeMessage({ ...EMPTY, answer: records })).slice(64)).toBe(
      ["c00c000100010000003c0004c0000201", "046d61696cc010000100010000003c0004c0000201"].join("") +
        "056f74686572047465737400000100010000003c0004c0000201",
    );
  });

  test("echoes the question in the letter case it is given", () => {
    const questionWire = toWire(name("www.example.dk")).map((octet) => (octet === 0x77 ? 0x57 : octet));
    const bytes = encodeMessage({ ...EMPTY, questionWire, answer: [A] });
    const decoded = valueOf(decodeMessage(bytes));
    expect(decoded.questionWire).toEqual(questionWire);
    expect(decoded.reply.answer).toEqual([A]);
    expect(bytes).toHaveLength(12 + 16 + 4 + 16);
  });

  test("is what dns-packet reads as such a response", () => {
    const mx: ResourceRecord = { ...A, type: "MX", data: base64Of("000a 0161 02646b 00") };
    const packet = dnsPacket.decode(
      Buffer.from(
        encodeMessage({ ...EMPTY, flags: ["aa", "ad"], rcode: 3, answer: [A], authority: [mx], additional: [A] }),
      ),
    );
    expect(packet).toMatchObject({ type: "response", rcode: "NXDOMAIN", flag_aa: true, flag_ad: true, flag_tc: false });
    const readA = { name: "www.example.dk", type: "A", ttl: 60, data: "192.0.2.1" };
    expect(packet.answers).toMatchObject([readA]);
    expect(packet.authorities).toMatchObject([{ type: "MX", data: { preference: 10, exchange: "a.dk" } }]);
    expect(packet.additionals).toMatchObject([readA]);
  });

  test("reads what dns-packet writes, compressed names and all", () => {
    const bytes = dnsPacket.encode({
      type: "response",
      id: 7,
      flags: dnsPacket.AUTHORITATIVE_ANSWER,
      questions: [{ type: "MX", name: "example.dk" }],
      answers: [{ type: "MX", name: "Example.dk", ttl: 5, data: { preference: 10, exchange: "mail.example.dk" } }],
      additionals: [{ type: "AAAA", name: "mail.example.dk", ttl: 5, data: "2001:db8::1" }],
    });
    const { reply } = valueOf(decodeMessage(new Uint8Array(bytes)));
    expect(reply.flags).toEqual(["aa"]);
    expect(reply.answer).toEqual([
      { name: "example.dk.", type: "MX", ttl: 5, data: base64Of("000a 046d61696c 076578616d706c65 02646b 00") },
    ]);
    expect(reply.additional).toEqual([
      { name: "mail.example.dk.", type: "AAAA", ttl: 5, data: base64Of("20010db8000000000000000000000001") },
    ]);
  });

  test("leaves the records out and says so when they do not fit", () => {
    const edns = { udpSize: 1232, dnssecOk: true, errors: [] };
    const options = { ...EMPTY, answer: Array<ResourceRecord>(10).fill(A), edns };
    const whole = encodeMessage(options);
    expect(encodeMessage({ ...options, truncateTo: whole.length })).toEqual(whole);
    const { reply } = valueOf(decodeMessage(encodeMessage({ ...options, truncateTo: whole.length - 1 })));
    expect(reply).toMatchObject({ flags: ["tc"], answer: [], edns });
  });

  test("survives both directions", () => {
    const flag = fc.subarray<Flag>(["aa", "tc", "rd", "ra", "ad", "cd"]);
    const opaque = fc.constantFrom("A", "TXT", "DS", "NULL", "CAA", typeName(65280));
    const record = fc.record({
      name: anyName,
      type: opaque,
      ttl: fc.nat({ max: 0x7fffffff }),
      data: fc.uint8Array().map((bytes) => Buffer.from(bytes).toString("base64")),
    });
    const section = fc.array(record, { maxLength: 5 });
    const error = fc.record({ code: fc.nat({ max: 0xffff }), text: fc.constantFrom("", "expired", "én to") });
    const edns = fc.record({
      udpSize: fc.nat({ max: 0xffff }),
      dnssecOk: fc.boolean(),
      errors: fc.array(error, { maxLength: 3 }),
    });
    const question = fc.option(fc.record({ name: anyName, type: opaque }));
    const options = fc.record({
      id: fc.nat({ max: 0xffff }),
      flags: flag,
      rcode: fc.nat({ max: 15 }),
      ...{ question, answer: section, authority: section, additional: section, edns: fc.option(edns) },
    });
    fc.assert(
      fc.property(options, (given) => {
        const { id, ...reply } = given;
        const decoded = valueOf(decodeMessage(encodeMessage(given)));
        expect(decoded.id).toBe(id);
        expect(decoded.reply).toEqual(reply);
      }),
    );
  });

  test("spreads a long response code over header and OPT", () => {
    const edns = { udpSize: 1232, dnssecOk: false, errors: [] };
    expect(valueOf(decodeMessage(encodeMessage({ ...EMPTY, rcode: 4095, edns }))).reply.rcode).toBe(4095);
  });
});

test("what does not fit into its field is refused rather than written wrongly", () => {
  const tooLong = { ...A, data: Buffer.alloc(0x1_0000).toString("base64") };
  expect(() => encodeMessage({ ...EMPTY, answer: [tooLong] })).toThrow(RangeError);
  expect(() => encodeMessage({ ...EMPTY, id: 0x1_0000 })).toThrow(RangeError);
});
