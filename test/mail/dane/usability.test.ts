import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { heededRecords, recordForm, unusableBecause, usableRecords } from "../../../lib/mail/dane/usability.ts";
import { recordOf } from "./vectors.ts";

test.each([
  ["3 1 1 ecdsa", null],
  ["2 0 2 root", null],
  ["3 0 0 ecdsa", null],
  ["2 1 0 root", null],
  ["0 0 1 root", "pkix-usage"],
  ["1 1 1 ecdsa", "pkix-usage"],
  ["4 1 1 ecdsa", "unknown-usage"],
  ["255 1 1 ecdsa", "unknown-usage"],
  ["3 2 1 ecdsa", "unknown-selector"],
  ["3 1 3 ecdsa", "unknown-matching-type"],
  ["3 1 1 ecdsa cut", "wrong-form"],
  ["3 1 2 ecdsa cut", "wrong-form"],
  ["3 0 0 ecdsa cut", "wrong-form"],
  ["3 1 0 ecdsa cut", "wrong-form"],
])("%s", (record, reason) => {
  expect(unusableBecause(recordOf(record))).toBe(reason);
});

test("SHA-384 does not pass for SHA-512, nor a key for a certificate", () => {
  expect(unusableBecause({ ...recordOf("3 1 1 ecdsa"), association: new Uint8Array(48) })).toBe("wrong-form");
  expect(unusableBecause({ ...recordOf("3 1 0 ecdsa"), selector: 0 })).toBe("wrong-form");
});

test("what is heeded is usable, and holds the strongest of each usage and selector", () => {
  const record = fc
    .tuple(fc.nat(4), fc.nat(2), fc.nat(3), fc.constantFrom("ecdsa", "next", "ecdsa cut"))
    .map(([usage, selector, type, about]) => recordOf(`${usage} ${selector} ${type} ${about}`));
  fc.assert(
    fc.property(fc.array(record, { maxLength: 8 }), (records) => {
      const [usable, heeded] = [usableRecords(records), heededRecords(records)];
      expect(heeded.every((one) => usable.includes(one))).toBe(true);
      for (const one of usable) {
        const rivals = usable.filter(({ usage, selector }) => usage === one.usage && selector === one.selector);
        const strongest = Math.max(...rivals.map(({ matchingType }) => matchingType));
        expect(heeded.includes(one)).toBe(one.matchingType === 0 || one.matchingType === strongest);
      }
    }),
  );
});

test("the form is the three numbers", () => {
  expect(recordForm(recordOf("3 1 1 ecdsa"))).toBe("3 1 1");
});
