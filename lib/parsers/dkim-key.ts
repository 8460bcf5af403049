/** The public key record of DKIM (RFC 6376 section 3.6.1, RFC 8301 section 3, RFC 8463 section 4). */
import { type AsymmetricKeyDetails, createPublicKey } from "node:crypto";
import { Buffer } from "node:buffer";
import { parseTagList, type Tag } from "./tag-list.ts";

/** What the record says, for whoever verifies mail with it. */
export interface DkimKey {
  /** Null: revoked, `p=` is empty (RFC 6376 section 3.6.1). */
  readonly key: PublicKey | null;
  /** Hash algorithms that may be used with it, as the record names them; null: any. */
  readonly hashes: readonly string[] | null;
  /** Whether it may be used for mail (`s=`): the tag is absent, or has "*" or "email". */
  readonly isForMail: boolean;
  /** `t=y`: the domain is trying DKIM out, and what fails is to be treated as if unsigned. */
  readonly isTesting: boolean;
  /** `t=s`: no signatures in the name of subdomains. */
  readonly isStrict: boolean;
}

export type PublicKey =
  /** `form`: how the octets of `p=` are laid out. Both are met and accepted by verifiers. */
  { readonly type: "rsa"; readonly bits: number; readonly form: "spki" | "pkcs1" } | { readonly type: "ed25519" };

/** Why a text is no key record that a verifier can use. */
export type DkimKeyProblem =
  /** No list of tags at all, or one that is about something else: not meant as a key. */
  | "not-a-key"
  /** A list of tags, but malformed, or with a tag twice (RFC 6376 section 3.2). */
  | "tags"
  /** `v=` that is not first, or not exactly DKIM1. */
  | "version"
  /** There is no `p=`. */
  | "no-public-key"
  /** `p=` is not base64. */
  | "base64"
  /** `k=` names a type that verifiers do not know, and so ignore the record for. */
  | "key-type"
  /** The octets of `p=` are no key of the type. */
  | "public-key";

export type ParsedDkimKey =
  { readonly ok: true; readonly value: DkimKey } | { readonly ok: false; readonly problem: DkimKeyProblem };

/** RFC 8463 section 4: the key itself, without any wrapping. */
const ED25519_OCTETS = 32;
/** Larger than any key in use; bounds the work. */
const MAX_RSA_BITS = 16_384;

/** Reads a TXT record's strings joined without anything between them (RFC 6376 section 3.6.2.2); one character per octet. */
export function parseDkimKey(text: string): ParsedDkimKey {
  const list = parseTagList(text);
  if (!list.ok) return problem(isMeantAsKey(text) ? "tags" : "not-a-key");
  const tags = new Map(list.value.map(({ name, value }) => [name, value]));
  const version = problemWithVersion(list.value, tags);
  if (version !== null) return problem(version);
  if (tags.size < list.value.length) return problem("tags");
  const encoded = tags.get("p");
  if (encoded === undefined) return problem(tags.has("v") ? "no-public-key" : "not-a-key");
  const octets = decodeBase64(encoded);
  if (octets === null) return problem("base64");
  const rest = restOf(tags);
  if (octets.length === 0) return { ok: true, value: { key: null, ...rest } };
  const type = tags.get("k") ?? "rsa";
  if (type !== "rsa" && type !== "ed25519") return problem("key-type");
  const key = type === "rsa" ? readRsa(octets) : readEd25519(octets);
  return key === null ? problem("public-key") : { ok: true, value: { key, ...rest } };
}

function problem(code: DkimKeyProblem): ParsedDkimKey {
  return { ok: false, problem: code };
}

function isMeantAsKey(text: string): boolean {
  return /^[ \t]{0,8}v[ \t]{0,8}=[ \t]{0,8}DKIM1/i.test(text);
}

/** "MUST be the first tag in the record", and compared as text: "1.0" is not "1". Other records have a v of their own. */
function problemWithVersion(list: readonly Tag[], tags: ReadonlyMap<string, string>): DkimKeyProblem | null {
  const [first] = list;
  const named = list.filter(({ name }) => name === "v");
  if (named.length === 0) return null;
  if (named.every(({ value }) => value !== "DKIM1")) {
    return /^DKIM/i.test(tags.get("v") ?? "") ? "version" : "not-a-key";
  }
  return first?.name === "v" && first.value === "DKIM1" ? null : "version";
}

function restOf(tags: ReadonlyMap<string, string>): Omit<DkimKey, "key"> {
  const services = listOf(tags.get("s"));
  const flags = listOf(tags.get("t")) ?? [];
  return {
    hashes: listOf(tags.get("h")),
    isForMail: services === null || services.includes("*") || services.includes("email"),
    isTesting: flags.includes("y"),
    isStrict: flags.includes("s"),
  };
}

/** Values between colons, with white space around each; null for an absent tag. */
function listOf(value: string | undefined): readonly string[] | null {
  return value === undefined ? null : value.split(":").map((each) => each.trim());
}

/** Octets of base64 with white space anywhere (RFC 6376 section 2.10); null where it has anything else. Padding may be missing. */
function decodeBase64(text: string): Uint8Array | null {
  const compact = text.replaceAll(/[ \t\r\n]/g, "");
  const digits = /^([A-Za-z0-9+/]*)={0,2}$/.exec(compact)?.[1];
  if (digits === undefined || digits.length % 4 === 1) return null;
  return digits === "" && compact !== "" ? null : Buffer.from(digits, "base64");
}

/**
 * RFC 6376 section 3.6.1 speaks of RSAPublicKey (RFC 8017), its example and everyone since of SubjectPublicKeyInfo, and verifiers
 * take both.
 */
function readRsa(octets: Uint8Array): PublicKey | null {
  for (const form of ["spki", "pkcs1"] as const) {
    const details = detailsOf(octets, form);
    if (details === null) continue;
    const { modulusLength: bits = 0, publicExponent: exponent = 0n } = details;
    const isSound = bits > 0 && bits <= MAX_RSA_BITS && exponent >= 3n && exponent % 2n === 1n;
    return isSound ? { type: "rsa", bits, form } : null;
  }
  return null;
}

function detailsOf(octets: Uint8Array, form: "spki" | "pkcs1"): AsymmetricKeyDetails | null {
  try {
    const key = createPublicKey({ key: Buffer.from(octets), format: "der", type: form });
    return key.asymmetricKeyType === "rsa" ? (key.asymmetricKeyDetails ?? null) : null;
  } catch {
    // Whatever the library makes of octets from the net, they are no key of this form.
    return null;
  }
}

function readEd25519(octets: Uint8Array): PublicKey | null {
  return octets.length === ED25519_OCTETS ? { type: "ed25519" } : null;
}
