import { ASSET_KINDS } from "../inventory/asset-id.ts";
import { printable } from "../reports/printable.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { loadInventory } from "./load-inventory.ts";
import type { Services } from "./services.ts";

/** Validates an inventory: says how much is in it, or throws with everything that is wrong. */
export async function inventoryCheckCommand(file: string, { terminal }: Services): Promise<ExitCode> {
  const { inventory } = await loadInventory(file, terminal);
  const { assets, attestations, exemptions, authorisations } = inventory;
  const kinds = ASSET_KINDS.map((kind) => [kind, assets.filter((asset) => asset.kind === kind).length] as const);
  const counted = kinds.filter(([, count]) => count > 0).map(([kind, count]) => `${count} ${kind}`);
  const list = counted.length === 0 ? "" : ` (${counted.join(", ")})`;
  const statements = attestations.length + exemptions.length + authorisations.length;
  const name = printable(file);
  const da = `${name}: i orden. ${assets.length} aktiver${list}, ${statements} erklæringer, dispensationer og tilladelser.`;
  const en = `${name}: in order. ${assets.length} assets${list}, ${statements} attestations, exemptions and authorisations.`;
  await terminal.result(`${terminal.language === "da" ? da : en}\n`);
  return EXIT.pass;
}
