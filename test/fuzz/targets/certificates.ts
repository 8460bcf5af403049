import { Buffer } from "node:buffer";
import { X509Certificate } from "node:crypto";
import { CERTIFICATES as SCENARIO_CERTIFICATES } from "../../../lib/requirements/s20/scenario-certificates.ts";
import { pathFrom, pathProblem } from "../../../lib/tls/certificate-path.ts";
import { type Certificate, parseCertificate } from "../../../lib/tls/certificate.ts";
import { readDer, TAG } from "../../../lib/tls/der.ts";
import { alteredTree, derOf, type DerTree, randomTree, treeOf } from "../random-der.ts";
import { damaged } from "../random-messages.ts";
import type { Random } from "../random.ts";
import { promise, type Target } from "../target.ts";

/** Within the validity of nearly all of them. */
const AT = Date.UTC(2030, 0, 1);
const SECOND = 1_000;

interface Genuine {
  readonly octets: readonly Uint8Array[];
  readonly trees: readonly DerTree[];
  /** What authorities have really signed, in hex. */
  readonly signed: ReadonlySet<string>;
  readonly authorities: readonly Certificate[];
}

function genuine(): Genuine {
  const octets = Object.values(SCENARIO_CERTIFICATES).map((text) => new Uint8Array(Buffer.from(text, "base64")));
  const read = (one: Uint8Array): Certificate => {
    const certificate = parseCertificate(one);
    if (!certificate.ok) throw new Error(certificate.problem);
    return certificate.value;
  };
  const { intermediate, root } = SCENARIO_CERTIFICATES;
  return {
    octets,
    trees: octets.map((one) => treeOf(one)),
    signed: new Set(octets.map((one) => hexOf(read(one).tbs))),
    authorities: [intermediate, root].map((text) => read(Buffer.from(text, "base64"))),
  };
}

function hexOf(octets: Uint8Array): string {
  return Buffer.from(octets).toString("hex");
}

function altered(random: Random, { octets, trees }: Genuine): Uint8Array {
  const kind = random.below(10);
  if (kind === 0) return derOf(randomTree(random));
  if (kind <= 3) return damaged(random, random.pick(octets));
  let tree = random.pick(trees);
  for (let times = 1 + random.below(2); times > 0; times -= 1) tree = alteredTree(random, tree);
  return derOf(tree);
}

function isSlice(part: Uint8Array, whole: Uint8Array): boolean {
  const start = part.byteOffset - whole.byteOffset;
  return part.buffer === whole.buffer && start >= 0 && start + part.length <= whole.length;
}

function exercise(octets: Uint8Array, { signed, authorities }: Genuine, isPathTried: boolean): string {
  const read = parseCertificate(octets);
  if (!read.ok) {
    promise(/^[ -~]+$/.test(read.problem), "a problem is not in words");
    return "malformed";
  }
  const certificate = read.value;
  const { spki, tbs, subject, issuer, dnsNames, commonNames } = certificate;
  const parts = [spki, tbs, subject, issuer, ...dnsNames, ...commonNames];
  promise(
    parts.every((part) => isSlice(part, octets)),
    "a part of the certificate is not a part of its octets",
  );
  promise(readDer(spki, (reader) => reader.expect(TAG.sequence, "the key")).ok, "the public key is no whole element");
  promise(Number.isFinite(certificate.notBefore) && Number.isFinite(certificate.notAfter), "a date is no number");
  if (!isPathTried) return "certificate";
  compareWithOpenSsl(certificate);
  const isReal = signed.has(hexOf(tbs));
  for (const path of [[certificate, ...authorities], pathFrom(certificate, authorities, AT)]) {
    const [, issuing] = path;
    const problem = issuing === undefined ? "signature-invalid" : pathProblem(path, AT);
    promise(isReal || problem !== null, "a path is sound whose leaf no authority has signed");
  }
  return isReal ? "certificate, as signed" : "certificate, forged";
}

/** Where OpenSSL reads it too, both say the same. */
function compareWithOpenSsl({ octets, notBefore, notAfter }: Certificate): void {
  const x509 = x509Of(octets);
  if (x509 === null) return;
  const [from, to] = [Date.parse(x509.validFrom), Date.parse(x509.validTo)];
  // OpenSSL writes a second 60 as such, which Date does not know.
  if (Number.isNaN(from) || Number.isNaN(to)) return;
  promise(from === secondsOf(notBefore) && to === secondsOf(notAfter), "OpenSSL reads other dates");
}

function secondsOf(moment: number): number {
  return Math.floor(moment / SECOND) * SECOND;
}

function x509Of(octets: Uint8Array): X509Certificate | null {
  try {
    return new X509Certificate(octets);
  } catch {
    // OpenSSL demands more than our reader does.
    return null;
  }
}

export const CERTIFICATES: Target = {
  name: "certificates",
  about:
    "certificates and random DER are read; parts are slices of the whole, and no path ends well whose leaf nobody signed",
  endings: ["malformed", "certificate", "certificate, as signed", "certificate, forged"],
  prepare: async () => {
    const real = genuine();
    return (random, number) => {
      const octets = altered(random, real);
      return { message: octets, run: () => exercise(octets, real, number % 4 === 0) };
    };
  },
};
