import type { DomainAsset } from "../core/asset.ts";
import { absolute, parseZoneName } from "../inventory/dns-name.ts";
import type { Inventory } from "../inventory/inventory.ts";
import type { ProbeContext } from "../probes/probe-context.ts";
import { namesDeclaredBelow } from "../verify/plan.ts";
import type { Name } from "../wire/name.ts";
import { CliError } from "./cli-error.ts";
import { EXIT } from "./exit-code.ts";
import { lookOverNetwork } from "./look-over-network.ts";
import type { Services } from "./services.ts";

/** One domain that a command looks at by itself: what the inventory says of it, if it is there, and what lies below. */
export interface LookedAt {
  readonly asset: DomainAsset;
  readonly namesBelow: readonly Name[];
  readonly inventory: Inventory;
}

/** Looks at one name over the network that the inventory describes, or the usual one. An interrupt ends with 130. */
export async function lookAtDomain<Seen>(
  text: string,
  options: { readonly inventory?: string | undefined },
  services: Services,
  look: (subject: LookedAt, context: ProbeContext) => Promise<Seen>,
): Promise<Seen & { readonly subject: LookedAt }> {
  const name = readName(text);
  return lookOverNetwork(options, services, (inventory) => subjectIn(inventory, name), look);
}

/** Any name may be asked about, one that is nobody's own too: it is a tool for looking. */
function readName(text: string): string {
  const name = parseZoneName(text);
  if (name.ok) return name.value;
  const { da, en } = name.expected;
  throw new CliError(EXIT.usage, { da: `${text}: forventede ${da}`, en: `${text}: expected ${en}` });
}

function subjectIn(inventory: Inventory, name: string): LookedAt {
  const domain = absolute(name);
  const listed = inventory.assets.find(
    (asset): asset is DomainAsset => asset.kind === "domain" && asset.domain === domain,
  );
  const asset: DomainAsset = listed ?? { kind: "domain", id: `domain:${name}`, name, domain };
  return { asset, namesBelow: namesDeclaredBelow(domain, inventory), inventory };
}
