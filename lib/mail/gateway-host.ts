import type { AliasStep, Classification } from "../dnssec/classification.ts";
import type { ResourceRecord } from "../wire/message.ts";
import type { Name } from "../wire/name.ts";
import { parseAddress } from "../wire/rdata/address.ts";
import { type Exchange, isAddressLiteral } from "./gateway-mx.ts";
import type { Classify } from "./reading.ts";

/**
 * The weakest of several classifications: bogus before insecure before unknown (no answer, or one that is not in the book)
 * before secure. One that fails decides, whatever is not known besides.
 */
export type Protection = "bogus" | "insecure" | "unknown" | "secure";

/** One host that takes in mail, and what validation makes of its addresses. */
export interface GatewayHost extends Exchange {
  readonly a: Classification;
  readonly aaaa: Classification;
  /** Of A and AAAA, with every alias on the way. */
  readonly protection: Protection;
  /** What was validated, or heard where nothing is signed: canonical text, each once, IPv4 first. Bogus data gives none. */
  readonly addresses: readonly string[];
  /** `none`: that it has no address of either family was proven, or heard where nothing is signed. */
  readonly reach: "addresses" | "none" | "unknown";
  /** CNAME and DNAME steps from the host on (forbidden for MX, RFC 2181 section 10.3); empty for none. */
  readonly aliases: readonly AliasStep[];
  /** The name after all aliases: the host itself where there are none. TLSA is looked for there first (RFC 7672 section 2.2.3). */
  readonly finalName: Name;
  /** The name is an address written where a name belongs. */
  readonly isLiteral: boolean;
}

/** Reads one host; `preferences` is empty for one that the inventory names. */
export function readHost({ host, preferences }: Exchange, classify: Classify): GatewayHost {
  const a = classify({ name: host, type: "A" });
  const aaaa = classify({ name: host, type: "AAAA" });
  const addresses = [...addressesOf(a, "A"), ...addressesOf(aaaa, "AAAA")];
  const aliases = a.aliases.length >= aaaa.aliases.length ? a.aliases : aaaa.aliases;
  return {
    host,
    preferences,
    a,
    aaaa,
    protection: weakest([a, aaaa]),
    addresses,
    reach: addresses.length > 0 ? "addresses" : isDenied(a) && isDenied(aaaa) ? "none" : "unknown",
    aliases,
    finalName: aliases.at(-1)?.to ?? host,
    isLiteral: isAddressLiteral(host),
  };
}

/** The weakest of the classifications; `unknown` for none. */
export function weakest(classifications: readonly Classification[]): Protection {
  const has = (status: Classification["status"]): boolean => classifications.some((one) => one.status === status);
  if (has("bogus")) return "bogus";
  if (has("insecure")) return "insecure";
  const isSecure = classifications.length > 0 && classifications.every(({ status }) => status === "secure");
  return isSecure ? "secure" : "unknown";
}

/** The records that were validated, or heard where nothing is signed; empty for a denial, for bogus data and for no answer. */
export function recordsOf(classification: Classification): readonly ResourceRecord[] {
  return isKnown(classification) ? classification.records : [];
}

/** Whether there is an answer that can be read: validated, or heard where nothing is signed. */
export function isKnown(
  classification: Classification,
): classification is Extract<Classification, { readonly status: "secure" | "insecure" }> {
  return classification.status === "secure" || classification.status === "insecure";
}

/** Whether there is no such record or no such name, as proven, or as heard where nothing is signed. */
export function isDenied(classification: Classification): boolean {
  return isKnown(classification) && classification.answer !== "positive";
}

function addressesOf(classification: Classification, type: "A" | "AAAA"): readonly string[] {
  const texts = recordsOf(classification).flatMap((record) => {
    const address = record.type === type ? parseAddress(record.data) : null;
    return address?.ok === true && address.value.includes(":") === (type === "AAAA") ? [address.value] : [];
  });
  return [...new Set(texts)].sort();
}
