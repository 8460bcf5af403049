import { X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";
import type { TlsFindings } from "../../tls/observations.ts";
import { type Certificate, parseCertificate } from "../../tls/certificate.ts";
import { type RootStore, rootStoreOf } from "../../tls/trust-anchor.ts";

/** The roots that are trusted, and what is said of them as evidence. */
export interface TrustedRoots {
  readonly store: RootStore;
  readonly about: TlsFindings["rootStore"];
}

const PEM_BLOCK = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
const DATE_OCTETS = 10;

const stores = new Map<string, TrustedRoots>();
const MOST_STORES = 16;

/** Releases of Node that took a newer list in, and the day on which they came out: NSS 3.125 (change log of Node 24). */
const TAKEN_IN: readonly { readonly major: number; readonly minor: number; readonly date: string }[] = [
  { major: 24, minor: 20, date: "2026-08-26" },
];

/**
 * Mozilla's roots as this runtime has them, and further authorities in PEM; made once for each list. `date`: the list is no older
 * than that, by the release of Node that took it in where that is known, else by the day on which its newest root was made.
 */
export function trustedRoots(extraAuthorities: readonly string[]): TrustedRoots {
  const key = extraAuthorities.join("\n");
  const known = stores.get(key);
  if (known !== undefined) return known;
  if (stores.size >= MOST_STORES) stores.clear();
  const runtime = certificatesOf(rootCertificates);
  const extra = certificatesOf(extraAuthorities.flatMap((pem) => pem.match(PEM_BLOCK) ?? []));
  const about = { name: `Mozilla/Node ${process.versions.node}`, date: dateOf(runtime), extra: extra.length };
  const made = { store: rootStoreOf([...runtime, ...extra]), about };
  stores.set(key, made);
  return made;
}

function dateOf(runtime: readonly Certificate[]): string {
  const [major, minor = 0] = process.versions.node.split(".").map(Number);
  const known = TAKEN_IN.filter((release) => release.major === major && release.minor <= minor).at(-1);
  const newest = Math.max(0, ...runtime.map(({ notBefore }) => notBefore));
  return known?.date ?? new Date(newest).toISOString().slice(0, DATE_OCTETS);
}

/** Throws for what is no certificate: the operator's own files and the runtime's are ours. */
function certificatesOf(pems: readonly string[]): readonly Certificate[] {
  return pems.flatMap((pem) => {
    const read = parseCertificate(new X509Certificate(pem).raw);
    // A root of a form that we do not read anchors nothing: its chains stay without an anchor.
    return read.ok ? [read.value] : [];
  });
}
