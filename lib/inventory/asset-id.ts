import type { AssetKind } from "../core/asset.ts";
import { parseAddress, parseRange } from "./address-range.ts";
import { parseServiceUrl, parseWebUrl } from "./asset-url.ts";
import { parseDomainName, parseHostName } from "./dns-name.ts";
import { accepted, expected, type Leaf } from "./leaf.ts";

const LONGEST_ID = 1_000;

/** The id of an asset in normal form: `kind:value`, lower case throughout, at most 1,000 bytes. */
export function assetId(kind: AssetKind, value: string): Leaf<string> {
  const id = `${kind}:${value}`.toLowerCase();
  if (Buffer.byteLength(id) <= LONGEST_ID) return accepted(id);
  return expected(`en angivelse på højst ${LONGEST_ID} bytes`, `a value of at most ${LONGEST_ID} bytes`);
}

/** The value part of an id as a person may write it, in normal form; a resolver may carry `@network`. */
export function parseAssetValue(kind: AssetKind, text: string): Leaf<string> {
  switch (kind) {
    case "domain":
      return parseDomainName(text);
    case "host":
      return parseHostName(text);
    case "url":
      return urlOf(parseWebUrl(text));
    case "service":
      return urlOf(parseServiceUrl(text));
    case "address":
      return parseRange(text);
    case "resolver":
      return parseResolverValue(text);
  }
}

function urlOf(leaf: Leaf<{ value: string }>): Leaf<string> {
  return leaf.ok ? accepted(leaf.value.value) : leaf;
}

function parseResolverValue(text: string): Leaf<string> {
  const at = text.indexOf("@");
  const address = parseAddress(at < 0 ? text : text.slice(0, at));
  if (!address.ok || at < 0) return address;
  const network = parseNetworkName(text.slice(at + 1));
  return network.ok ? accepted(`${address.value}@${network.value}`) : network;
}

const LONGEST_NETWORK_NAME = 100;

/** A municipality's own word for one of its networks; kept as written, in Unicode's composed form. */
export function parseNetworkName(text: string): Leaf<string> {
  const name = text.normalize("NFC");
  if (/^[\p{L}\p{N}](?:[\p{L}\p{N} ._-]*[\p{L}\p{N}])?$/u.test(name) && name.length <= LONGEST_NETWORK_NAME) {
    return accepted(name);
  }
  return expected(
    "navnet på et netværk: bogstaver, tal, mellemrum, punktum, bindestreg",
    "the name of a network: letters, digits, blanks, dots, hyphens",
  );
}
