import { Buffer } from "node:buffer";
import { WireProblem } from "../wire/octet-reader.ts";
import type { Parsed } from "../wire/parsed.ts";
import { type CertificateExtensions, readExtensions } from "./certificate-extensions.ts";
import { type DerElement, type DerReader, readDer, TAG, within } from "./der.ts";
import { readTime } from "./der-time.ts";
import { readDirectoryName } from "./directory-name.ts";

/** What an X.509 certificate says (RFC 5280 section 4.1). All octets are views of the certificate's own. */
export interface Certificate extends CertificateExtensions {
  /** The whole certificate. */
  readonly octets: Uint8Array;
  /** What is signed. */
  readonly tbs: Uint8Array;
  /** The SubjectPublicKeyInfo with its tag and length: what TLSA's selector 1 is about (RFC 6698 section 2.1.2). */
  readonly spki: Uint8Array;
  /** Content of the INTEGER, as it is. */
  readonly serial: Uint8Array;
  /** 1, 2 or 3. */
  readonly version: number;
  readonly subject: Uint8Array;
  readonly issuer: Uint8Array;
  /** The subject's parts in normal form, for comparison. */
  readonly subjectParts: readonly string[];
  /** Subject and issuer are octet by octet the same. */
  readonly isSelfIssued: boolean;
  /** Epoch milliseconds; the certificate is valid at both ends. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** Values of the subject's common names, exact octets of whatever string type they are in. */
  readonly commonNames: readonly Uint8Array[];
}

const EXPLICIT_VERSION = 0xa0;
const EXPLICIT_EXTENSIONS = 0xa3;
const ISSUER_UNIQUE_ID = 0x81;
const SUBJECT_UNIQUE_ID = 0x82;
const HIGHEST_VERSION = 3;
const COMMON_NAME = "550403";

/** Reads one certificate that fills its octets. Signatures and meaning are not judged. Never throws. */
export function parseCertificate(octets: Uint8Array): Parsed<Certificate> {
  return readDer(octets, (reader) => {
    const parts = within(reader.expect(TAG.sequence, "the certificate"));
    const tbs = parts.expect(TAG.sequence, "the signed part");
    parts.expect(TAG.sequence, "the signature's algorithm");
    parts.expect(TAG.bitString, "the signature");
    parts.end("the certificate");
    return { octets, tbs: tbs.octets, ...readTbs(within(tbs)) };
  });
}

function readTbs(reader: DerReader): Omit<Certificate, "octets" | "tbs"> {
  const version = readVersion(reader.optional(EXPLICIT_VERSION, "the version"));
  const { content: serial } = reader.expect(TAG.integer, "the serial number");
  reader.expect(TAG.sequence, "the signed part's algorithm");
  const issuer = reader.expect(TAG.sequence, "the issuer");
  const validity = within(reader.expect(TAG.sequence, "the validity"));
  const notBefore = readTime(validity.next("the beginning"), "the beginning");
  const notAfter = readTime(validity.next("the end"), "the end");
  validity.end("the validity");
  const subject = reader.expect(TAG.sequence, "the subject");
  const { octets: spki } = reader.expect(TAG.sequence, "the public key");
  reader.optional(ISSUER_UNIQUE_ID, "the issuer's unique id");
  reader.optional(SUBJECT_UNIQUE_ID, "the subject's unique id");
  const extensions = readExtensions(reader.optional(EXPLICIT_EXTENSIONS, "the extensions"));
  reader.end("the signed part");
  const isSelfIssued = Buffer.compare(issuer.octets, subject.octets) === 0;
  const commonNames = readCommonNames(subject);
  const subjectParts = readDirectoryName(subject);
  const names = { subject: subject.octets, issuer: issuer.octets, subjectParts, isSelfIssued, commonNames };
  return { version, serial, spki, notBefore, notAfter, ...names, ...extensions };
}

function readVersion(element: DerElement | null): number {
  if (element === null) return 1;
  const inner = within(element);
  const { content } = inner.expect(TAG.integer, "the version");
  inner.end("the version");
  const version = (content[0] ?? HIGHEST_VERSION) + 1;
  if (content.length !== 1 || version > HIGHEST_VERSION) throw new WireProblem("the version is unknown");
  return version;
}

/** RFC 5280 section 4.1.2.4: a sequence of sets of pairs. */
function readCommonNames(name: DerElement): readonly Uint8Array[] {
  return within(name)
    .all("a name's part")
    .flatMap((set) => within(set).all("a name's attribute"))
    .flatMap((attribute) => {
      const pair = within(attribute);
      const type = pair.expect(TAG.oid, "an attribute's type");
      const { content } = pair.next("an attribute's value");
      return Buffer.from(type.content).toString("hex") === COMMON_NAME ? [content] : [];
    });
}
