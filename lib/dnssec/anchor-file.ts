import { parseName, type Name } from "../wire/name.ts";
import { WireProblem } from "../wire/octet-reader.ts";
import { malformed, parsed, type Parsed } from "../wire/parsed.ts";
import { parseDnskey } from "../wire/rdata/dnskey.ts";
import { zoneLines, type ZoneLine } from "../wire/zone-token.ts";
import type { TrustAnchor } from "./trust-anchor.ts";
import { digestOfKey, isRevoked, maySignZone } from "./zone-key.ts";

const SHA_256 = 2;
const DIGEST_OCTETS: ReadonlyMap<number, number> = new Map([
  [1, 20],
  [2, 32],
  [4, 48],
]);

/** DS and DNSKEY as zone files write them, and the words that BIND's configuration has for them. */
const FORMS: ReadonlyMap<string, "ds" | "dnskey"> = new Map([
  ["DS", "ds"],
  ["STATIC-DS", "ds"],
  ["INITIAL-DS", "ds"],
  ["DNSKEY", "dnskey"],
  ["STATIC-KEY", "dnskey"],
  ["INITIAL-KEY", "dnskey"],
]);

/**
 * Reads trust anchors: DS or DNSKEY records in zone-file form (RFC 1035 section 5.1), with unbound's `trust-anchor:` or BIND's
 * `static-ds`, `initial-key` and the like tolerated. The problem names line and field; a file without anchors is a problem.
 * Anchors of any zone are accepted; a walk starts at those of the uppermost zone that encloses its target.
 */
export function parseAnchorFile(text: string): Parsed<readonly TrustAnchor[]> {
  const lines = entriesOf(text);
  if (!lines.ok) return lines;
  const anchors = new Map<string, TrustAnchor>();
  for (const line of lines.value) {
    const anchor = parseAnchor(line);
    if (!anchor.ok) return malformed(`line ${line.number}: ${anchor.problem}`);
    anchors.set(JSON.stringify(anchor.value), anchor.value);
  }
  return anchors.size === 0 ? malformed("the file holds no trust anchor") : parsed([...anchors.values()]);
}

/** Beside the comments of zone files, lines that begin with "#" or "//" are comments. */
function entriesOf(text: string): Parsed<readonly ZoneLine[]> {
  try {
    return parsed(zoneLines(text.replace(/^[ \t]*(#|\/\/).*$/gm, "")));
  } catch (error) {
    if (error instanceof WireProblem) return malformed(error.message);
    throw error;
  }
}

/** Quotation marks only group: around a whole record in unbound's files, around the key in BIND's. */
function parseAnchor({ tokens }: ZoneLine): Parsed<TrustAnchor> {
  const words = tokens.flatMap((token) => token.text.split(/\s+/)).filter((word) => word !== "");
  const [first = "", ...rest] = /^trust-anchor:$/i.test(words[0] ?? "") ? words.slice(1) : words;
  const zone = parseName(first);
  if (!zone.ok) return malformed(`owner: ${zone.problem}`);
  const [type = "", ...rdata] = rest.slice(rest.findIndex((word) => !isTtlOrClass(word)));
  const form = FORMS.get(type.toUpperCase());
  if (form === undefined) return malformed("type: neither DS nor DNSKEY");
  return form === "ds" ? parseDsAnchor(zone.value, rdata) : parseKeyAnchor(zone.value, rdata);
}

function isTtlOrClass(word: string): boolean {
  return /^(\d+[smhdw]?|IN)$/i.test(word);
}

function parseDsAnchor(zone: Name, [tag, algorithm, type, ...digest]: readonly string[]): Parsed<TrustAnchor> {
  const keyTag = numberIn(tag, 0xffff, "key tag");
  if (!keyTag.ok) return keyTag;
  const number = numberIn(algorithm, 0xff, "algorithm");
  if (!number.ok) return number;
  const digestType = numberIn(type, 0xff, "digest type");
  if (!digestType.ok) return digestType;
  const hex = digest.join("").toUpperCase();
  if (!/^([0-9A-F]{2})+$/.test(hex)) return malformed("digest: not pairs of hexadecimal digits");
  const due = DIGEST_OCTETS.get(digestType.value);
  if (due !== undefined && hex.length !== 2 * due) {
    return malformed(`digest: ${hex.length / 2} octets instead of the ${due} of digest type ${digestType.value}`);
  }
  return parsed({ zone, keyTag: keyTag.value, algorithm: number.value, digestType: digestType.value, digest: hex });
}

function parseKeyAnchor(zone: Name, [flags, protocol, algorithm, ...key]: readonly string[]): Parsed<TrustAnchor> {
  const flagBits = numberIn(flags, 0xffff, "flags");
  if (!flagBits.ok) return flagBits;
  const protocolNumber = numberIn(protocol, 0xff, "protocol");
  if (!protocolNumber.ok) return protocolNumber;
  const number = numberIn(algorithm, 0xff, "algorithm");
  if (!number.ok) return number;
  const base64 = key.join("");
  if (base64 === "" || base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) {
    return malformed("public key: not base64");
  }
  const head = [flagBits.value >> 8, flagBits.value & 0xff, protocolNumber.value, number.value];
  const rdata = Buffer.concat([Buffer.from(head), Buffer.from(base64, "base64")]);
  const dnskey = parseDnskey(rdata);
  if (!dnskey.ok) return malformed(`public key: ${dnskey.problem}`);
  if (!maySignZone(dnskey.value) || isRevoked(dnskey.value))
    return malformed("flags: not a zone key, or a revoked one, or another protocol than 3");
  const digest = digestOfKey(SHA_256, zone, rdata);
  if (digest === null) return malformed("public key: no digest");
  const { keyTag } = dnskey.value;
  const hex = digest.toString("hex").toUpperCase();
  return parsed({ zone, keyTag, algorithm: number.value, digestType: SHA_256, digest: hex });
}

function numberIn(text: string | undefined, limit: number, field: string): Parsed<number> {
  if (text === undefined) return malformed(`${field}: missing`);
  if (!/^\d{1,5}$/.test(text) || Number(text) > limit) return malformed(`${field}: not a number from 0 to ${limit}`);
  return parsed(Number(text));
}
