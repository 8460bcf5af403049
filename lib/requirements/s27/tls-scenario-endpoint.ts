import { observed, type Observed, unobserved } from "../../core/observation.ts";
import { groupNamed } from "../../tls/groups.ts";
import type { PresentedChain, SuiteTrial, TlsAddress, TlsFindings, TlsVisit } from "../../tls/observations.ts";
import { suiteNamed } from "../../tls/suites.ts";
import { TLS_VERSIONS, type TlsVersion } from "../../tls/versions.ts";
import { CERTIFICATES } from "./cert-scenario-certificates.ts";

export type CertificateName = keyof typeof CERTIFICATES;
export type Server = (where: TlsAddress) => Observed<TlsVisit>;

/** The number of a suite by its IANA name, without "TLS_". */
export function suite(name: string): number {
  const found = suiteNamed(`TLS_${name}`) ?? suiteNamed(name);
  if (found === null) throw new Error(`no suite ${name}`);
  return found.number;
}

export function group(name: string): number {
  const found = groupNamed(name);
  if (found === null) throw new Error(`no group ${name}`);
  return found.number;
}

/** A chain of scenario certificates, leaf first; `anchor` is the root that it leads to. */
export function chain(
  kind: PresentedChain["kind"],
  certificates: readonly CertificateName[],
  anchor: CertificateName | null = "root",
): PresentedChain {
  return {
    kind,
    version: "TLSv1.2",
    chain: certificates.map((certificate) => CERTIFICATES[certificate]),
    anchor: anchor === null ? null : CERTIFICATES[anchor],
    staple: null,
  };
}

/** Versions of which these are accepted, all others refused. */
export function versions(...accepted: readonly TlsVersion[]): TlsFindings["versions"] {
  return TLS_VERSIONS.map((version) => {
    return { version, outcome: accepted.includes(version) ? "accepted" : "refused", undecided: null };
  });
}

export function suites(version: TlsVersion, names: readonly string[], preference: SuiteTrial["preference"] = "server") {
  return { version, accepted: names.map(suite), open: [], undecided: null, preference };
}

export function groups(version: TlsVersion, ...names: readonly string[]) {
  return { version, accepted: names.map(group), open: [], undecided: null };
}

export const MODERN_13 = ["AES_256_GCM_SHA384", "CHACHA20_POLY1305_SHA256", "AES_128_GCM_SHA256"];
export const MODERN_12 = ["ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"];

/** What a server has that nobody could find fault with, today or by the newest guidelines. */
export const MODERN: TlsFindings = {
  versions: versions("TLSv1.2", "TLSv1.3"),
  suites: [suites("TLSv1.2", MODERN_12), suites("TLSv1.3", MODERN_13)],
  groups: [
    groups("TLSv1.2", "x25519", "secp256r1", "secp384r1"),
    groups("TLSv1.3", "X25519MLKEM768", "x25519", "secp256r1", "secp384r1"),
  ],
  dhPrimes: [],
  signatures: {
    chosen: [0x0403],
    weak: [
      { hash: "SHA1", outcome: "refused", undecided: null },
      { hash: "SHA224", outcome: "refused", undecided: null },
    ],
    strong: "accepted",
  },
  chains: [chain("ECDSA", ["ecdsa", "intermediate"])],
  chainsOpen: [],
  legacy: { compression: "none", renegotiationInfo: true, extendedMasterSecret: true, encryptThenMac: false },
  otherNames: [],
  clientRenegotiation: "not-tried",
  earlyData: "not-tried",
  rootStore: { name: "Mozilla", date: "2026-10-01", extra: 0 },
  connections: 60,
};

/** A server like that, with some changes. */
export function endpoint(changes: Partial<TlsFindings> = {}): Server {
  return (where) => observed({ ...where, state: "visited", ...MODERN, ...changes });
}

/** The same, accepting suites of TLS 1.2 besides, in the server's order after the others. */
export function alsoTaking(...names: readonly string[]): Server {
  return endpoint(besides("TLSv1.2", names));
}

/** Findings with suites of one version besides those of a modern server. */
export function besides(version: TlsVersion, names: readonly string[]): Pick<TlsFindings, "versions" | "suites"> {
  const own = version === "TLSv1.2" ? MODERN_12 : version === "TLSv1.3" ? MODERN_13 : [];
  const others = MODERN.suites.filter((trial) => trial.version !== version);
  const accepted = TLS_VERSIONS.filter((one) => one === version || others.some((trial) => trial.version === one));
  return { versions: versions(...accepted), suites: [suites(version, [...own, ...names]), ...others] };
}

/** A server that presents these chains. */
export function presenting(...chains: readonly PresentedChain[]): Server {
  return endpoint({ chains });
}

export const closed: Server = (where) => observed({ ...where, state: "closed" });
export const withoutTls: Server = (where) => observed({ ...where, state: "no-tls", detail: "it answered in clear" });
export const silent: Server = () => unobserved("tcp-timeout", "no answer");

/** Why something stayed open in scenarios: connections were cut, at the smaller try too. */
export const RESET = {
  cause: "connection-reset",
  detail: "the connection was reset, with a smaller hello too",
} as const;
