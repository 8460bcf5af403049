import { Buffer } from "node:buffer";
import type { KeyObject } from "node:crypto";
import type { Parsed } from "../wire/parsed.ts";
import type { Certificate } from "./certificate.ts";
import { publicKeyOf } from "./certificate-signature.ts";
import { type DerElement, type DerReader, readDer, TAG, within } from "./der.ts";
import type { TlsFact } from "./profile-grade.ts";

type KeyFact = Extract<TlsFact, { readonly kind: "certificate-key" }>;
type HashFact = Extract<TlsFact, { readonly kind: "certificate-hash" }>;

/** Hashes by the object identifier, in hex, of the signature algorithm that uses them (RFC 4055, 5758, 8410, 9688, 9881). */
const SIGNED_WITH: Readonly<Record<string, string>> = {
  "2a864886f70d010102": "MD2",
  "2a864886f70d010104": "MD5",
  "2a864886f70d010105": "SHA1",
  "2a864886f70d01010e": "SHA224",
  "2a864886f70d01010b": "SHA256",
  "2a864886f70d01010c": "SHA384",
  "2a864886f70d01010d": "SHA512",
  "2a8648ce3d0401": "SHA1",
  "2a8648ce3d040301": "SHA224",
  "2a8648ce3d040302": "SHA256",
  "2a8648ce3d040303": "SHA384",
  "2a8648ce3d040304": "SHA512",
  "2a8648ce380403": "SHA1",
  "608648016503040301": "SHA224",
  "608648016503040302": "SHA256",
  "2b6570": "none",
  "2b6571": "none",
  "608648016503040311": "none",
  "608648016503040312": "none",
  "608648016503040313": "none",
};

/** RSASSA-PSS names its hash in parameters (RFC 4055 section 3.1); without them it is SHA-1. */
const RSASSA_PSS = "2a864886f70d01010a";
const PSS_HASH = 0xa0;
const HASHES: Readonly<Record<string, string>> = {
  "2b0e03021a": "SHA1",
  "608648016503040204": "SHA224",
  "608648016503040201": "SHA256",
  "608648016503040202": "SHA384",
  "608648016503040203": "SHA512",
};

const hexOf = ({ content }: DerElement): string => Buffer.from(content).toString("hex");

/** The hash in the certificate's signature, named as in profiles; `unknown` for an algorithm that has no name here. */
export function signatureHashOf({ octets }: Certificate): Parsed<HashFact> {
  return readDer(octets, (reader) => {
    const parts = within(reader.expect(TAG.sequence, "the certificate"));
    parts.expect(TAG.sequence, "the signed part");
    const hash = hashNamed(within(parts.expect(TAG.sequence, "the signature's algorithm")));
    return { kind: "certificate-hash", hash };
  });
}

function hashNamed(algorithm: DerReader): string {
  const id = hexOf(algorithm.expect(TAG.oid, "the signature's algorithm"));
  if (id !== RSASSA_PSS) return SIGNED_WITH[id] ?? "unknown";
  const parameters = algorithm.optional(TAG.sequence, "the parameters");
  const hash = parameters === null ? null : within(parameters).optional(PSS_HASH, "the hash");
  if (hash === null) return "SHA1";
  const named = within(within(hash).expect(TAG.sequence, "the hash")).expect(TAG.oid, "the hash");
  return HASHES[hexOf(named)] ?? "unknown";
}

/** OpenSSL's kinds of key, as profiles name them. */
const KEY_TYPES: Readonly<Record<string, string>> = {
  rsa: "RSA",
  "rsa-pss": "RSA",
  ec: "ECDSA",
  ed25519: "EdDSA",
  ed448: "EdDSA",
  dsa: "DSA",
};

/** Curves that OpenSSL names in another way than TLS does. */
const CURVES: Readonly<Record<string, string>> = { prime256v1: "secp256r1", prime192v1: "secp192r1" };

/** The certificate's key, as profiles grade it; null for one that cannot be read. A curve without a name is `unknown`. */
export function keyFactOf(certificate: Certificate): KeyFact | null {
  const key = publicKeyOf(certificate);
  return key === null ? null : factOfKey(key);
}

function factOfKey({ asymmetricKeyType, asymmetricKeyDetails: details = {} }: KeyObject): KeyFact {
  const kind: string = asymmetricKeyType ?? "unknown";
  const type = KEY_TYPES[kind] ?? kind.toUpperCase();
  if (type === "RSA") return { kind: "certificate-key", type, bits: details.modulusLength ?? 0 };
  if (type !== "ECDSA") return { kind: "certificate-key", type };
  const { namedCurve = "unknown" } = details;
  return { kind: "certificate-key", type, curve: CURVES[namedCurve] ?? namedCurve };
}
