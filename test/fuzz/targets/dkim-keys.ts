import { Buffer } from "node:buffer";
import { createPublicKey } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { parseDkimKey } from "../../../lib/parsers/dkim-key.ts";
import { CERTIFICATES } from "../../../lib/requirements/s20/scenario-certificates.ts";
import { parseCertificate } from "../../../lib/tls/certificate.ts";
import { composed, mutated, octetsOf } from "../random-texts.ts";
import type { Random } from "../random.ts";
import { promise, type Target } from "../target.ts";

const MAX_RSA_BITS = 16_384;
const PIECES = [
  ...[
    "v=DKIM1",
    "v",
    "=",
    ";",
    "; ",
    "k=rsa",
    "k=ed25519",
    "k",
    "p=",
    "p",
    "h=sha256",
    "h=sha1:sha256",
    "s=email",
    "s=*",
  ],
  ...[
    "t=y",
    "t=s",
    "t=y:s",
    "n=text",
    "AAAA",
    "MIIB",
    "+",
    "/",
    " ",
    "\t",
    "\r\n ",
    "==",
    "DKIM",
    "\u0000",
    "\u00e6",
    ":",
  ],
];

/** Sound records: RSA in both forms, Ed25519, and one that is revoked. */
function soundRecords(): readonly string[] {
  const certificate = parseCertificate(Buffer.from(CERTIFICATES.rsa, "base64"));
  if (!certificate.ok) throw new Error(certificate.problem);
  const spki = Buffer.from(certificate.value.spki);
  const pkcs1 = createPublicKey({ key: spki, format: "der", type: "spki" }).export({ format: "der", type: "pkcs1" });
  return [
    `v=DKIM1; k=rsa; p=${spki.toString("base64")}`,
    `v=DKIM1;h=sha256;s=email;t=s;p=${pkcs1.toString("base64")};`,
    `p=${spki.toString("base64")}`,
    `v=DKIM1; k=ed25519; p=${Buffer.alloc(32, 7).toString("base64")}`,
    "v=DKIM1; p=",
  ];
}

/** White space around tags means nothing (RFC 6376 section 3.2). */
function loosened(random: Random, text: string): string {
  return text.replace(/;/g, () => random.pick([";", " ;", ";\t", " ; "]));
}

function exercise(text: string, loose: string): string {
  const read = parseDkimKey(text);
  if (!read.ok) return read.problem;
  const { key } = read.value;
  if (key?.type === "rsa") promise(key.bits > 0 && key.bits <= MAX_RSA_BITS, "an RSA key has an impossible size");
  promise(/(?:^|;)\s*p\s*=/.test(text), "a key was read where there is no p=");
  promise(isDeepStrictEqual(parseDkimKey(loose), read), "white space changes a key");
  if (key === null) return "revoked";
  return key.type === "rsa" ? `rsa ${key.form}` : key.type;
}

export const DKIM_KEYS: Target = {
  name: "dkim-keys",
  about: "key records of DKIM are read; white space changes nothing, and keys have possible sizes",
  endings: ["rsa spki", "rsa pkcs1", "ed25519", "revoked", "not-a-key", "tags", "version", "base64", "public-key"],
  prepare: async () => {
    const sound = soundRecords();
    return (random) => {
      const isMutated = random.chance(0.7);
      const text = isMutated ? mutated(random, random.pick(sound), PIECES) : composed(random, PIECES, 20);
      const loose = loosened(random, text);
      return { message: octetsOf(text), run: () => exercise(text, loose) };
    };
  },
};
