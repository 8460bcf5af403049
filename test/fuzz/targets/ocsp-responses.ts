import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import { type Certificate, parseCertificate } from "../../../lib/tls/certificate.ts";
import { parseOcspResponse } from "../../../lib/tls/ocsp-response.ts";
import { stapleState } from "../../../lib/tls/ocsp-staple.ts";
import { alteredTree, derOf, type DerTree, randomTree, treeOf } from "../random-der.ts";
import { damaged } from "../random-messages.ts";
import type { Random } from "../random.ts";
import { promise, type Target } from "../target.ts";

const FOLDER = new URL("../../tls/ocsp/", import.meta.url);
const GENUINE = ["by-ca", "by-resp", "revoked"];
const DAY_MS = 86_400_000;

interface Real {
  readonly octets: readonly Uint8Array[];
  readonly trees: readonly DerTree[];
  /** What was really signed, in hex. */
  readonly signed: ReadonlySet<string>;
  readonly leaf: Certificate;
  readonly issuer: Certificate;
  /** Within the validity of all of them. */
  readonly at: number;
}

function certificate(name: string): Certificate {
  const text = readFileSync(new URL(`${name}.pem`, FOLDER), "latin1");
  const body = /-----BEGIN CERTIFICATE-----([^-]+)-----END/.exec(text)?.[1] ?? "";
  const read = parseCertificate(new Uint8Array(Buffer.from(body, "base64")));
  if (!read.ok) throw new Error(read.problem);
  return read.value;
}

function real(): Real {
  const octets = GENUINE.map((name) => new Uint8Array(readFileSync(new URL(`${name}.der`, FOLDER))));
  const read = octets.map((each) => {
    const response = parseOcspResponse(each);
    if (!response.ok) throw new Error(response.problem);
    return response.value;
  });
  return {
    octets,
    trees: octets.map((each) => treeOf(each)),
    signed: new Set(read.map(({ tbs }) => hexOf(tbs))),
    leaf: certificate("leaf"),
    issuer: certificate("ca"),
    at: Math.max(...read.flatMap(({ responses }) => responses.map(({ thisUpdate }) => thisUpdate))) + DAY_MS,
  };
}

function hexOf(octets: Uint8Array): string {
  return Buffer.from(octets).toString("hex");
}

function altered(random: Random, { octets, trees }: Real): Uint8Array {
  const kind = random.below(10);
  if (kind === 0) return derOf(randomTree(random));
  if (kind === 1) return random.pick(octets);
  if (kind <= 4) return damaged(random, random.pick(octets));
  return derOf(alteredTree(random, random.pick(trees)));
}

function exercise(octets: Uint8Array, { signed, leaf, issuer, at }: Real): string {
  const read = parseOcspResponse(octets);
  const state = stapleState(octets, leaf, issuer, at);
  if (!read.ok) {
    promise(/^[ -~]+$/.test(read.problem), "a problem is not in words");
    promise(state === "invalid", "what cannot be read proves something");
    return "malformed";
  }
  const isReal = signed.has(hexOf(read.value.tbs));
  promise(isReal || state !== "valid", "a response proves something that nobody has signed");
  promise(stapleState(octets, leaf, null, at) !== "valid", "a response is proven without an issuer");
  return state === "valid" ? "valid" : "read";
}

export const OCSP_RESPONSES: Target = {
  name: "ocsp-responses",
  about: "OCSP responses and random DER are read; nothing proves a certificate good that nobody has signed",
  endings: ["malformed", "read", "valid"],
  prepare: async () => {
    const genuine = real();
    return (random) => {
      const octets = altered(random, genuine);
      return { message: octets, run: () => exercise(octets, genuine) };
    };
  },
};
