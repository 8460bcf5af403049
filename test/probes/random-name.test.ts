import { expect, test } from "@jest/globals";
import { randomNameBelow } from "../../lib/probes/random-name.ts";
import { name, toWire } from "../../lib/wire/name.ts";

const LABEL = "abcdefghijklmnop";
/** A name of `octets` octets on the wire. */
const nameOf = (octets: number) => {
  const labels: string[] = [];
  for (let left = octets - 1; left > 0; left -= 64) labels.push("x".repeat(Math.min(63, left - 1)));
  return name(labels.join("."));
};

test.each([
  [238, 16],
  [239, 15],
  [253, 1],
])("below a name of %i octets there is room for %i of the label's letters", (octets, letters) => {
  const domain = nameOf(octets);
  expect(toWire(domain)).toHaveLength(octets);
  expect(randomNameBelow(domain, LABEL)).toBe(`${LABEL.slice(0, letters)}.${domain}`);
});

test("where there is no room at all, the domain itself is asked about", () => {
  const domain = nameOf(255);
  expect(randomNameBelow(domain, LABEL)).toBe(domain);
});
