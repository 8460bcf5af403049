import { ASSET_KINDS } from "../inventory/asset-kinds.ts";
import { printable } from "../reports/printable.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { loadInventory, usable } from "./load-inventory.ts";
import { CliError, usageError } from "./cli-error.ts";
import { StoreError } from "../ports.ts";
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

/** Validates an inventory and puts a version of it where the service on AWS reads it. */
export async function inventoryPushCommand(
  file: string,
  { bucket }: { readonly bucket?: string },
  { terminal, pushInventory }: Services,
): Promise<ExitCode> {
  if (bucket === undefined || bucket === "") {
    throw usageError(
      "inventory push: angiv stakkens bucket med --bucket (outputtet Inventory af «npm run deploy»).",
      'inventory push: name the stack\'s bucket with --bucket (the output Inventory of "npm run deploy").',
    );
  }
  const { read, version } = await pushInventory(file, bucket).catch(pushFailed);
  const { inventory } = usable(read);
  const named = version === null ? "" : ` (version ${version})`;
  const count = inventory.assets.length;
  await terminal.result(
    terminal.language === "da"
      ? `${printable(file)}: ${count} aktiver er lagt i ${printable(bucket)}${named}. Næste runde bruger dem.\n`
      : `${printable(file)}: ${count} assets are in ${printable(bucket)}${named}. The next round uses them.\n`,
  );
  return EXIT.pass;
}

/** What S3, or what stands between it and us, answered; nothing was changed. */
function pushFailed(error: unknown): never {
  // The SDK's own words for what it was not given: credentials or a region.
  const isExpected = error instanceof StoreError || /Credential|Region/u.test(String(error));
  if (!isExpected) throw error;
  const why = (error as Error).message;
  throw new CliError(EXIT.unavailable, {
    da: `Fortegnelsen kunne ikke lægges i S3: ${why}`,
    en: `The inventory could not be put into S3: ${why}`,
  });
}
