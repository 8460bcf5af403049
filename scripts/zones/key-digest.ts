import { createHash } from "node:crypto";

/** The four fields of DNSKEY data (RFC 4034 section 2.1) as they stand in a master file. */
export interface DnskeyFields {
  readonly flags: number;
  readonly protocol: number;
  readonly algorithm: number;
  readonly publicKey: string;
}

const DIGEST_NAMES: Readonly<Record<number, string>> = { 1: "sha1", 2: "sha256", 4: "sha384" };

/** Splits DNSKEY data; throws if it has not four words. */
export function parseDnskey(data: string): DnskeyFields {
  const [flags, protocol, algorithm, publicKey, ...rest] = data.split(" ");
  if (publicKey === undefined || rest.length > 0) throw new Error(`not DNSKEY data: ${data}`);
  return { flags: Number(flags), protocol: Number(protocol), algorithm: Number(algorithm), publicKey };
}

/** RFC 4034 appendix B. */
export function keyTag(key: DnskeyFields): number {
  let sum = 0;
  wireForm(key).forEach((octet, index) => (sum += index % 2 === 0 ? octet * 256 : octet));
  return (sum + Math.floor(sum / 65_536)) % 65_536;
}

/** DS digest (RFC 4034 section 5.1.4) in upper-case hexadecimal; digest types 1, 2 and 4. */
export function dsDigest(zone: string, key: DnskeyFields, digestType: number): string {
  const hash = DIGEST_NAMES[digestType];
  if (hash === undefined) throw new Error(`no digest of type ${String(digestType)}`);
  return createHash(hash).update(wireName(zone)).update(wireForm(key)).digest("hex").toUpperCase();
}

function wireForm(key: DnskeyFields): Buffer {
  const head = Buffer.from([key.flags >> 8, key.flags & 0xff, key.protocol, key.algorithm]);
  return Buffer.concat([head, Buffer.from(key.publicKey, "base64")]);
}

function wireName(name: string): Buffer {
  const labels = name
    .toLowerCase()
    .split(".")
    .filter((label) => label !== "");
  return Buffer.concat([
    ...labels.map((label) => Buffer.from([label.length, ...Buffer.from(label, "latin1")])),
    Buffer.of(0),
  ]);
}
