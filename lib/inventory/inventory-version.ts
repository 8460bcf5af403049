import { readFile } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import * as z from "zod";
import { profileOf } from "../../data/tls-profiles/index.ts";
import { parseInventory } from "./parse-inventory.ts";
import { untranslated } from "./problem.ts";
import { readInventory, readInventoryText, type ReadInventory } from "./read-inventory.ts";

/** An inventory with the files it names, in one piece: what a service that cannot see the folder works from. */
const versionForm = z.strictObject({
  schema: z.literal("kravvagt/inventory-version/1"),
  /** The name of the file, for messages. */
  file: z.string().min(1),
  text: z.string(),
  /** What the inventory calls a file, and what is in it. */
  files: z.array(z.strictObject({ path: z.string().min(1), text: z.string() })),
});

export type InventoryVersion = z.infer<typeof versionForm>;

/** Reads an inventory file and puts it in one piece with its trust anchors, certificates and TLS profile, if it can be used. */
export async function packInventory(
  file: string,
): Promise<{ readonly read: ReadInventory; readonly version: InventoryVersion | null }> {
  const read = await readInventory(file);
  if (!read.ok) return { read, version: null };
  const { trustAnchors, ca } = read.inventory.network;
  const text = await readFile(file, "utf8");
  const named = [trustAnchors?.path, ca?.path, profileFileIn(text, file)];
  const paths = [...new Set(named.filter((path) => path !== undefined))];
  const files = await Promise.all(
    paths.map(async (path) => ({ path, text: await readFile(resolve(dirname(file), path), "utf8") })),
  );
  return { read, version: { schema: "kravvagt/inventory-version/1", file: basename(file), text, files } };
}

/** The file of a TLS profile that is none of the house. */
function profileFileIn(text: string, file: string): string | undefined {
  const parsed = parseInventory(text, file);
  const named = parsed.ok ? parsed.tlsProfile : null;
  return named === null || profileOf(named.path) !== null ? undefined : named.path;
}

/** Reads what `packInventory` made, as JSON, by the same rules as the file. `place` names it where it is not of its form. */
export async function openInventoryVersion(json: string, place: string): Promise<ReadInventory> {
  const version = versionForm.safeParse(contentOf(json));
  if (version.success) {
    const { file, text, files } = version.data;
    return readInventoryText(text, file, new Map(files.map((each) => [each.path, each.text])));
  }
  const found = { da: `${place}, som ikke er en indlæst fortegnelse`, en: `${place}, which is not a pushed inventory` };
  const expected = untranslated("kravvagt inventory push FILE");
  return { ok: false, problems: [{ file: place, line: 1, column: 1, field: "", found, expected }] };
}

function contentOf(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
