import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { DER_LIST_LIMIT, DER_OCTETS_LIMIT, type DerReader, readDer, TAG, within } from "../../lib/tls/der.ts";
import { readTime } from "../../lib/tls/der-time.ts";

const octets = (...values: number[]): Uint8Array => Uint8Array.from(values);
const first = (reader: DerReader) => reader.next("the element");

describe("elements", () => {
  test("in short and long form", () => {
    expect(readDer(octets(0x04, 0x02, 1, 2), first)).toMatchObject({
      ok: true,
      value: { tag: 0x04, content: octets(1, 2) },
    });
    const long = octets(0x04, 0x81, 0x80, ...Array<number>(0x80).fill(7));
    expect(readDer(long, first)).toMatchObject({ ok: true, value: { octets: long } });
  });

  test.each([
    ["nothing", []],
    ["no length", [0x04]],
    ["cut off", [0x04, 0x02, 1]],
    ["left over", [0x04, 0x01, 1, 1]],
    ["an indefinite length", [0x30, 0x80, 0, 0]],
    ["a length in more octets than it needs", [0x04, 0x81, 0x01, 1]],
    ["a length with a leading zero", [0x04, 0x82, 0x00, 0x80, ...Array<number>(0x80).fill(0)]],
    ["a length of four octets", [0x04, 0x84, 0, 0, 0, 1, 1]],
    ["a high tag number", [0x1f, 0x21, 0x00]],
  ])("%s is a problem", (_, values) => {
    expect(readDer(octets(...values), first).ok).toBe(false);
  });

  test("bounds of size and of lists", () => {
    expect(readDer(new Uint8Array(DER_OCTETS_LIMIT + 1), () => 1)).toMatchObject({ ok: false });
    const list = (count: number) =>
      readDer(
        Uint8Array.from({ length: count * 2 }, (_, at) => (at % 2 === 0 ? 5 : 0)),
        (reader) => reader.all("nulls").length,
      );
    expect(list(DER_LIST_LIMIT)).toEqual({ ok: true, value: DER_LIST_LIMIT });
    expect(list(DER_LIST_LIMIT + 1).ok).toBe(false);
  });

  test("expected and optional elements", () => {
    const value = octets(TAG.sequence, 0x05, TAG.boolean, 0x01, 0xff, 0x05, 0x00);
    const read = readDer(value, (reader) => {
      const inner = within(reader.expect(TAG.sequence, "the sequence"));
      return [
        inner.optional(TAG.integer, "a number"),
        inner.optional(TAG.boolean, "a truth")?.content[0],
        inner.isDone,
      ];
    });
    expect(read).toEqual({ ok: true, value: [null, 0xff, false] });
    expect(readDer(value, (reader) => reader.expect(TAG.set, "the set"))).toMatchObject({ ok: false });
  });

  test("random octets never throw", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (values) => {
        const walk = (reader: DerReader, depth: number): number =>
          reader
            .all("an element")
            .reduce(
              (sum, element) =>
                sum + 1 + (depth < 5 && (element.tag & 0x20) !== 0 ? walk(within(element), depth + 1) : 0),
              0,
            );
        expect(typeof readDer(values, (reader) => walk(reader, 0)).ok).toBe("boolean");
      }),
    );
  });
});

describe("times", () => {
  const moment = (tag: number, text: string) =>
    readDer(octets(tag, text.length, ...Buffer.from(text)), (reader) => readTime(reader.next("the time"), "the time"));

  test.each([
    [TAG.utcTime, "491231235959Z", "2049-12-31T23:59:59.000Z"],
    [TAG.utcTime, "500101000000Z", "1950-01-01T00:00:00.000Z"],
    [TAG.generalizedTime, "20500101000000Z", "2050-01-01T00:00:00.000Z"],
    [TAG.generalizedTime, "00010101000000Z", "0001-01-01T00:00:00.000Z"],
    [TAG.generalizedTime, "99991231235959Z", "9999-12-31T23:59:59.000Z"],
    [TAG.utcTime, "160229235960Z", "2016-03-01T00:00:00.000Z"],
  ])("%i %s", (tag, text, expected) => {
    expect(moment(tag, text)).toEqual({ ok: true, value: Date.parse(expected) });
  });

  test.each([
    [TAG.utcTime, "4912312359Z"],
    [TAG.utcTime, "491231235959+0100"],
    [TAG.utcTime, "20500101000000Z"],
    [TAG.generalizedTime, "20500101000000.5Z"],
    [TAG.generalizedTime, "20250229000000Z"],
    [TAG.generalizedTime, "20251301000000Z"],
    [TAG.generalizedTime, "20251201240000Z"],
    [TAG.octetString, "491231235959Z"],
  ])("%i %s is none", (tag, text) => {
    expect(moment(tag, text).ok).toBe(false);
  });
});
