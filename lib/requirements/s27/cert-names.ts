import { Buffer } from "node:buffer";
import type { Certificate } from "../../tls/certificate.ts";
import { type DerElement, readDer, TAG, within } from "../../tls/der.ts";
import { isForName } from "../../tls/server-name.ts";
import { parseName } from "../../wire/name.ts";
import { WireProblem } from "../../wire/octet-reader.ts";
import { ipv4Octets, ipv6Octets } from "../../wire/rdata/address-text.ts";

/**
 * Whether the certificate is for the host, by subjectAltName alone: dNSName for a name, with a wildcard for the whole first label,
 * iPAddress for an address (RFC 9525 section 6). Common names do not count.
 */
export function isForHost(certificate: Certificate, host: string): boolean {
  const address = octetsOf(host);
  if (address !== null) return certificate.ipAddresses.some((entry) => Buffer.compare(entry, address) === 0);
  const name = parseName(`${host.toLowerCase()}.`);
  return name.ok && isForName({ ...certificate, commonNames: [] }, [name.value]);
}

/** The octets of an IP literal; null for a name. */
function octetsOf(host: string): Uint8Array | null {
  try {
    return host.includes(":") ? ipv6Octets(host) : ipv4Octets(host);
  } catch (error) {
    if (error instanceof WireProblem) return null;
    throw error;
  }
}

/** Whether subjectAltName names any host or address. */
export function hasNames({ dnsNames, ipAddresses }: Certificate): boolean {
  return dnsNames.length > 0 || ipAddresses.length > 0;
}

/** Names of a sentence; addresses are counted among the rest. */
const NAMED = 2;
const NAME_SHOWN = 48;

/** What the certificate is for, bounded and printable: its first names, and how many more. */
export function namesShown({ dnsNames, ipAddresses }: Certificate): string {
  const named = dnsNames.slice(0, NAMED).map((octets) => shown(octets));
  const more = dnsNames.length + ipAddresses.length - named.length;
  if (named.length === 0) return `IP (${String(more)})`;
  return more > 0 ? `${named.join(", ")} (+${String(more)})` : named.join(", ");
}

/** The issuer by its common name, or its organisation; for a sentence. */
export function issuerShown({ issuer }: Certificate): string {
  const names = readDer(issuer, (reader) => attributesOf(reader.expect(TAG.sequence, "the issuer")));
  if (!names.ok) return NAMELESS;
  const named =
    names.value.find(({ type }) => type === COMMON_NAME) ?? names.value.find(({ type }) => type === COMPANY);
  return named === undefined || named.value.length === 0 ? NAMELESS : shown(named.value);
}

const NAMELESS = "?";
const COMMON_NAME = "550403";
const COMPANY = "55040a";

function attributesOf(name: DerElement): readonly { readonly type: string; readonly value: Uint8Array }[] {
  const sets = within(name).all("a name's part");
  return sets
    .flatMap((set) => within(set).all("a name's attribute"))
    .map((attribute) => {
      const pair = within(attribute);
      const type = Buffer.from(pair.expect(TAG.oid, "an attribute's type").content).toString("hex");
      return { type, value: pair.next("an attribute's value").content };
    });
}

/** Control characters, and what reorders or hides text. */
const UNPRINTABLE = /\p{C}|[\u2028\u2029\ufffd]/gu;

/** Octets of a name as printable text of bounded length; what cannot be shown becomes "?". */
function shown(octets: Uint8Array): string {
  const text = new TextDecoder().decode(octets.subarray(0, NAME_SHOWN + 1)).replace(UNPRINTABLE, "?");
  return text.length > NAME_SHOWN ? `${text.slice(0, NAME_SHOWN - 1)}\u2026` : text;
}
