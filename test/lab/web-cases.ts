import { SERVICE_LAB_HOSTS } from "./service-case.ts";
import { ACTIVE_LAB_CASES } from "./web-active-cases.ts";
import { ASSET_LAB_CASES } from "./web-asset-cases.ts";
import type { WebLabCase, WebRequirement } from "./web-case.ts";
import { FAMILY_LAB_CASES } from "./web-family-cases.ts";
import { HEADER_LAB_CASES } from "./web-header-cases.ts";
import { APEXES, REDIRECT_LAB_CASES } from "./web-redirect-cases.ts";
import { HOSTILE_CASES, METADATA_HOST, TRAP_ADDRESS } from "./web-hostile-cases.ts";
import { CBC_CASE } from "./web-profile-cases.ts";
import { type PlacedCase, placeCases } from "./web-servers.ts";
import { PRELOAD_LIST, STRENGTH_LAB_CASES } from "./web-strength-cases.ts";
import { GATE_LAB_CASES } from "./web-gate-cases.ts";
import { TLS_LAB_CASES } from "./web-tls-cases.ts";
import { webZones } from "./web-zones.ts";

export const WEB_LAB_REQUIREMENTS: readonly WebRequirement[] = ["S17", "S27", "K11"];

/** Every case and apex with its addresses. */
export const PLACED: readonly PlacedCase[] = placeCases([
  ...TLS_LAB_CASES,
  ...GATE_LAB_CASES,
  ...HEADER_LAB_CASES,
  ...REDIRECT_LAB_CASES,
  ...FAMILY_LAB_CASES,
  ...STRENGTH_LAB_CASES,
  ...ACTIVE_LAB_CASES,
  ...ASSET_LAB_CASES,
  CBC_CASE,
  ...APEXES,
  PRELOAD_LIST,
]);

/** The zones that hold their names. */
export const WEB_LAB_ZONES = webZones([
  ...PLACED.map(({ host, addresses, webCase: { records = [] } }) => ({ host, addresses, records })),
  ...HOSTILE_CASES.map(({ host, address }) => ({ host, addresses: [address] })),
  { host: METADATA_HOST, addresses: [TRAP_ADDRESS] },
  ...SERVICE_LAB_HOSTS,
]);

/** The place of a case by its name. */
export function placed(name: string): PlacedCase {
  const found = PLACED.find(({ webCase }) => webCase.name === name);
  if (found === undefined) throw new Error(`the lab has no web case ${name}`);
  return found;
}

type WebAsset = { readonly host: string } | { readonly url: string } | { readonly domain: string };

/** As the inventory has it. */
export function assetOf(each: PlacedCase): WebAsset & Pick<WebLabCase, "consent"> {
  const { consent } = each.webCase;
  return { ...subjectOf(each), ...(consent === undefined ? {} : { consent }) };
}

export function assetIdOf(each: PlacedCase): string {
  const [kind = "", value = ""] = Object.entries(subjectOf(each))[0] ?? [];
  return `${kind}:${value}`;
}

function subjectOf({ webCase: { asset }, host, addresses, port }: PlacedCase): WebAsset {
  if (asset !== undefined && "url" in asset) return { url: asset.url.replace("ADDRESS", addresses[0] ?? "") };
  if (asset !== undefined && "domain" in asset) return asset;
  return port === 443 ? { host } : { url: `https://${host}:${String(port)}/` };
}
