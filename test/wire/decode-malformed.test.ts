import { describe, expect, test } from "@jest/globals";
import { decodeMessage } from "../../lib/wire/codec.ts";
import { octets } from "./hex.ts";
import { EXAMPLE, message, opt, type RawRecord } from "./message-octets.ts";
import { problemOf } from "./outcome.ts";

const A: RawRecord = { owner: EXAMPLE, type: 1, rdata: "c0000201" };

describe("malformed messages", () => {
  const record = (parts: Partial<RawRecord>): Uint8Array => message({ answer: [{ ...A, ...parts }] });
  test.each<[string, Uint8Array, string]>([
    ["nothing", octets(""), "the header runs past the end"],
    ["half a header", octets("1234818000010000"), "the header runs past the end"],
    ["octets after the last record", message({ trailing: "00" }), "octets are left over after the last record"],
    ["two questions", message({ counts: "0002000000000000" }), "the message has several questions"],
    [
      "a count beyond the records",
      message({ counts: "0001000100000000" }),
      "an owner name in the answer section runs past the end",
    ],
    ["counts beyond reason", message({ counts: "0001040008000401" }), "the message has too many records"],
    [
      "a pointer to itself",
      record({ owner: "c01c" }),
      "an owner name in the answer section has a compression pointer that does not point back",
    ],
    [
      "a pointer forward",
      record({ owner: "c01e" }),
      "an owner name in the answer section has a compression pointer that does not point back",
    ],
    [
      "a loop through a label",
      record({ owner: "0161 c01c" }),
      "an owner name in the answer section has a compression pointer that does not point back",
    ],
    [
      "a pointer into the header",
      record({ owner: "c00b" }),
      "an owner name in the answer section has a compression pointer into the header",
    ],
    [
      "a pointer cut in half",
      message({ counts: "0001000100000000", trailing: "c0" }),
      "an owner name in the answer section runs past the end",
    ],
    [
      "an extended label type",
      record({ owner: "4161" }),
      "an owner name in the answer section has an unknown label type",
    ],
    ["label type 10", record({ owner: "8061" }), "an owner name in the answer section has an unknown label type"],
    [
      "a compressed question",
      message({ question: "c00c 0001 0001" }),
      "the question's name has a compression pointer that does not point back",
    ],
    [
      "a name over 255 octets",
      record({ owner: `${`3f${"61".repeat(63)}`.repeat(4)}00` }),
      "an owner name in the answer section is longer than 255 octets",
    ],
    [
      "a name over 255 octets by pointer",
      record({ owner: `${`3f${"61".repeat(63)}`.repeat(3)}3e${"61".repeat(62)}c00c` }),
      "an owner name in the answer section is longer than 255 octets",
    ],
    ["RDLENGTH beyond the end", record({ length: 5 }), "the RDATA of a A record runs past the end"],
    ["RDLENGTH too short for the RDATA", record({ length: 3 }), "octets are left over after the last record"],
    [
      "an NS record with more than a name",
      record({ type: 2, rdata: "c00c 00" }),
      "the RDATA is longer than its type allows",
    ],
    [
      "an NS record without a name",
      record({ type: 2, rdata: "" }),
      "a name in the RDATA of a NS record runs past the end",
    ],
    [
      "a name that leaves its RDATA",
      record({ type: 2, rdata: "0361", trailing: "626300" } as Partial<RawRecord>),
      "a name in the RDATA of a NS record runs past the end",
    ],
    ["a short SOA record", record({ type: 6, rdata: `c00c c00c ${"00".repeat(19)}` }), "the RDATA runs past the end"],
    ["two OPT records", message({ additional: [opt(""), opt("")] }), "the message has several OPT records"],
    [
      "an OPT record in the answer section",
      message({ answer: [opt("")] }),
      "an OPT record is outside the additional section",
    ],
    [
      "an OPT record in the authority section",
      message({ authority: [opt("")] }),
      "an OPT record is outside the additional section",
    ],
    [
      "an OPT record below the root",
      message({ additional: [opt("", { owner: EXAMPLE })] }),
      "an OPT record is not owned by the root",
    ],
    [
      "an option that leaves its OPT record",
      message({ additional: [opt("000f 0003 0001")] }),
      "an EDNS option runs past the end",
    ],
    ["half an option", message({ additional: [opt("000f 00")] }), "an EDNS option length runs past the end"],
    ["64 KB and one octet", new Uint8Array(0x1_0000), "the message is longer than 65535 octets"],
  ])("%s", (_, bytes, problem) => {
    expect(problemOf(decodeMessage(bytes))).toBe(problem);
  });
});
