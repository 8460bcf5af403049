/** Protocol versions, oldest first. A list exists once: every other place takes it from here. */
export const TLS_VERSIONS = ["SSLv2", "SSLv3", "TLSv1.0", "TLSv1.1", "TLSv1.2", "TLSv1.3"] as const;

export type TlsVersion = (typeof TLS_VERSIONS)[number];

/** Versions that share the record and handshake form of SSLv3 (SSLv2 has a form of its own). */
export type RecordLayerVersion = Exclude<TlsVersion, "SSLv2">;

/** What stands in a version field (RFC 6101 to RFC 8446; SSLv2: RFC 6176 refers to the draft of 1995). */
export const VERSION_NUMBER: Readonly<Record<TlsVersion, number>> = {
  SSLv2: 0x0002,
  SSLv3: 0x0300,
  "TLSv1.0": 0x0301,
  "TLSv1.1": 0x0302,
  "TLSv1.2": 0x0303,
  "TLSv1.3": 0x0304,
};

/** The version with this number; null for drafts, GREASE and everything unknown. */
export function versionOf(number: number): TlsVersion | null {
  return TLS_VERSIONS.find((version) => VERSION_NUMBER[version] === number) ?? null;
}

/** Negative when `a` is the older one, 0 when they are the same. */
export function compareVersions(a: TlsVersion, b: TlsVersion): number {
  return TLS_VERSIONS.indexOf(a) - TLS_VERSIONS.indexOf(b);
}
