import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CertificateName } from "./web-case.ts";
import {
  BOGUS_RECORD_ZONE,
  FLEET_ZONES,
  FOREIGN_WEB_ZONE,
  LIST_ZONE,
  OTHER_WEB_ZONE,
  UNSIGNED_WEB_ZONE,
  WEB_ZONE,
} from "./web-case.ts";
import { runToEnd, type Workshop } from "./workshop.ts";

/** The folder of everything about the lab's web, below the workshop. */
export const WEB_FOLDER = "web";
/** The authority that the product is told to trust, in WEB_FOLDER. */
export const WEB_CA = "root.pem";

/** A response that proves the certificate `must-staple` good, in WEB_FOLDER, and one by which `revoked` is no more. */
const STAPLE = "must-staple.der";
const REVOCATION = "revoked.der";

const P256 = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"];
const RSA = (bits: number): readonly string[] => ["-algorithm", "RSA", "-pkeyopt", `rsa_keygen_bits:${String(bits)}`];
const EXPIRED = ["-startdate", "20200101000000Z", "-enddate", "20210101000000Z"];
const VALID = ["-days", "200"];

interface Recipe {
  readonly key: readonly string[];
  /** The section of its extensions. */
  readonly extensions?: string;
  readonly subject?: string;
  readonly options?: readonly string[];
}

const RECIPES: Readonly<Record<CertificateName, Recipe>> = {
  good: { key: P256 },
  rsa: { key: RSA(2048) },
  "rsa-1024": { key: RSA(1024) },
  sha1: { key: P256, options: ["-md", "sha1"] },
  p224: { key: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-224"] },
  "cn-only": { key: P256, extensions: "without_names", subject: `/CN=cn-only.${WEB_ZONE}` },
  "other-name": { key: P256, extensions: "other_name" },
  expired: { key: P256, options: EXPIRED },
  "ecdsa-expired": { key: P256, options: EXPIRED },
  "without-issuer": { key: P256 },
  "self-signed": { key: P256 },
  "must-staple": { key: P256, extensions: "must_staple" },
  revoked: { key: P256, extensions: "pointed" },
  deciphering: { key: RSA(2048), extensions: "deciphering" },
  address: { key: P256, extensions: "address" },
};

/** Makes an authority, its intermediate, every certificate and the finite-field groups. `addresses`: for the one without names. */
export async function makeWebCertificates(workshop: Workshop, addresses: readonly string[]): Promise<void> {
  const folder = workshop.path(WEB_FOLDER);
  await writeFile(join(folder, "ca.cnf"), settings(folder, addresses));
  await writeFile(join(folder, "index"), "");
  const openssl = async (...parameters: readonly string[]): Promise<void> => {
    const { status, stderr } = await runToEnd("openssl", parameters, { cwd: folder });
    if (status !== 0) throw new Error(`openssl ${parameters.join(" ")}: ${stderr.trim()}`);
  };
  const request = async (name: string, key: readonly string[], subject: string): Promise<void> => {
    await openssl("genpkey", "-quiet", ...key, "-out", `${name}.key`);
    await openssl("req", "-new", "-config", "ca.cnf", "-key", `${name}.key`, "-subj", subject, "-out", `${name}.csr`);
  };
  const sign = (name: string, by: readonly string[], section: string, options: readonly string[]): Promise<void> => {
    const files = ["-in", `${name}.csr`, "-out", `${name}.leaf.pem`];
    return openssl("ca", "-batch", "-notext", "-config", "ca.cnf", ...by, "-extensions", section, ...options, ...files);
  };
  await request("root", P256, "/CN=Web lab authority");
  await sign("root", ["-selfsign", "-keyfile", "root.key"], "authority", VALID);
  await copyFile(join(folder, "root.leaf.pem"), join(folder, WEB_CA));
  await request("issuer", P256, "/CN=Web lab issuer");
  await sign("issuer", ["-keyfile", "root.key", "-cert", WEB_CA], "issuer", VALID);
  const byIssuer = ["-keyfile", "issuer.key", "-cert", "issuer.leaf.pem"];
  for (const [name, { key, extensions = "host", subject = "/CN=Web lab host", options = [] }] of Object.entries(
    RECIPES,
  )) {
    await request(name, key, subject);
    const dates = options.includes("-enddate") ? options : [...VALID, ...options];
    const by = name === "self-signed" ? ["-selfsign", "-keyfile", "self-signed.key"] : byIssuer;
    await sign(name, by, extensions, dates);
    const isAlone = name === "self-signed" || name === "without-issuer";
    const parts = [`${name}.leaf.pem`, ...(isAlone ? [] : ["issuer.leaf.pem"])];
    const texts = await Promise.all(parts.map((file) => readFile(join(folder, file), "utf8")));
    await writeFile(join(folder, `${name}.pem`), texts.join(""));
  }
  const responder = ["-index", "index", "-rsigner", "issuer.leaf.pem", "-rkey", "issuer.key", "-CA", "issuer.leaf.pem"];
  const about = (name: string) => [
    "-issuer",
    "issuer.leaf.pem",
    "-cert",
    `${name}.leaf.pem`,
    "-ndays",
    "3",
    "-noverify",
  ];
  await openssl("ocsp", ...responder, ...about("must-staple"), "-respout", STAPLE);
  await openssl("ca", "-config", "ca.cnf", ...byIssuer, "-revoke", "revoked.leaf.pem");
  await openssl("ocsp", ...responder, ...about("revoked"), "-respout", REVOCATION);
  for (const bits of [1024, 2048, 4096]) {
    const file = new URL(`web-dh-${String(bits)}.pem`, import.meta.url);
    await copyFile(file, join(folder, `dh-${String(bits)}.pem`));
  }
  for (const bits of [2048, 3072]) {
    const group = `group:ffdhe${String(bits)}`;
    await openssl("genpkey", "-genparam", "-algorithm", "DH", "-pkeyopt", group, "-out", `ffdhe${String(bits)}.pem`);
  }
}

function settings(folder: string, addresses: readonly string[]): string {
  const ownZones = [WEB_ZONE, OTHER_WEB_ZONE, UNSIGNED_WEB_ZONE, BOGUS_RECORD_ZONE];
  const zones = [...ownZones, FOREIGN_WEB_ZONE, ...FLEET_ZONES, LIST_ZONE];
  const names = zones.flatMap((zone) => [`DNS:${zone}`, `DNS:*.${zone}`]).join(",");
  const host = ["basicConstraints = critical, CA:FALSE", "keyUsage = critical, digitalSignature, keyEncipherment"];
  const leaf = [...host, "extendedKeyUsage = serverAuth"];
  const staple = ["tlsfeature = status_request", "authorityInfoAccess = OCSP;URI:http://ocsp.vaerksted-oevelse.dk/"];
  return [
    "[req]\ndistinguished_name = name\nprompt = no\n[name]\nCN = nobody",
    "[authority]\nbasicConstraints = critical, CA:TRUE\nkeyUsage = critical, keyCertSign, cRLSign",
    "subjectKeyIdentifier = hash",
    "[issuer]\nbasicConstraints = critical, CA:TRUE, pathlen:0\nkeyUsage = critical, keyCertSign, cRLSign",
    "subjectKeyIdentifier = hash\nauthorityKeyIdentifier = keyid",
    section("host", [...leaf, `subjectAltName = ${names}`]),
    section("without_names", leaf),
    section("other_name", [...leaf, "subjectAltName = DNS:www.andre-oevelse.dk"]),
    section("pointed", [...leaf, `subjectAltName = ${names}`, ...staple.slice(1)]),
    section("deciphering", [
      ...["basicConstraints = critical, CA:FALSE", "keyUsage = critical, keyEncipherment"],
      ...["extendedKeyUsage = serverAuth", `subjectAltName = ${names}`],
    ]),
    section("must_staple", [...leaf, `subjectAltName = ${names}`, ...staple]),
    section("address", [...leaf, `subjectAltName = ${addresses.map((address) => `IP:${address}`).join(",")}`]),
    `[ca]\ndefault_ca = lab\n[lab]\nnew_certs_dir = ${folder}\ndatabase = ${folder}/index\nrand_serial = yes`,
    "default_md = sha256\npolicy = any\nunique_subject = no\ncopy_extensions = none\n[any]\ncommonName = optional\n",
  ].join("\n");
}

function section(name: string, lines: readonly string[]): string {
  return [`[${name}]`, ...lines].join("\n");
}
