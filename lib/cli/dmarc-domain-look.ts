import type { DomainAsset } from "../core/asset.ts";
import { absolute, parseZoneName } from "../inventory/dns-name.ts";
import { type Inventory, inventoryOfAssets } from "../inventory/inventory.ts";
import type { ProbeContext } from "../probes/probe-context.ts";
import { namesDeclaredBelow } from "../verify/plan.ts";
import type { Name } from "../wire/name.ts";
import { CliError } from "./cli-error.ts";
import { EXIT } from "./exit-code.ts";
import { interruptible } from "./interrupt.ts";
import { loadInventory } from "./load-inventory.ts";
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
  { inventory: file }: { readonly inventory?: string | undefined },
  { terminal, interrupts, openNetwork }: Services,
  look: (subject: LookedAt, context: ProbeContext) => Promise<Seen>,
): Promise<Seen & { readonly subject: LookedAt }> {
  const name = readName(text);
  const files =
    file === undefined
      ? { inventory: inventoryOfAssets([]), trustAnchors: null, ca: null }
      : await loadInventory(file, terminal);
  const subject = subjectIn(files.inventory, name);
  const onFirst = (): void => {
    terminal.say({ da: "Afbrudt.", en: "Interrupted." });
  };
  return interruptible(interrupts, onFirst, async (signal) => {
    const network = await openNetwork(files, { signal });
    try {
      const seen = await look(subject, visitOf(subject.asset, network.context));
      if (signal.aborted) throw new CliError(EXIT.interrupted);
      return { ...seen, subject };
    } finally {
      network.close();
    }
  });
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

/** One moment and one label for all that is asked, as in a verification: the parts are judged together. */
function visitOf({ id }: DomainAsset, context: ProbeContext): ProbeContext {
  const moment = context.now();
  const label = context.randomLabel(id);
  return { ...context, now: () => moment, randomLabel: () => label };
}
