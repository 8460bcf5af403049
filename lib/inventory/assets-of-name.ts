import { isIP } from "node:net";
import type { Asset, AssetKind } from "../core/asset.ts";
import { ASSET_FORMS } from "./asset-form.ts";
import { assetId } from "./asset-id.ts";
import { ASSET_KINDS } from "./asset-kinds.ts";
import { parseRange } from "./address-range.ts";
import { parseHostName, registeredNameOf } from "./dns-name.ts";
import { expected, type Leaf, accepted } from "./leaf.ts";

/** What a name on the command line stands for. `onlyWithAddress`: an asset only if the name has an address. */
export interface NamedAsset {
  readonly asset: Asset;
  readonly onlyWithAddress: boolean;
}

/**
 * A registrable name is a domain, and a host if it has an address; any other name is a host; an http URL is a url, another
 * URL a service; an address or prefix is an address. An id such as `domain:sub.example.dk` says the kind itself.
 */
export function assetsOfName(text: string): Leaf<readonly NamedAsset[]> {
  const kind = ASSET_KINDS.find((each) => text.toLowerCase().startsWith(`${each}:`));
  if (kind !== undefined && !text.slice(kind.length).startsWith("://")) return one(kind, text.slice(kind.length + 1));
  if (text.includes("://")) return one(/^https?:/iu.test(text) ? "url" : "service", text);
  if (isIP(text.split("/")[0] ?? "") !== 0 || parseRange(text).ok) return one("address", text);
  const name = parseHostName(text);
  if (!name.ok) return one("domain", text);
  const registered = registeredNameOf(name.value);
  if (registered === null) return one("domain", text);
  if (registered !== name.value) return one("host", text);
  const [domain, host] = [one("domain", text), one("host", text)];
  if (!domain.ok || !host.ok) return domain.ok ? host : domain;
  return accepted([...domain.value, ...host.value.map(({ asset }) => ({ asset, onlyWithAddress: true }))]);
}

function one(kind: AssetKind, value: string): Leaf<readonly NamedAsset[]> {
  const at = kind === "resolver" ? value.indexOf("@") : -1;
  const fields = at < 0 ? { [kind]: value } : { [kind]: value.slice(0, at), network: value.slice(at + 1) };
  const result = ASSET_FORMS[kind].safeParse(fields);
  if (result.success) return accepted([{ asset: result.data, onlyWithAddress: false }]);
  const wanted = result.error.issues.map((issue) => (issue.code === "custom" ? issue.params : undefined))[0] as
    { expected?: { da: string; en: string } } | undefined;
  if (wanted?.expected !== undefined) return { ok: false, expected: wanted.expected };
  return expected("et navn, en webadresse eller en IP-adresse", "a name, a web address or an IP address");
}

/** The assets of `all` that the name stands for by id or name; else what `assetsOfName` makes of it. */
export function assetsNamed(text: string, all: readonly Asset[]): Leaf<readonly NamedAsset[]> {
  const wanted = assetsOfName(text);
  if (!wanted.ok) return wanted;
  const ids = new Set(wanted.value.map(({ asset }) => asset.id));
  const zone = parseHostName(text);
  if (zone.ok) for (const kind of ["domain", "host"] as const) addId(ids, kind, zone.value);
  const known = all.filter(({ id }) => ids.has(id));
  return known.length > 0 ? accepted(known.map((asset) => ({ asset, onlyWithAddress: false }))) : wanted;
}

function addId(ids: Set<string>, kind: AssetKind, value: string): void {
  const id = assetId(kind, value);
  if (id.ok) ids.add(id.value);
}
