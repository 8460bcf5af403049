import { Buffer } from "node:buffer";
import { describe, expect, test } from "@jest/globals";
import { decodeMessage } from "../../lib/wire/codec.ts";
import { octets } from "./hex.ts";
import { problemOf, valueOf } from "./outcome.ts";

const TIME_LIMIT_MS = 250;
const LONG_NAME = `${`3f${"61".repeat(63)}`.repeat(3)}3d${"61".repeat(61)}00`;

/** A header with one question and as many answers as told, then the parts as they are. */
function bomb(answers: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const header = octets(`1234 8180 0001 ${answers.toString(16).padStart(4, "0")} 0000 0000`);
  return new Uint8Array(Buffer.concat([header, ...parts]));
}

function repeated(hex: string, count: number): Uint8Array {
  return new Uint8Array(Buffer.concat(Array<Uint8Array>(count).fill(octets(hex))));
}

function timed<T>(work: () => T): { readonly value: T; readonly milliseconds: number } {
  const start = performance.now();
  const value = work();
  return { value, milliseconds: performance.now() - start };
}

describe("the work that a message can ask for is bounded", () => {
  const question = octets(`${LONG_NAME} 0002 0001`);

  test("owner names that all point at a long name", () => {
    const records = repeated("c00c 000a 0001 00000000 0000", 4_096);
    const { value, milliseconds } = timed(() => decodeMessage(bomb(4_096, question, records)));
    expect(problemOf(value)).toBe("the message's names are too long in total");
    expect(milliseconds).toBeLessThan(TIME_LIMIT_MS);
  });

  test("names inside RDATA that all point at a long name", () => {
    const records = repeated("00 0011 0001 00000000 0004 c00c c00c", 3_900);
    const { value, milliseconds } = timed(() => decodeMessage(bomb(3_900, question, records)));
    expect(problemOf(value)).toBe("the message's names are too long in total");
    expect(milliseconds).toBeLessThan(TIME_LIMIT_MS);
  });

  /** A NULL record whose RDATA is a chain of pointers, each to the one before, and records whose owner enters at its end. */
  function pointerChain(links: number, entries: number): Uint8Array {
    const chain = Buffer.alloc(2 * links);
    const start = 12 + 5 + 11;
    for (let index = 0; index < links; index += 1) {
      const before = index === 0 ? 12 : start + 2 * (index - 1);
      chain.writeUInt16BE(0xc000 | before, 2 * index);
    }
    const holder = octets(`00 000a 0001 00000000 ${chain.length.toString(16).padStart(4, "0")}`);
    const entry = (0xc000 | (start + chain.length - 2)).toString(16);
    return bomb(
      1 + entries,
      octets("00 0002 0001"),
      holder,
      chain,
      repeated(`${entry} 000a 0001 00000000 0000`, entries),
    );
  }

  test("a chain of pointers that adds no label", () => {
    const { value, milliseconds } = timed(() => decodeMessage(pointerChain(8_000, 3_000)));
    expect(problemOf(value)).toBe("an owner name in the answer section has too many compression pointers");
    expect(milliseconds).toBeLessThan(TIME_LIMIT_MS);
  });

  test("128 pointers in a row, and no more", () => {
    expect(valueOf(decodeMessage(pointerChain(127, 4_000))).reply.answer).toHaveLength(4_001);
    expect(decodeMessage(pointerChain(128, 1)).ok).toBe(false);
  });

  test("the longest RDATA stays within 16 bits when its name is decompressed", () => {
    const rest = 0xffff - 12 - question.length - 11 - 20;
    const head = `00 002e 0001 00000000 ${(20 + rest).toString(16)} ${"00".repeat(18)} c00c`;
    const bytes = bomb(1, question, octets(`${head} ${"ab".repeat(rest)}`));
    expect(bytes).toHaveLength(0xffff);
    const [record] = valueOf(decodeMessage(bytes)).reply.answer;
    expect(Buffer.from(record?.data ?? "", "base64").length).toBeLessThanOrEqual(0xffff);
    expect(Buffer.from(record?.data ?? "", "base64").length).toBeGreaterThan(20 + rest);
  });

  test("the largest honest answers are not refused", () => {
    const records = repeated("c00c 0001 0001 0000012c 0004 c0000201", 4_000);
    const { value, milliseconds } = timed(() =>
      decodeMessage(bomb(4_000, octets("07 6578616d706c65 02 646b 00 0001 0001"), records)),
    );
    expect(valueOf(value).reply.answer).toHaveLength(4_000);
    expect(milliseconds).toBeLessThan(TIME_LIMIT_MS);
  });
});
