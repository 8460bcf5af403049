import { Buffer } from "node:buffer";
import { WireProblem } from "../wire/octet-reader.ts";
import { type DerElement, TAG, within } from "./der.ts";
import { DNS_NAME, type NameConstraints, readNameConstraints } from "./name-constraints.ts";

/** What a certificate's extensions say, as far as paths and names go (RFC 5280 section 4.2). */
export interface CertificateExtensions {
  /** dNSName entries of subjectAltName, exact octets. */
  readonly dnsNames: readonly Uint8Array[];
  /** Context tags of its entries of other forms: addresses, mailboxes and so on. */
  readonly otherNameForms: readonly number[];
  /** cA of basicConstraints; null without that extension. */
  readonly isAuthority: boolean | null;
  /** Authorities that may follow below this one; null for no limit. */
  readonly pathLength: number | null;
  /** Whether keyUsage has keyCertSign; null without that extension. */
  readonly maySignCertificates: boolean | null;
  /** Whether extKeyUsage allows TLS servers; null without that extension. */
  readonly mayServeTls: boolean | null;
  /** Null without that extension. */
  readonly nameConstraints: NameConstraints | null;
  /** Critical extensions that this reader does not know, as object identifiers in hex. */
  readonly unknownCritical: readonly string[];
}

type Found = { -readonly [K in keyof CertificateExtensions]: CertificateExtensions[K] };

const TRUE = 0xff;
/** keyCertSign is bit 5 of keyUsage, counted from the left (RFC 5280 section 4.2.1.3). */
const KEY_CERT_SIGN = 0x04;
const SERVER_AUTH = "2b06010505070301";
const ANY_PURPOSE = "551d2500";
/** Larger limits are no limits. */
const PATH_LENGTH_OCTETS = 2;

/** How each known extension is taken in, by its object identifier in hex. */
const KNOWN: Readonly<Record<string, (value: DerElement, found: Found) => void>> = {
  // subjectAltName
  "551d11": (value, found) => {
    const names = within(requireTag(value, TAG.sequence, "the alternative names")).all("an alternative name");
    found.dnsNames = names.filter(({ tag }) => tag === DNS_NAME).map(({ content }) => content);
    found.otherNameForms = names.map(({ tag }) => tag).filter((tag) => tag !== DNS_NAME);
  },
  // basicConstraints
  "551d13": (value, found) => {
    const reader = within(requireTag(value, TAG.sequence, "the basic constraints"));
    found.isAuthority = reader.optional(TAG.boolean, "cA")?.content[0] === TRUE;
    const limit = reader.optional(TAG.integer, "the path length")?.content ?? null;
    reader.end("the basic constraints");
    found.pathLength = limit === null || limit.length > PATH_LENGTH_OCTETS ? null : numberOf(limit);
  },
  // keyUsage
  "551d0f": (value, found) => {
    const { content } = requireTag(value, TAG.bitString, "the key usage");
    found.maySignCertificates = ((content[1] ?? 0) & KEY_CERT_SIGN) !== 0;
  },
  // extKeyUsage
  "551d25": (value, found) => {
    const purposes = within(requireTag(value, TAG.sequence, "the purposes")).all("a purpose");
    const hex = purposes.map(({ content }) => Buffer.from(content).toString("hex"));
    found.mayServeTls = hex.includes(SERVER_AUTH) || hex.includes(ANY_PURPOSE);
  },
  // nameConstraints
  "551d1e": (value, found) => {
    found.nameConstraints = readNameConstraints(requireTag(value, TAG.sequence, "the name constraints"));
  },
  // certificatePolicies, policyConstraints, inhibitAnyPolicy: nobody demands a policy of a mail gateway.
  "551d20": () => undefined,
  "551d24": () => undefined,
  "551d36": () => undefined,
};

/** Reads the extensions of a certificate; the same one twice is a problem (RFC 5280 section 4.2). Throws WireProblem. */
export function readExtensions(explicit: DerElement | null): CertificateExtensions {
  const unknownCritical: string[] = [];
  const found: Found = {
    dnsNames: [],
    otherNameForms: [],
    isAuthority: null,
    pathLength: null,
    maySignCertificates: null,
    mayServeTls: null,
    nameConstraints: null,
    unknownCritical,
  };
  if (explicit === null) return found;
  const outer = within(explicit);
  const list = within(outer.expect(TAG.sequence, "the extensions")).all("an extension");
  outer.end("the extensions");
  const seen = new Set<string>();
  for (const extension of list) {
    const { id, isCritical, value } = readExtension(extension);
    if (seen.has(id)) throw new WireProblem(`the extension ${id} is there twice`);
    seen.add(id);
    const take = KNOWN[id];
    if (take === undefined) {
      if (isCritical) unknownCritical.push(id);
      continue;
    }
    const inner = within(value);
    take(inner.next("an extension's value"), found);
    inner.end("an extension's value");
  }
  return found;
}

function readExtension(extension: DerElement): { id: string; isCritical: boolean; value: DerElement } {
  const reader = within(requireTag(extension, TAG.sequence, "an extension"));
  const id = Buffer.from(reader.expect(TAG.oid, "an extension's type").content).toString("hex");
  const isCritical = reader.optional(TAG.boolean, "an extension's criticality")?.content[0] === TRUE;
  const value = reader.expect(TAG.octetString, "an extension's value");
  reader.end("an extension");
  return { id, isCritical, value };
}

function requireTag(element: DerElement, tag: number, what: string): DerElement {
  if (element.tag !== tag) throw new WireProblem(`${what}: the tag is ${element.tag}, not ${tag}`);
  return element;
}

function numberOf(octets: Uint8Array): number {
  return octets.reduce((sum, octet) => sum * 0x100 + octet, 0);
}
