import type { WebRequirement } from "./web-case.ts";
import { HEADER_LAB_CASES } from "./web-header-cases.ts";
import { APEXES, REDIRECT_LAB_CASES } from "./web-redirect-cases.ts";
import { HOSTILE_CASES, METADATA_HOST, TRAP_ADDRESS } from "./web-hostile-cases.ts";
import { type PlacedCase, placeCases } from "./web-servers.ts";
import { TLS_LAB_CASES } from "./web-tls-cases.ts";
import { webZones } from "./web-zones.ts";

export const WEB_LAB_REQUIREMENTS: readonly WebRequirement[] = ["S17", "S27", "K11"];

/** Every case and apex with its addresses. */
export const PLACED: readonly PlacedCase[] = placeCases([
  ...TLS_LAB_CASES,
  ...HEADER_LAB_CASES,
  ...REDIRECT_LAB_CASES,
  ...APEXES,
]);

/** The zones that hold their names. */
export const WEB_LAB_ZONES = webZones([
  ...PLACED,
  ...HOSTILE_CASES.map(({ host, address }) => ({ host, addresses: [address] })),
  { host: METADATA_HOST, addresses: [TRAP_ADDRESS] },
]);

/** The place of a case by its name. */
export function placed(name: string): PlacedCase {
  const found = PLACED.find(({ webCase }) => webCase.name === name);
  if (found === undefined) throw new Error(`the lab has no web case ${name}`);
  return found;
}

/** As the inventory has it. */
export function assetOf({
  webCase,
  host,
  addresses,
  port,
}: PlacedCase): { readonly host: string } | { readonly url: string } {
  if (webCase.asset !== undefined && "url" in webCase.asset)
    return { url: webCase.asset.url.replace("ADDRESS", addresses[0] ?? "") };
  return port === 443 ? { host } : { url: `https://${host}:${String(port)}/` };
}

export function assetIdOf(each: PlacedCase): string {
  const asset = assetOf(each);
  return "host" in asset ? `host:${asset.host}` : `url:${asset.url}`;
}
