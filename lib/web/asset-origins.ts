/** Where an asset is on the web, from its id's own words: hosts, ports and paths. */
import type { Asset } from "../core/asset.ts";
import { parseWebUrl } from "../parsers/location.ts";
import { hostText } from "./host-text.ts";

export interface OriginStart {
  readonly scheme: "http" | "https";
  readonly port: number;
  /** Path and query. */
  readonly path: string;
}

/** A host and the origins that the asset has there. `indicated` is false for an IP literal: it has no name to indicate. */
export interface WebPlace {
  readonly host: string;
  readonly isAddress: boolean;
  readonly origins: readonly OriginStart[];
}

export const HTTP_PORT = 80;
export const HTTPS_PORT = 443;

/**
 * The web place of a host or url asset; null for other kinds. A host, and a URL at its scheme's default port, have both 80 and 443;
 * a URL at another port has that one alone.
 */
export function webPlaceOf(asset: Asset): WebPlace | null {
  if (asset.kind === "host") return { host: hostText(asset.host), isAddress: false, origins: bothOrigins("/") };
  if (asset.kind !== "url") return null;
  const url = parseWebUrl(asset.url);
  if (!url.ok) throw new Error(`${asset.id} has no web address`);
  const { host, isAddress, scheme, port } = url.value;
  const { pathname, search } = new URL(url.value.url);
  const path = pathname + search;
  const isDefault = port === (scheme === "http" ? HTTP_PORT : HTTPS_PORT);
  return { host, isAddress, origins: isDefault ? bothOrigins(path) : [{ scheme, port, path }] };
}

/** Both web ports, beginning at one path. */
export function bothOrigins(path: string): readonly OriginStart[] {
  return [
    { scheme: "http", port: HTTP_PORT, path },
    { scheme: "https", port: HTTPS_PORT, path },
  ];
}

/** Whether a visit lacks a port that was to be looked at: then nothing that is said of the others can be the whole. */
export function lacksOrigin(
  origins: readonly Pick<OriginStart, "scheme" | "port">[],
  wanted: readonly OriginStart[],
): boolean {
  return wanted.some(({ scheme, port }) => !origins.some((one) => one.scheme === scheme && one.port === port));
}
