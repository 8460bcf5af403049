import { isIP } from "node:net";
import type { Asset } from "../core/asset.ts";
import { assetsNamed, assetsOfName } from "../inventory/assets-of-name.ts";
import type { Bilingual } from "../core/messages.ts";
import type { Inventory } from "../inventory/inventory.ts";
import { placeOfService, SERVICE_SCHEMES } from "../services/schemes.ts";
import { CliError } from "./cli-error.ts";
import { EXIT } from "./exit-code.ts";

/** Ports on which servers begin in clear and change to TLS on demand, and the scheme that says so. */
const START_TLS_PORTS: Readonly<Record<string, string>> = {
  "21": "ftp",
  "25": "smtp",
  "110": "pop3",
  "143": "imap",
  "587": "submission",
};
const HTTPS = "443";
const PLACE = /^(?<host>\[[^\]]+\]|[^:[\]/]+)(?::(?<port>\d{1,5}))?$/u;

/**
 * What `kravvagt tls` is to look at: HOST is its port 443, HOST:PORT that port, as the service that the inventory declares there,
 * else beginning with STARTTLS where that is usual, a URL what its scheme says. The inventory's own asset where it has one.
 */
export function tlsSubject(text: string, { assets }: Inventory): Asset {
  const declared = declaredAt(text, assets);
  if (declared !== undefined) return declared;
  const named = assetsNamed(urlOf(text), assets);
  const asset = named.ok
    ? named.value.map((each) => each.asset).find(({ kind }) => HAVE_TLS.includes(kind))
    : undefined;
  if (asset !== undefined) return asset;
  const wanted = wantedOf(text) ?? (named.ok ? HOST_OR_PORT : named.expected);
  const shown = text.trim() === "" ? '""' : text;
  throw new CliError(EXIT.usage, { da: `${shown}: forventede ${wanted.da}`, en: `${shown}: expected ${wanted.en}` });
}

const EXAMPLES = "www.example.dk, www.example.dk:8443, [2001:db8::1]:8443";
const HOST_OR_PORT: Bilingual = {
  da: `en vært, evt. med en port, eller en webadresse: ${EXAMPLES}, https://www.example.dk/`,
  en: `a host, with a port if wanted, or a web address: ${EXAMPLES}, https://www.example.dk/`,
};
const HIGHEST_PORT = 65_535;

/** What is wrong with HOST:PORT as such. Null where it is the host, and for a URL: their own words say it better. */
function wantedOf(text: string): Bilingual | null {
  if (text.includes("://")) return null;
  const { host, port } = PLACE.exec(text)?.groups ?? {};
  if (host === undefined || host.trim() === "") return HOST_OR_PORT;
  const isPort = port === undefined || (Number(port) >= 1 && Number(port) <= HIGHEST_PORT);
  return isPort ? null : { da: `en port fra 1 til ${HIGHEST_PORT}`, en: `a port from 1 to ${HIGHEST_PORT}` };
}

/** The service that the inventory has at HOST:PORT, whatever its scheme; UDP has ports of its own. */
function declaredAt(text: string, assets: readonly Asset[]): Asset | undefined {
  const { host, port } = PLACE.exec(text)?.groups ?? {};
  if (host === undefined || port === undefined) return undefined;
  // Any scheme serves to bring the place into the inventory's form.
  const wanted = assetsOfName(`smtp://${host}:${port}`);
  const place = wanted.ok ? wanted.value.map(({ asset }) => placeOf(asset))[0] : undefined;
  return place === undefined ? undefined : assets.find((asset) => placeOf(asset) === place);
}

/** Undefined for what is no TCP service. */
function placeOf(asset: Asset): string | undefined {
  if (asset.kind !== "service") return undefined;
  const { scheme, host, port } = placeOfService(asset.url);
  return SERVICE_SCHEMES[scheme]?.isUdp === true ? undefined : `${host} ${String(port)}`;
}

const HAVE_TLS: readonly Asset["kind"][] = ["host", "url", "service"];

function urlOf(text: string): string {
  if (text.includes("://")) return text;
  const bare = isIP(text) === 6 ? `[${text}]` : text;
  const { host, port = HTTPS } = PLACE.exec(bare)?.groups ?? {};
  if (host === undefined) return text;
  const scheme = START_TLS_PORTS[port];
  if (scheme !== undefined) return `${scheme}://${host}:${port}`;
  const isName = isIP(host.replace(/^\[|\]$/gu, "")) === 0;
  if (port === HTTPS && isName) return `host:${host}`;
  return `https://${host}:${port}/`;
}
