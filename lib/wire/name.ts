import { malformed, parsed, type Parsed } from "./parsed.ts";
import { LABEL_LIMIT, lowerOctet, NAME_LIMIT, octetsOfText, presentOctet } from "./name-text.ts";

declare const nameBrand: unique symbol;

/**
 * An absolute domain name in lower-case presentation form with a final dot: "example.dk.", the root is ".".
 * Octets outside [a-z0-9-_*] that the master-file format reserves are escaped as \X or \DDD (RFC 1035 section 5.1).
 */
export type Name = string & { readonly [nameBrand]: true };

export const ROOT = "." as Name;

/** Labels are asked for again and again for the same few names; the bound keeps hostile names from filling memory. */
const LABEL_CACHE_LIMIT = 5_000;
const labelCache = new Map<Name, readonly string[]>();

/** Reads a name with or without final dot; ASCII letters become lower case. No IDN conversion: other letters are a problem. */
export function parseName(text: string): Parsed<Name> {
  if (text === ".") return parsed(ROOT);
  if (text === "") return malformed("the name is empty");
  const labels = octetsOfText(text);
  if (!labels.ok) return labels;
  let total = 1;
  let result = "";
  for (const label of labels.value) {
    if (label.length === 0) return malformed("the name has an empty label");
    if (label.length > LABEL_LIMIT) return malformed(`a label is longer than ${LABEL_LIMIT} octets`);
    total += label.length + 1;
    for (const octet of label) result += presentOctet(lowerOctet(octet));
    result += ".";
  }
  return total > NAME_LIMIT ? malformed(`the name is longer than ${NAME_LIMIT} octets`) : parsed(result as Name);
}

/** A name that is known to be right: throws a TypeError otherwise. For constants, never for input. */
export function name(text: string): Name {
  const result = parseName(text);
  if (!result.ok) throw new TypeError(`"${text}" is not a domain name: ${result.problem}`);
  return result.value;
}

/** The labels in escaped presentation form, leftmost first; the root has none. */
export function labelsOf(name: Name): readonly string[] {
  if (name === ROOT) return [];
  const known = labelCache.get(name);
  if (known !== undefined) return known;
  const labels = name.includes("\\") ? splitEscaped(name) : name.slice(0, -1).split(".");
  if (labelCache.size >= LABEL_CACHE_LIMIT) labelCache.clear();
  labelCache.set(name, Object.freeze(labels));
  return labels;
}

function splitEscaped(name: Name): string[] {
  const labels: string[] = [];
  for (let start = 0; start < name.length;) {
    const end = firstDot(name, start);
    labels.push(name.slice(start, end));
    start = end + 1;
  }
  return labels;
}

/** Where the label that starts at `start` ends. A name is well formed, so there always is such a dot. */
function firstDot(name: string, start: number): number {
  let at = start;
  while (name[at] !== ".") at += name[at] === "\\" ? 2 : 1;
  return at;
}

/** The number of labels without the root's: 0 for the root. A leading "*" counts. */
export function labelCount(name: Name): number {
  return labelsOf(name).length;
}

/** The name without its leftmost label; null for the root. */
export function parentOf(name: Name): Name | null {
  if (name === ROOT) return null;
  const rest = name.slice(firstDot(name, 0) + 1);
  return rest === "" ? ROOT : (rest as Name);
}

/** Whether `name` is `ancestor` or lies below it. */
export function isAtOrBelow(name: Name, ancestor: Name): boolean {
  if (ancestor === ROOT || name === ancestor) return true;
  if (!name.endsWith(ancestor)) return false;
  const dot = name.length - ancestor.length - 1;
  return name[dot] === "." && !isEscaped(name, dot);
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === "\\") backslashes += 1;
  return backslashes % 2 === 1;
}

/** Every name from the root down to and including `name`. */
export function ancestorsOf(name: Name): readonly Name[] {
  const names: Name[] = [];
  for (let at: Name | null = name; at !== null; at = parentOf(at)) names.push(at);
  return names.reverse();
}

/** `label`, in presentation form, put before `name`; throws a TypeError if that is no name (too long, or several labels). */
export function prepend(label: string, base: Name): Name {
  const result = name(base === ROOT ? `${label}.` : `${label}.${base}`);
  if (labelCount(result) !== labelCount(base) + 1) throw new TypeError(`"${label}" is not a single label`);
  return result;
}

/** The wildcard name directly below `name` (RFC 4592); throws a TypeError if that is too long. */
export function wildcardAt(name: Name): Name {
  return prepend("*", name);
}

/** The longest name that both lie at or below. */
export function commonAncestor(a: Name, b: Name): Name {
  let at = a;
  while (!isAtOrBelow(b, at)) at = parentOf(at) ?? ROOT;
  return at;
}

/** Canonical order (RFC 4034 section 6.1): negative, zero or positive as `a` sorts before, with or after `b`. */
export function compareCanonical(a: Name, b: Name): number {
  if (a === b) return 0;
  const left = labelsOf(a);
  const right = labelsOf(b);
  const shared = Math.min(left.length, right.length);
  for (let back = 1; back <= shared; back += 1) {
    const order = compareLabels(left[left.length - back] ?? "", right[right.length - back] ?? "");
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareLabels(a: string, b: string): number {
  if (a === b) return 0;
  const left = rawLabel(a);
  const right = rawLabel(b);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** One UTF-16 unit per octet, so that comparing strings compares octets. */
function rawLabel(label: string): string {
  return label.includes("\\")
    ? label.replace(/\\(\d{3}|.)/g, (_, escape: string) =>
        escape.length === 3 ? String.fromCharCode(Number(escape)) : escape,
      )
    : label;
}

/** The name in wire form, uncompressed and in lower case, with the final zero octet. */
export function toWire(name: Name): Uint8Array {
  const octets: number[] = [];
  for (const label of labelsOf(name)) {
    const raw = rawLabel(label);
    octets.push(raw.length);
    for (let at = 0; at < raw.length; at += 1) octets.push(raw.charCodeAt(at));
  }
  octets.push(0);
  return Uint8Array.from(octets);
}

/** Reads an uncompressed name at `offset`; `next` is the offset after its final zero octet. Letters become lower case. */
export function fromWire(bytes: Uint8Array, offset: number): Parsed<{ readonly name: Name; readonly next: number }> {
  let text = "";
  let at = offset;
  for (;;) {
    const length = bytes[at];
    if (length === undefined) return malformed("the name runs past the end");
    at += 1;
    if (length === 0) break;
    if (length > LABEL_LIMIT) return malformed("the name has a compression pointer or an unknown label type");
    if (at + length > bytes.length) return malformed("the name runs past the end");
    if (at + length + 1 - offset > NAME_LIMIT) return malformed(`the name is longer than ${NAME_LIMIT} octets`);
    for (const end = at + length; at < end; at += 1) text += presentOctet(lowerOctet(bytes[at] ?? 0));
    text += ".";
  }
  return parsed({ name: text === "" ? ROOT : (text as Name), next: at });
}
