import type { Asset } from "../core/asset.ts";
import { ASSET_FORMS } from "./asset-form.ts";
import { ASSET_KINDS } from "./asset-kinds.ts";
import type { AddressLink } from "./authorisation-links.ts";
import { oneOf } from "./issue-words.ts";
import { nearest } from "./nearest.ts";
import type { FieldPath } from "./problem.ts";
import { isFields, listOf, onceOnly, type ProblemList } from "./problem-list.ts";

/** The assets of an inventory that could be read, and where they stand. */
export interface ReadAssets {
  readonly assets: readonly Asset[];
  readonly lineOf: ReadonlyMap<string, number>;
  readonly links: readonly AddressLink[];
  /** What stands where an asset could not be read: a reference to it is not a second problem. */
  readonly unread: ReadonlySet<string>;
}

/** Reads the section `assets`: each asset once, each of exactly one kind. */
export function readAssets(section: unknown, problems: ProblemList): ReadAssets {
  const assets: Asset[] = [];
  const lineOf = new Map<string, number>();
  const links: AddressLink[] = [];
  const unread = new Set<string>();
  for (const [index, item] of listOf(section, ["assets"], problems, true).entries()) {
    const path = ["assets", index];
    const asset = readAsset(item, path, problems);
    if (asset === undefined) {
      for (const value of isFields(item) ? Object.values(item) : []) unread.add(String(value).toLowerCase());
      continue;
    }
    const earlier = lineOf.get(asset.id);
    if (earlier !== undefined) {
      problems.add([...path, asset.kind], onceOnly(earlier), { da: `${asset.id} igen`, en: `${asset.id} again` });
      continue;
    }
    lineOf.set(asset.id, problems.lineOf([...path, asset.kind]));
    assets.push(asset);
    if (asset.kind === "address") links.push({ asset, path });
  }
  return { assets, lineOf, links, unread };
}

function readAsset(item: unknown, path: FieldPath, problems: ProblemList): Asset | undefined {
  const kinds = isFields(item) ? ASSET_KINDS.filter((kind) => Object.hasOwn(item, kind)) : [];
  const [kind] = kinds;
  if (kind !== undefined && kinds.length === 1) return problems.read(ASSET_FORMS[kind], item, path);
  const all = oneOf(ASSET_KINDS);
  const typo = isFields(item)
    ? Object.keys(item)
        .map((key) => nearest(key, ASSET_KINDS))
        .find((near) => near !== null)
    : undefined;
  const [da, en] =
    kind === undefined && typo !== undefined && typo !== null
      ? [`; mente du ${typo}?`, `; did you mean ${typo}?`]
      : ["", ""];
  const keys = isFields(item) ? Object.keys(item).join(", ") : null;
  const wanted = { da: `præcis ét af felterne ${all.da}${da}`, en: `exactly one of the fields ${all.en}${en}` };
  if (keys === null) problems.add(path, wanted);
  else problems.add(path, wanted, { da: keys || "ingen felter", en: keys || "no fields" });
  return undefined;
}
