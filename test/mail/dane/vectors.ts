import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import path from "node:path";
import { associationOf } from "../../../lib/mail/dane/match.ts";
import { parseCertificate } from "../../../lib/tls/certificate.ts";
import type { Tlsa } from "../../../lib/wire/rdata/tlsa.ts";

const FOLDER = path.resolve(import.meta.dirname, "../../vectors/dane");

const CERTIFICATES = JSON.parse(readFileSync(path.join(FOLDER, "certificates.json"), "utf8")) as Record<string, string>;

/** One presented chain, the records about it, and what must come of it at `at` for `names`. */
export interface MatchVector {
  readonly name: string;
  readonly source: string;
  /** "3 1 1 NAME", with " ~" for one wrong bit and " cut" for data that lacks its last octet. */
  readonly records: readonly string[];
  readonly chain: readonly string[];
  readonly names?: readonly string[];
  readonly at?: string;
  readonly expect: { readonly depth: number } | { readonly why: string };
}

export const VECTORS = JSON.parse(readFileSync(path.join(FOLDER, "matches.json"), "utf8")) as readonly MatchVector[];

export const CERTIFICATE_NAMES: readonly string[] = Object.keys(CERTIFICATES);

/** The DER of a certificate that scripts/make-scenario-certificates.sh has made. */
export function derOf(name: string): Uint8Array {
  const base64 = CERTIFICATES[name];
  if (base64 === undefined) throw new Error(`no certificate ${name}`);
  return new Uint8Array(Buffer.from(base64, "base64"));
}

/** The record that a vector writes as "3 1 1 NAME". */
export function recordOf(text: string): Tlsa {
  const [usage, selector, matchingType, name = "", flaw] = text.split(" ");
  const octets = derOf(name);
  const certificate = parseCertificate(octets);
  if (!certificate.ok) throw new Error(certificate.problem);
  const about = Number(selector) === 1 ? certificate.value.spki : octets;
  const association = Uint8Array.from(associationOf(Number(matchingType), about));
  if (flaw === "~") association[association.length - 1] = (association.at(-1) ?? 0) ^ 1;
  return {
    usage: Number(usage),
    selector: Number(selector),
    matchingType: Number(matchingType),
    association: flaw === "cut" ? association.subarray(0, -1) : association,
  };
}
