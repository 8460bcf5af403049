import { createHash, createPublicKey, type KeyObject, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { gatewayOf } from "../../lib/practice/gateways.ts";
import { PRACTICE_SELECTOR } from "../../lib/practice/practice-case.ts";

const CERTIFICATES = new URL("../../lib/practice/certificates/", import.meta.url);
/** A TXT string holds so many octets (RFC 1035 section 3.3). */
const STRING_OCTETS = 255;

/** Files in lib/practice/certificates: certificates, and keys of which only the public half is known. */
export type CertificateName = "mail-rsa" | "mail-ecdsa" | "mail-other-rsa" | "mail-anchored" | "mail-ca";
export type PublicKeyName = "mail-next" | "dkim-1024" | "dkim-2048";

export const REJECT = '_dmarc TXT "v=DMARC1; p=reject; rua=mailto:dmarc@oevelse.dk"';

/** A TLSA record `USAGE 1 1` (RFC 6698 section 2.1): the SHA-256 digest of the public key. */
export function tlsa(host: string, usage: number, source: CertificateName | PublicKeyName): string {
  const digest = createHash("sha256").update(spki(source)).digest("hex");
  return `_25._tcp.${host} TLSA ${String(usage)} 1 1 ${digest}`;
}

/** The A and AAAA records of the domain's gateway, `mail`. */
export function gatewayAddresses(domain: string): readonly string[] {
  const { ipv4, ipv6 } = gatewayOf(domain);
  return [`mail A ${ipv4}`, `mail AAAA ${ipv6}`];
}

/** TLSA records for both certificates of a gateway, and for the key that comes next. */
export const TLSA_OF_BOTH: readonly string[] = [
  tlsa("mail", 3, "mail-rsa"),
  tlsa("mail", 3, "mail-ecdsa"),
  tlsa("mail", 3, "mail-next"),
];

/** The key record of the practice selector (RFC 6376 section 3.6.1). */
export function dkimKey(key: "dkim-1024" | "dkim-2048" = "dkim-2048"): string {
  return dkimRecord(`v=DKIM1; k=rsa; p=${spki(key).toString("base64")}`);
}

/** A record with this text at the practice selector. */
export function dkimRecord(text: string): string {
  return txt(`${PRACTICE_SELECTOR}._domainkey`, text);
}

/** A TXT record of one text, cut into strings where it is too long for one. */
export function txt(owner: string, text: string): string {
  const strings = text.match(new RegExp(`.{1,${String(STRING_OCTETS)}}`, "gu")) ?? [];
  return `${owner} TXT ${strings.map((part) => `"${part}"`).join(" ")}`;
}

function spki(source: CertificateName | PublicKeyName): Buffer {
  const isPublicKey = source === "mail-next" || source.startsWith("dkim-");
  const text = readFileSync(new URL(`${source}.${isPublicKey ? "pub" : "pem"}`, CERTIFICATES), "utf8");
  const key: KeyObject = isPublicKey ? createPublicKey(text) : new X509Certificate(text).publicKey;
  return key.export({ type: "spki", format: "der" });
}
