import type { ReadInventory } from "../inventory/read-inventory.ts";

/** Where the planner looks for the inventory, in the bucket of the stack. */
const KEY = "inventory/current.json";

/**
 * Puts a version of an inventory file into the service's bucket, with the credentials and the region that the AWS command
 * line would use. A file that cannot be used is not put: `read` says why. Rejects with StoreError when S3 does not take it.
 */
export async function pushToBucket(
  file: string,
  bucket: string,
): Promise<{ readonly read: ReadInventory; readonly version: string | null }> {
  // Only here: no other command needs S3.
  const [{ S3Client }, { pushInventory }] = await Promise.all([
    import("@aws-sdk/client-s3"),
    import("./s3-inventory.ts"),
  ]);
  const client = new S3Client({});
  try {
    return await pushInventory(client, { bucket, key: KEY }, file);
  } finally {
    client.destroy();
  }
}
