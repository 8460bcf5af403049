import { renderProblem } from "../inventory/problem.ts";
import type { InventoryFiles, ReadInventory } from "../inventory/read-inventory.ts";
import { CliError } from "./cli-error.ts";
import { EXIT } from "./exit-code.ts";
import type { Terminal } from "./terminal.ts";

/** Reads an inventory and tells its warnings; throws with every problem, a line each, when it cannot be used. */
export async function loadInventory(file: string, terminal: Terminal): Promise<InventoryFiles> {
  const { readInventory } = await import("../inventory/read-inventory.ts");
  const read = await readInventory(file);
  const files = usable(read);
  for (const warning of read.ok ? read.warnings : []) {
    const [da, en] = [renderProblem(warning, "da"), renderProblem(warning, "en")];
    terminal.say({ da: `Advarsel: ${da}`, en: `Warning: ${en}` });
  }
  if (files.inventory.inventoryAttestation === null) {
    terminal.say({
      da: "Advarsel: ingen har erklæret fortegnelsen fuldstændig (inventoryAttestation mangler).",
      en: "Warning: nobody has declared the inventory complete (inventoryAttestation is missing).",
    });
  }
  return files;
}

/** The inventory that was read, or an end with 66 and every problem. */
export function usable(read: ReadInventory): InventoryFiles {
  if (read.ok) return read;
  const lines = read.problems.map((problem) => ({
    da: renderProblem(problem, "da"),
    en: renderProblem(problem, "en"),
  }));
  throw new CliError(EXIT.input, ...lines);
}
