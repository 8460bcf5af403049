import type { Asset } from "../../core/asset.ts";
import { bothOrigins, type OriginStart, webPlaceOf } from "../../web/asset-origins.ts";
import { hostText } from "../../web/host-text.ts";
import { isUnderDk } from "../../web/under-dk.ts";

/** What S17 asks of an asset. */
export interface Place {
  /** The asset's own name, without the final dot. */
  readonly name: string;
  readonly isUnderDk: boolean;
  readonly isDomain: boolean;
  /** Where its visitors may begin. */
  readonly origins: readonly Pick<OriginStart, "scheme" | "port">[];
}

/** Fact 17.1 lies in `isUnderDk`: the name alone decides. Throws for an asset that S17 does not apply to. */
export function placeOf(asset: Asset): Place {
  if (asset.kind === "domain") {
    const name = hostText(asset.domain);
    return { name, isUnderDk: isUnderDk(name), isDomain: true, origins: bothOrigins("/") };
  }
  const place = webPlaceOf(asset);
  if (place === null) throw new Error(`${asset.id} is not on the web`);
  const { host, isAddress, origins } = place;
  return { name: host, isUnderDk: !isAddress && isUnderDk(host), isDomain: false, origins };
}
