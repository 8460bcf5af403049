import { Buffer } from "node:buffer";
import { WireProblem } from "../wire/octet-reader.ts";
import { type DerElement, TAG, within } from "./der.ts";
import { DNS_NAME, type NameConstraints, readNameConstraints } from "./name-constraints.ts";

/** What a certificate's extensions say, as far as paths and names go (RFC 5280 section 4.2). */
export interface CertificateExtensions {
  /** dNSName entries of subjectAltName, exact octets. */
  readonly dnsNames: readonly Uint8Array[];
  /** iPAddress entries of subjectAltName, exact octets: 4 or 16 where they are addresses. */
  readonly ipAddresses: readonly Uint8Array[];
  /** Context tags of its entries of other forms: addresses, mailboxes and so on. */
  readonly otherNameForms: readonly number[];
  /** cA of basicConstraints; null without that extension. */
  readonly isAuthority: boolean | null;
  /** Authorities that may follow below this one; null for no limit. */
  readonly pathLength: number | null;
  /** Whether keyUsage has keyCertSign; null without that extension. */
  readonly maySignCertificates: boolean | null;
  /** Whether keyUsage has one of the bits that TLS servers use; null without that extension. */
  readonly keyServesTls: boolean | null;
  /** Whether keyUsage has digitalSignature, which TLS 1.3, DHE and ECDHE take; null without that extension. */
  readonly keySigns: boolean | null;
  /** Whether extKeyUsage allows TLS servers; null without that extension. */
  readonly mayServeTls: boolean | null;
  /** Whether extKeyUsage allows to sign OCSP responses for its issuer; anyExtendedKeyUsage does not (RFC 6960 section 4.2.2.2). */
  readonly maySignOcsp: boolean;
  /** Whether authorityInfoAccess names an OCSP responder. */
  readonly hasOcspResponder: boolean;
  /** Whether the TLS feature status_request is demanded: "must staple" (RFC 7633). */
  readonly mustStaple: boolean;
  /** Null without that extension. */
  readonly nameConstraints: NameConstraints | null;
  /** Critical extensions that this reader does not know, as object identifiers in hex. */
  readonly unknownCritical: readonly string[];
}

type Found = { -readonly [K in keyof CertificateExtensions]: CertificateExtensions[K] };

/** The context tag of iPAddress (RFC 5280 section 4.2.1.6). */
const IP_ADDRESS = 0x87;
const TRUE = 0xff;
/** keyCertSign is bit 5 of keyUsage, counted from the left (RFC 5280 section 4.2.1.3). */
const KEY_CERT_SIGN = 0x04;
const DIGITAL_SIGNATURE = 0x80;
/** digitalSignature, keyEncipherment and keyAgreement, bits 0, 2 and 4: a server's key does one of them. */
const TLS_KEY_USES = DIGITAL_SIGNATURE | 0x20 | 0x08;
const SERVER_AUTH = "2b06010505070301";
const OCSP_SIGNING = "2b06010505070309";
/** id-ad-ocsp (RFC 5280 section 4.2.2.1). */
const OCSP = "2b06010505073001";
/** The number of the TLS extension (RFC 6066 section 8). */
const STATUS_REQUEST = 5;
const ANY_PURPOSE = "551d2500";
/** Larger limits are no limits. */
const PATH_LENGTH_OCTETS = 2;

/** How each known extension is taken in, by its object identifier in hex. */
const KNOWN: Readonly<Record<string, (value: DerElement, found: Found) => void>> = {
  // subjectAltName
  "551d11": (value, found) => {
    const names = within(requireTag(value, TAG.sequence, "the alternative names")).all("an alternative name");
    found.dnsNames = names.filter(({ tag }) => tag === DNS_NAME).map(({ content }) => content);
    found.ipAddresses = names.filter(({ tag }) => tag === IP_ADDRESS).map(({ content }) => content);
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
    const [, uses = 0] = content;
    found.maySignCertificates = (uses & KEY_CERT_SIGN) !== 0;
    found.keyServesTls = (uses & TLS_KEY_USES) !== 0;
    found.keySigns = (uses & DIGITAL_SIGNATURE) !== 0;
  },
  // extKeyUsage
  "551d25": (value, found) => {
    const purposes = within(requireTag(value, TAG.sequence, "the purposes")).all("a purpose");
    const hex = purposes.map(({ content }) => Buffer.from(content).toString("hex"));
    found.mayServeTls = hex.includes(SERVER_AUTH) || hex.includes(ANY_PURPOSE);
    found.maySignOcsp = hex.includes(OCSP_SIGNING);
  },
  // authorityInfoAccess
  "2b06010505070101": (value, found) => {
    const places = within(requireTag(value, TAG.sequence, "the authority's places")).all("a place");
    found.hasOcspResponder = places.some((place) => {
      const method = within(place).next("a place's method").content;
      return Buffer.from(method).toString("hex") === OCSP;
    });
  },
  // TLS feature
  "2b06010505070118": (value, found) => {
    const features = within(requireTag(value, TAG.sequence, "the TLS features")).all("a TLS feature");
    found.mustStaple = features.some(({ content }) => numberOf(content) === STATUS_REQUEST);
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
    ipAddresses: [],
    otherNameForms: [],
    isAuthority: null,
    pathLength: null,
    maySignCertificates: null,
    keyServesTls: null,
    keySigns: null,
    mayServeTls: null,
    maySignOcsp: false,
    hasOcspResponder: false,
    mustStaple: false,
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
