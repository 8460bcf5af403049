import fc from "fast-check";
import { fromWire, type Name } from "../../lib/wire/name.ts";

/** Wire octets of names whose labels hold any octets, upper case among them. */
export const nameWire: fc.Arbitrary<Uint8Array> = fc
  .array(fc.uint8Array({ minLength: 1, maxLength: 63 }), { maxLength: 6 })
  .map((labels) => Uint8Array.from([...labels.flatMap((label) => [label.length, ...label]), 0]))
  .filter((wire) => wire.length <= 255);

/** Any name. */
export const anyName: fc.Arbitrary<Name> = nameWire.map((wire) => {
  const found = fromWire(wire, 0);
  if (!found.ok) throw new Error(found.problem);
  return found.value.name;
});

/** Names of few and short labels, so that they are often related. */
export const nearName: fc.Arbitrary<Name> = fc
  .array(fc.constantFrom("a", "b", "*", "a\\.b", "\\000", "ab"), { maxLength: 3 })
  .map((labels) => labels.join(".") as Name)
  .map((text) => (text === "" ? "." : `${text}.`) as Name);
