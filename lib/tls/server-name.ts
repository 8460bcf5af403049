import { Buffer } from "node:buffer";
import type { Name } from "../wire/name.ts";
import type { Certificate } from "./certificate.ts";

/** One label in letters, digits, hyphens and, as hosts do carry it, underscores. */
const LABEL = /^[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?$/;
const LABEL_LIMIT = 63;
const NAME_LIMIT = 253;

/**
 * Whether the certificate is for one of the names (RFC 6125 section 6.4, RFC 7672 section 3.2.3): by its dNSName entries, and by
 * its common names only if it has none. A wildcard counts as the whole first label and for exactly one label, above at least
 * two others. An entry with NUL or other octets that no host name has matches nothing.
 */
export function isForName({ dnsNames, commonNames }: Certificate, names: readonly Name[]): boolean {
  const presented = dnsNames.length > 0 ? dnsNames : commonNames;
  return presented.some((octets) => {
    const labels = presentedLabels(octets);
    return labels !== null && names.some((name) => matches(labels, name.slice(0, -1).split(".")));
  });
}

/** The labels of an entry, lower case, the first possibly "*"; null for one that is no host name. */
function presentedLabels(octets: Uint8Array): readonly string[] | null {
  if (octets.length > NAME_LIMIT) return null;
  const labels = Buffer.from(octets).toString("latin1").toLowerCase().split(".");
  const isName = labels.every((label, index) => isLabel(label) || (index === 0 && label === "*" && labels.length > 2));
  return isName ? labels : null;
}

function isLabel(label: string): boolean {
  return label.length <= LABEL_LIMIT && LABEL.test(label);
}

function matches(presented: readonly string[], reference: readonly string[]): boolean {
  if (presented.length !== reference.length) return false;
  return presented.every((label, index) => label === reference[index] || (index === 0 && label === "*"));
}
