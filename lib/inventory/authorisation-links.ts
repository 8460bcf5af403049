import type { AddressAsset } from "../core/asset.ts";
import type { Authorisation } from "../core/statements.ts";
import { liesWithin } from "./address-range.ts";
import type { FieldPath } from "./problem.ts";
import type { ProblemList } from "./problem-list.ts";

export interface AddressLink {
  readonly asset: AddressAsset;
  readonly path: FieldPath;
}

/**
 * Warns where an address will not be scanned: its authorisation is not in the file (it may be recorded elsewhere), or
 * does not cover it. Not an error: the verdict is then indeterminate, which says the same at the right place.
 */
export function warnAboutAuthorisations(
  links: readonly AddressLink[],
  authorisations: readonly Authorisation[],
  warnings: ProblemList,
): void {
  const byId = new Map(authorisations.map((authorisation) => [authorisation.id, authorisation]));
  for (const { asset, path } of links) {
    const named = asset.authorisation === undefined ? undefined : byId.get(asset.authorisation);
    if (asset.authorisation === undefined || named === undefined) {
      warnings.add([...path, "authorisation"], {
        da: "id på en tilladelse under authorisations; uden den scannes adressen ikke",
        en: "the id of an authorisation under authorisations; without it the address is not scanned",
      });
    } else if (!named.ranges.some((range) => liesWithin(asset.range, range))) {
      warnings.add([...path, "address"], {
        da: `en adresse, som tilladelsen ${named.id} omfatter; ellers scannes den ikke`,
        en: `an address that the authorisation ${named.id} covers; otherwise it is not scanned`,
      });
    }
  }
}
