import { Buffer } from "node:buffer";
import { isSelfSigned } from "../../tls/certificate-path.ts";
import type { Certificate } from "../../tls/certificate.ts";
import type { PresentedChain } from "../../tls/observations.ts";
import { stapleState } from "../../tls/ocsp-staple.ts";
import { keyFactOf, signatureHashOf } from "../../tls/profile-certificate.ts";
import type { TlsFact } from "../../tls/profile-grade.ts";
import { type ReadChain, readChain } from "./cert-chain.ts";
import { type Facts, joinFacts, type SeenFact, settingFact } from "./profile-facts.ts";
import { type Gap, gapOf, type Visited } from "./tls-endpoint.ts";

const UNREADABLE = { cause: "tool-limit", detail: "it cannot be read" } as const;
const WITHOUT_ISSUER = { cause: "tool-limit", detail: "the issuer, who would prove it, is not known" } as const;
const NONE_SEEN = { cause: "tls-failed", detail: "the server has shown none" } as const;

/**
 * Keys and signature hashes of every presented chain, leaf and intermediates but no root, and its OCSP response. A kind of
 * certificate that stayed open, or no certificate at all, is a gap.
 */
export function certificateFacts({ chains, chainsOpen }: Visited, at: number): Facts {
  const gaps = chainsOpen.map(({ kind, undecided }) => gapOf(`${kind} certificate`, undecided));
  const none = chains.length === 0 && gaps.length === 0 ? [gapOf("certificate", NONE_SEEN)] : [];
  return joinFacts([{ seen: [], gaps: [...gaps, ...none] }, ...chains.map((chain) => chainFacts(chain, at))]);
}

function chainFacts(chain: PresentedChain, at: number): Facts {
  const read = readChain(chain, at);
  if (read === null) return { seen: [], gaps: [gapOf(`${chain.kind} certificate`, UNREADABLE)] };
  const graded = [read.leaf, ...read.others.filter((one, index) => isIntermediate(one, index, read))];
  const parts = graded.map((certificate, depth) => {
    return factsOf(certificate, depth === 0 ? `${chain.kind} certificate` : `issuer ${String(depth)} of ${chain.kind}`);
  });
  const unreadable = read.unreadable > 0 ? [gapOf(`an issuer of ${chain.kind}`, UNREADABLE)] : [];
  return joinFacts([...parts, stapleFacts(chain, read, at), { seen: [], gaps: unreadable }]);
}

/**
 * What was sent beside the leaf is graded unless it is a root, since a trust anchor is trusted whatever it is signed with, or was
 * sent before: some servers send their own certificate twice.
 */
function isIntermediate(certificate: Certificate, index: number, { anchor, leaf, others }: ReadChain): boolean {
  const isSame = (other: Certificate): boolean => Buffer.compare(other.octets, certificate.octets) === 0;
  const isAnchor = anchor !== null && isSame(anchor);
  return !isAnchor && !isSame(leaf) && others.findIndex(isSame) === index && !isSelfSigned(certificate);
}

function factsOf(certificate: Certificate, where: string): Facts {
  const key = keyFactOf(certificate);
  const hash = signatureHashOf(certificate);
  const seen: SeenFact[] = [];
  const gaps: Gap[] = [];
  if (key === null) gaps.push(gapOf(`the key of ${where}`, UNREADABLE));
  else seen.push({ fact: key, value: keyLabel(key), where });
  if (hash.ok) seen.push({ fact: hash.value, value: hash.value.hash, where });
  else gaps.push(gapOf(`the signature of ${where}`, UNREADABLE));
  return { seen, gaps };
}

function keyLabel({ type, bits, curve }: Extract<TlsFact, { readonly kind: "certificate-key" }>): string {
  if (bits !== undefined) return `${type} ${String(bits)}`;
  return curve === undefined ? type : `${type} ${curve}`;
}

function stapleFacts({ staple, kind }: PresentedChain, { leaf, path }: ReadChain, at: number): Facts {
  const octets = staple === null ? null : new Uint8Array(Buffer.from(staple, "base64"));
  const state = stapleState(octets, leaf, path[1] ?? null, at);
  if (state === "unproven") return { seen: [], gaps: [gapOf(`OCSP response of ${kind}`, WITHOUT_ISSUER)] };
  return settingFact("ocsp-staple", state, `${kind} certificate`);
}
