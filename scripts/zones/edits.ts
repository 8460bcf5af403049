import { keyTag, parseDnskey } from "./key-digest.ts";
import type { Edit } from "./recipe.ts";
import { coveredType, type ZoneLine } from "./zone-text.ts";

/** Applies the text edits of a recipe in order. `expired` is the same zone signed long ago: the source of old signatures. */
export function applyEdits(
  lines: readonly ZoneLine[],
  edits: readonly Edit[],
  expired: readonly ZoneLine[],
): readonly ZoneLine[] {
  return edits.reduce((zone, edit) => applyEdit(zone, edit, expired), lines);
}

function applyEdit(lines: readonly ZoneLine[], edit: Edit, expired: readonly ZoneLine[]): readonly ZoneLine[] {
  switch (edit.kind) {
    case "drop-signatures":
      return changed(
        lines,
        lines.filter((line) => coveredType(line) !== edit.covering),
      );
    case "drop-signatures-by":
      return changed(
        lines,
        lines.filter((line) => !isSignatureBy(line, edit.algorithm, edit.except)),
      );
    case "drop-records":
      return changed(
        lines,
        lines.filter((line) => !edit.types.includes(coveredType(line) ?? line.type)),
      );
    case "corrupt-signatures":
      return changed(
        lines,
        lines.map((line) => (coveredType(line) === edit.covering ? corruptSignature(line) : line)),
      );
    case "expire-signatures":
      return changed(lines, [
        ...lines.filter((line) => coveredType(line) !== edit.covering),
        ...expired.filter((line) => coveredType(line) === edit.covering),
      ]);
    case "renumber-algorithm":
      return changed(lines, renumber(lines, edit.to));
    case "mix-case":
      return changed(
        lines,
        lines.map((line) => ({ ...line, owner: mixCase(line.owner) })),
      );
  }
}

/** An edit that finds nothing to change would make a case that tests nothing. */
function changed(before: readonly ZoneLine[], after: readonly ZoneLine[]): readonly ZoneLine[] {
  if (JSON.stringify(before) === JSON.stringify(after)) throw new Error("an edit changed nothing");
  return after;
}

function isSignatureBy(line: ZoneLine, algorithm: number, except: string): boolean {
  const covered = coveredType(line);
  return covered !== null && covered !== except && line.data.split(" ")[1] === String(algorithm);
}

/** Swaps two different characters inside the signature, so that its length stays lawful. */
function corruptSignature(line: ZoneLine): ZoneLine {
  const words = line.data.split(" ");
  const signature = words.at(-1) ?? "";
  const first = signature.charAt(0);
  const at = Array.from(signature).findIndex((character) => character !== first);
  if (at < 0) throw new Error("a signature of one repeated character");
  const swapped = signature.charAt(at) + signature.slice(1, at) + first + signature.slice(at + 1);
  return { ...line, data: [...words.slice(0, -1), swapped].join(" ") };
}

/** Gives every key and signature another algorithm number, and the signatures the key tags that follow from it. */
function renumber(lines: readonly ZoneLine[], to: number): readonly ZoneLine[] {
  const tags = new Map<string, string>();
  const keysDone = lines.map((line) => {
    if (line.type !== "DNSKEY") return line;
    const key = parseDnskey(line.data);
    tags.set(String(keyTag(key)), String(keyTag({ ...key, algorithm: to })));
    return { ...line, data: [key.flags, key.protocol, to, key.publicKey].join(" ") };
  });
  return keysDone.map((line) => {
    if (line.type !== "RRSIG") return line;
    const words = line.data.split(" ");
    words[1] = String(to);
    words[6] = tags.get(words[6] ?? "") ?? "0";
    return { ...line, data: words.join(" ") };
  });
}

function mixCase(name: string): string {
  return Array.from(name, (letter, index) => (index % 2 === 0 ? letter.toUpperCase() : letter)).join("");
}
