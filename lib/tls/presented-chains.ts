import { Buffer } from "node:buffer";
import { parseCertificate } from "./certificate.ts";
import { publicKeyOf } from "./certificate-signature.ts";
import type { PresentedChain } from "./observations.ts";
import { type RootStore, trustAnchorOf } from "./trust-anchor.ts";
import type { TlsVersion } from "./versions.ts";

/** A chain as it came, DER in base64. */
export interface RawChain {
  readonly version: TlsVersion;
  readonly chain: readonly string[];
  readonly staple: string | null;
}

const KINDS: Readonly<Record<string, PresentedChain["kind"]>> = {
  rsa: "RSA",
  "rsa-pss": "RSA",
  ec: "ECDSA",
  ed25519: "EdDSA",
  ed448: "EdDSA",
};

/** The kind of the leaf's key; `other` where the leaf cannot be read. */
export function kindOfChain(chain: readonly string[]): PresentedChain["kind"] {
  const leaf = parseCertificate(Buffer.from(chain[0] ?? "", "base64"));
  const type = leaf.ok ? publicKeyOf(leaf.value)?.asymmetricKeyType : undefined;
  return (type === undefined ? undefined : KINDS[type]) ?? "other";
}

/** The named curve of an ECDSA leaf, by OpenSSL's name; null for others. */
export function curveOfChain(chain: readonly string[]): string | null {
  const leaf = parseCertificate(Buffer.from(chain[0] ?? "", "base64"));
  const key = leaf.ok ? publicKeyOf(leaf.value) : null;
  return key?.asymmetricKeyDetails?.namedCurve ?? null;
}

/** Each different chain once, in the order of its first coming, with the staple that came with it at any time. */
export function presentedChains(seen: readonly RawChain[], store: RootStore): readonly PresentedChain[] {
  const different = new Map<string, RawChain>();
  for (const one of seen) {
    const key = one.chain.join(" ");
    const known = different.get(key);
    if (known === undefined) different.set(key, one);
    else if (known.staple === null) different.set(key, { ...known, staple: one.staple });
  }
  return [...different.values()].map(({ version, chain, staple }) => {
    return { kind: kindOfChain(chain), version, chain, anchor: anchorOf(chain, store), staple };
  });
}

function anchorOf(chain: readonly string[], store: RootStore): string | null {
  const [leaf, ...others] = chain.map((one) => parseCertificate(Buffer.from(one, "base64")));
  if (leaf?.ok !== true) return null;
  const readable = others.flatMap((one) => (one.ok ? [one.value] : []));
  const anchor = trustAnchorOf([leaf.value, ...readable], store);
  return anchor === null ? null : Buffer.from(anchor.octets).toString("base64");
}
