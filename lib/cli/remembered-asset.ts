import { assetId } from "../inventory/asset-id.ts";
import { ASSET_KINDS } from "../inventory/asset-kinds.ts";
import { assetsOfName } from "../inventory/assets-of-name.ts";
import { parseHostName } from "../inventory/dns-name.ts";
import { nearest } from "../inventory/nearest.ts";
import { type CliError, usageError } from "./cli-error.ts";

const MOST_NAMED = 5;

/** The one of `ids` that the text stands for: an id, or a name that only one of them has. Throws a usage error otherwise. */
export function rememberedAsset(text: string, ids: readonly string[]): string {
  if (ids.includes(text)) return text;
  const wanted = idsOf(text);
  const found = ids.filter((id) => wanted.has(id));
  const [only] = found;
  if (only === undefined) throw unknownAsset(text, ids);
  if (found.length === 1) return only;
  const list = found.slice(0, MOST_NAMED).join(", ");
  throw usageError(
    `${text} kan være flere aktiver. Skriv hele id'et: ${list}.`,
    `${text} may be several assets. Write the whole id: ${list}.`,
  );
}

/** Every id that a person may mean by the text, whatever case or alphabet it is written in. */
function idsOf(text: string): ReadonlySet<string> {
  const named = assetsOfName(text);
  const ids = new Set(named.ok ? named.value.map(({ asset }) => asset.id) : []);
  const name = parseHostName(text);
  const value = name.ok ? name.value : text.toLowerCase();
  for (const kind of ASSET_KINDS) {
    const id = assetId(kind, value);
    if (id.ok) ids.add(id.value);
  }
  return ids;
}

function unknownAsset(text: string, ids: readonly string[]): CliError {
  const near = nearest(text, [...ids, ...ids.map((id) => id.slice(id.indexOf(":") + 1))]);
  const [da, en] = [
    `Der huskes intet om ${text} for dette krav.`,
    `Nothing is remembered of ${text} for this requirement.`,
  ];
  return near === null ? usageError(da, en) : usageError(`${da} Mente du ${near}?`, `${en} Did you mean ${near}?`);
}
