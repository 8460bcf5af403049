import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { type InventoryVersion, openInventoryVersion, packInventory } from "../inventory/inventory-version.ts";
import { renderProblem } from "../inventory/problem.ts";
import type { InventoryFiles, ReadInventory } from "../inventory/read-inventory.ts";
import { StoreError } from "../ports.ts";
import { placeText, readObject } from "./s3-object.ts";
import { fromServiceError } from "./service-errors.ts";

/** Where the inventory lies; its bucket keeps the versions before. */
export interface InventoryPlace {
  readonly bucket: string;
  readonly key: string;
}

/** An inventory, its anchors and its certificates, each at its largest, and the escapes of JSON. */
const LARGEST = 64 * 1024 * 1024;

/**
 * Reads an inventory file with the files it names, and puts it where the service reads it, unless it cannot be used: then
 * `read` says why and nothing was sent. `version` as of `putInventory`.
 */
export async function pushInventory(
  client: S3Client,
  place: InventoryPlace,
  file: string,
): Promise<{ readonly read: ReadInventory; readonly version: string | null }> {
  const { read, version } = await packInventory(file);
  return { read, version: version === null ? null : await putInventory(client, place, version) };
}

/** Puts a version of the inventory where the service reads it. Returns the version's id; null where the bucket keeps none. */
export async function putInventory(
  client: S3Client,
  { bucket, key }: InventoryPlace,
  version: InventoryVersion,
): Promise<string | null> {
  try {
    const { VersionId } = await client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: JSON.stringify(version),
        ContentType: "application/json",
      }),
    );
    return VersionId ?? null;
  } catch (error) {
    throw fromServiceError(error, placeText({ bucket, key }));
  }
}

/**
 * Reads the inventory that was pushed last, by the same rules as a file. Null when none has been pushed. Rejects with
 * StoreError "corrupt" naming every problem when it cannot be used: then it was not `putInventory` that put it there, or an
 * older version of this program reads it.
 */
export async function getInventory(client: S3Client, place: InventoryPlace): Promise<InventoryFiles | null> {
  const bytes = await readObject({ client, ...place }, LARGEST);
  if (bytes === null) return null;
  const read = await openInventoryVersion(new TextDecoder().decode(bytes), placeText(place));
  if (read.ok) return read;
  throw new StoreError("corrupt", placeText(place), read.problems.map((each) => renderProblem(each, "en")).join("; "));
}
