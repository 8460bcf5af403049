import type { AssetKind } from "../core/asset.ts";

/** Every kind of asset. Apart from what reads their ids, so that whoever only names them loads no public suffix list. */
export const ASSET_KINDS = ["domain", "host", "url", "service", "address", "resolver"] as const satisfies AssetKind[];
