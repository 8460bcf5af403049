import { type Asset, type AssetKind } from "../core/asset.ts";
import type { Bilingual } from "../core/messages.ts";
import { assetId, parseAssetValue } from "./asset-id.ts";
import { ASSET_KINDS } from "./asset-kinds.ts";
import { nearest } from "./nearest.ts";

/** Finds the assets that statements name, by id or by a name that exactly one asset has. */
export class AssetIndex {
  readonly #byName = new Map<string, string[]>();
  readonly #ids = new Set<string>();

  constructor(assets: readonly Asset[]) {
    for (const { id, name } of assets) {
      this.#ids.add(id);
      this.#byName.set(name, [...(this.#byName.get(name) ?? []), id]);
    }
  }

  /** The id that `reference` stands for, or what should have stood there. */
  find(reference: string): { readonly id: string } | { readonly expected: Bilingual } {
    const id = idOf(reference);
    if (id !== null) return this.#ids.has(id) ? { id } : this.#unknown(reference);
    const ids = new Set(namesOf(reference).flatMap((name) => this.#byName.get(name) ?? []));
    const [first] = ids;
    if (first === undefined) return this.#unknown(reference);
    if (ids.size === 1) return { id: first };
    const list = [...ids].toSorted();
    return { expected: { da: `ét aktiv: ${list.join(" eller ")}`, en: `one asset: ${list.join(" or ")}` } };
  }

  #unknown(reference: string): { readonly expected: Bilingual } {
    const near = nearest(reference, [...this.#ids, ...this.#byName.keys()]);
    const [da, en] = near === null ? ["", ""] : [`; mente du ${near}?`, `; did you mean ${near}?`];
    return {
      expected: {
        da: `id eller navn på et aktiv under assets${da}`,
        en: `the id or name of an asset under assets${en}`,
      },
    };
  }
}

/** The normal form of a reference that begins with a kind; null when it does not, or is no value of that kind. */
function idOf(reference: string): string | null {
  const colon = reference.indexOf(":");
  const kind = ASSET_KINDS.find((each: AssetKind) => each === reference.slice(0, Math.max(0, colon)).toLowerCase());
  if (kind === undefined) return null;
  const value = parseAssetValue(kind, reference.slice(colon + 1));
  const id = value.ok ? assetId(kind, value.value) : value;
  return id.ok ? id.value : reference.toLowerCase();
}

/** Every value that a bare name can be, kind by kind. */
function namesOf(reference: string): readonly string[] {
  return ASSET_KINDS.flatMap((kind) => {
    const value = parseAssetValue(kind, reference);
    return value.ok ? [value.value.toLowerCase()] : [];
  });
}
