import { describe, expect, test } from "@jest/globals";
import { decodeMessage } from "../../lib/wire/codec.ts";
import { base64Of, hexOf, octets } from "./hex.ts";
import { EXAMPLE, message, opt, QUESTION, type RawRecord } from "./message-octets.ts";
import { problemOf, valueOf } from "./outcome.ts";

const A: RawRecord = { owner: EXAMPLE, type: 1, rdata: "c0000201" };
const decodedA = { name: "example.dk.", type: "A", ttl: 300, data: "wAACAQ==" };

describe("decodeMessage", () => {
  test("reads every part of a reply", () => {
    const ns: RawRecord = { owner: "c014", type: 2, ttl: 60, rdata: "01 61 c00c" };
    const bytes = message({ flags: "85b0", answer: [A], authority: [ns], additional: [opt(""), A] });
    expect(decodeMessage(bytes)).toEqual({
      ok: true,
      value: {
        id: 0x1234,
        opcode: 0,
        isResponse: true,
        questionWire: octets("07 6578616d706c65 02 646b 00"),
        questionClass: 1,
        reply: {
          rcode: 0,
          flags: ["aa", "rd", "ra", "ad", "cd"],
          question: { name: "example.dk.", type: "A" },
          answer: [decodedA],
          authority: [{ name: "dk.", type: "NS", ttl: 60, data: base64Of("0161 07 6578616d706c65 02 646b 00") }],
          additional: [decodedA],
          edns: { udpSize: 1232, dnssecOk: true, errors: [] },
        },
      },
    });
  });

  test("keeps the question's letter case for comparison only", () => {
    const decoded = valueOf(decodeMessage(message({ question: "02 446b 00 0030 0003" })));
    expect(hexOf(decoded.questionWire)).toBe("02446b00");
    expect(decoded.reply.question).toEqual({ name: "dk.", type: "DNSKEY" });
    expect(decoded.questionClass).toBe(3);
  });

  test("a reply may lack its question", () => {
    const decoded = valueOf(decodeMessage(message({ question: "", flags: "8005" })));
    expect(decoded.reply).toMatchObject({ rcode: 5, question: null, edns: null, flags: [] });
    expect(decoded.questionClass).toBeNull();
    expect(decoded.questionWire).toHaveLength(0);
  });

  test("tells queries and other opcodes apart", () => {
    expect(valueOf(decodeMessage(message({ flags: "2900" })))).toMatchObject({ isResponse: false, opcode: 5 });
    expect(valueOf(decodeMessage(message({ flags: "f800" })))).toMatchObject({ isResponse: true, opcode: 15 });
  });

  test("lowers owner names and keeps the case inside RDATA", () => {
    const cname: RawRecord = { owner: "03 577757 c014", type: 5, rdata: "03 466f4f c00c" };
    const { answer } = valueOf(decodeMessage(message({ answer: [cname] }))).reply;
    expect(answer[0]?.name).toBe("www.dk.");
    expect(answer[0]?.data).toBe(base64Of("03466f4f 07 6578616d706c65 02 646b 00"));
  });

  test.each<[string, number, string, string]>([
    ["SOA", 6, `c014 0161c00c ${"01".repeat(20)}`, `02646b00 0161EX ${"01".repeat(20)}`],
    ["MX", 15, "000a 0141 c00c", "000a 0141 EX"],
    ["RP", 17, "c014 c00c", "02646b00 EX"],
    ["AFSDB", 18, "0001 c00c", "0001 EX"],
    ["RT", 21, "0001 c00c", "0001 EX"],
    ["PX", 26, "0001 c00c c014", "0001 EX 02646b00"],
    ["SRV", 33, "0001 0002 0003 c00c", "0001 0002 0003 EX"],
    ["NAPTR", 35, "0001 0002 0153 00 0121 c00c", "0001 0002 0153 00 0121 EX"],
    ["DNAME", 39, "c00c", "EX"],
    ["RRSIG", 46, `${"00".repeat(18)} c00c c0c0`, `${"00".repeat(18)} EX c0c0`],
    ["NSEC", 47, "c00c 000140", "EX 000140"],
    ["SVCB", 64, "0001 00 0001 0003 026832", "0001 00 0001 0003 026832"],
    ["DS", 43, "c00c 0802 aa", "c00c 0802 aa"],
    ["TXT", 16, "02 c00c", "02 c00c"],
    ["TYPE65280", 65280, "c00c", "c00c"],
  ])("decompresses what %s allows and nothing else", (type, number, rdata, expected) => {
    const { answer } = valueOf(decodeMessage(message({ answer: [{ owner: EXAMPLE, type: number, rdata }] }))).reply;
    const data = base64Of(expected.replaceAll("EX", "07 6578616d706c65 02 646b 00"));
    expect(answer).toEqual([{ name: "example.dk.", type, ttl: 300, data }]);
  });

  test("a TTL with the top bit set is zero", () => {
    const ttls = [0x7fffffff, 0x80000000, 0xffffffff].map((ttl) => ({ ...A, ttl }));
    const { answer } = valueOf(decodeMessage(message({ answer: ttls }))).reply;
    expect(answer.map(({ ttl }) => ttl)).toEqual([0x7fffffff, 0, 0]);
  });

  test("leaves out records of other classes", () => {
    const chaos: RawRecord = { ...A, recordClass: 3 };
    const { reply } = valueOf(decodeMessage(message({ answer: [chaos, A, { ...A, recordClass: 255 }] })));
    expect(reply.answer).toEqual([decodedA]);
  });

  test("a name of another class's RDATA is not looked into", () => {
    const chaos: RawRecord = { owner: EXAMPLE, type: 2, recordClass: 3, rdata: "ffff" };
    expect(valueOf(decodeMessage(message({ answer: [chaos] }))).reply.answer).toEqual([]);
  });

  test("RDATA may be empty where the type allows it", () => {
    const { answer } = valueOf(decodeMessage(message({ answer: [{ owner: EXAMPLE, type: 10, rdata: "" }] }))).reply;
    expect(answer).toEqual([{ name: "example.dk.", type: "NULL", ttl: 300, data: "" }]);
  });
});

describe("EDNS", () => {
  test("extends the response code", () => {
    const bytes = message({ flags: "8183", additional: [opt("", { ttl: 0x0100_0000 })] });
    expect(valueOf(decodeMessage(bytes)).reply).toMatchObject({ rcode: 19, edns: { dnssecOk: false } });
  });

  test("reads extended errors, and passes over other options", () => {
    const bytes = message({ additional: [opt("000a 0002 abcd  000f 0002 0006  000f 0005 0016 c3b867")] });
    const { edns } = valueOf(decodeMessage(bytes)).reply;
    expect(edns?.errors).toEqual([
      { code: 6, text: "" },
      { code: 22, text: "øg" },
    ]);
  });

  test("makes the text of extended errors safe to print", () => {
    // ESC, a right-to-left override, a line separator, an octet that is no UTF-8, and a space that stays.
    const bytes = message({ additional: [opt("000f 000d 0000 1b e280ae e280a8 ff 20 41 00")] });
    expect(valueOf(decodeMessage(bytes)).reply.edns?.errors).toEqual([{ code: 0, text: "???? A?" }]);
  });

  test("bounds extended errors in number and length", () => {
    const many = opt("000f 0002 0001".repeat(9));
    expect(valueOf(decodeMessage(message({ additional: [many] }))).reply.edns?.errors).toHaveLength(8);
    const long = opt(`000f 1002 0001 ${"61".repeat(0x1000)}`);
    const [error] = valueOf(decodeMessage(message({ additional: [long] }))).reply.edns?.errors ?? [];
    expect(error?.text).toBe("a".repeat(200));
    const spaced = opt(`000f 0105 0001 ${"61".repeat(198)} ${"20".repeat(60)} 61`);
    expect(valueOf(decodeMessage(message({ additional: [spaced] }))).reply.edns?.errors[0]?.text).toBe("a".repeat(198));
  });

  test("an extended error without a code explains nothing and spoils nothing", () => {
    const { reply } = valueOf(decodeMessage(message({ answer: [A], additional: [opt("000f 0001 00")] })));
    expect(reply.edns?.errors).toEqual([]);
    expect(reply.answer).toEqual([decodedA]);
  });
});

describe("truncated replies", () => {
  const whole = message({ flags: "8380", answer: [A, A], additional: [opt("")] });
  const sound = message({ answer: [A, A], additional: [opt("")] });

  test("keep what came whole", () => {
    for (let length = 28; length < whole.length; length += 1) {
      const reply = valueOf(decodeMessage(whole.subarray(0, length))).reply;
      expect(reply.flags).toContain("tc");
      expect(reply.answer).toHaveLength(Math.min(2, Math.floor((length - 28) / 16)));
      expect(reply.edns).toBeNull();
    }
    expect(valueOf(decodeMessage(whole)).reply.edns).not.toBeNull();
  });

  test("may end within an owner name of any form", () => {
    const cut = message({ flags: "8380", answer: [A, { ...A, owner: "03 777777 02 646b 00" }] });
    for (let length = 28 + 16; length < cut.length; length += 1) {
      expect(valueOf(decodeMessage(cut.subarray(0, length))).reply.answer).toEqual([decodedA]);
    }
  });

  test("without TC are malformed at any length", () => {
    for (let length = 0; length < sound.length; length += 1) {
      expect(problemOf(decodeMessage(sound.subarray(0, length)))).toMatch(/runs past the end$/);
    }
  });

  test("must have a whole header and question", () => {
    for (let length = 0; length < 28; length += 1) {
      expect(decodeMessage(whole.subarray(0, length)).ok).toBe(false);
    }
  });

  test("may not be malformed otherwise", () => {
    const bad: RawRecord = { owner: EXAMPLE, type: 2, rdata: "05 61" };
    expect(problemOf(decodeMessage(message({ flags: "8380", answer: [bad] })))).toBe(
      "a name in the RDATA of a NS record runs past the end",
    );
    expect(problemOf(decodeMessage(message({ flags: "8380", answer: [A], trailing: "00" })))).toBe(
      "octets are left over after the last record",
    );
  });
});

describe("what a label may hold", () => {
  test("every octet comes back escaped where it must be", () => {
    const owner = "04 2e5c00ff c00c";
    const { answer } = valueOf(decodeMessage(message({ answer: [{ ...A, owner }] }))).reply;
    expect(answer[0]?.name).toBe("\\.\\\\\\000\\255.example.dk.");
  });

  test("a pointer into the middle of a name takes its ending", () => {
    const { answer } = valueOf(
      decodeMessage(message({ question: QUESTION, answer: [{ ...A, owner: "0158c014" }] })),
    ).reply;
    expect(answer[0]?.name).toBe("x.dk.");
  });
});
