import type { Bilingual } from "../core/messages.ts";
import type { ResolverHealth } from "../dns/resolver.ts";
import type { Inventory } from "../inventory/inventory.ts";

/** What to tell of resolvers that were asked and never answered. `nobody`: not one of them did, so nothing could be looked up. */
export interface ResolverTroubles {
  readonly words: readonly Bilingual[];
  readonly nobody: boolean;
}

/** Names each resolver that stayed away, where the inventory names it, and how it failed last. */
export function resolverTroubles(health: readonly ResolverHealth[], { file, network }: Inventory): ResolverTroubles {
  const asked = health.flatMap((resolver, index) => (resolver.asked > 0 ? [{ resolver, index }] : []));
  const away = asked.filter(({ resolver }) => resolver.answered === 0);
  const words = away.map(({ resolver, index }) => {
    const place = network.resolverPlaces?.[index];
    const where = file === null || place === undefined ? "" : `${file}:${place.line}:${place.column}: ${place.field}: `;
    const detail = resolver.lastFailure === null ? "" : ` (${resolver.lastFailure.detail})`;
    return {
      da: `${where}resolveren ${resolver.resolver} kunne ikke bruges${detail}`,
      en: `${where}the resolver ${resolver.resolver} could not be used${detail}`,
    };
  });
  return { words, nobody: asked.length > 0 && away.length === asked.length };
}
