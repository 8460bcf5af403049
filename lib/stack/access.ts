import type { ServiceFunction } from "./service-function.ts";
import { EVIDENCE_PREFIX, INVENTORY_KEY, type Storage } from "./storage.ts";

/** What functions may do to items of the table. None may scan it, and none may change the table itself. */
const READ_ITEMS = ["dynamodb:GetItem", "dynamodb:Query"];

/** Reading what is remembered. */
export function letReadMemory({ table }: Storage, by: ServiceFunction): void {
  by.allow(READ_ITEMS, [table.tableArn]);
}

/** Reading, and putting items in place of others or where none is. */
export function letWriteMemory({ table }: Storage, by: ServiceFunction): void {
  by.allow([...READ_ITEMS, "dynamodb:PutItem"], [table.tableArn]);
}

/** Writing, and removing: regressions that have ended, notices that were told. */
export function letKeepMemory({ table }: Storage, by: ServiceFunction): void {
  by.allow([...READ_ITEMS, "dynamodb:PutItem", "dynamodb:DeleteItem"], [table.tableArn]);
}

/** Adding evidence. Nobody is granted to remove any, nor a version of any. */
export function letAddEvidence({ evidence }: Storage, by: ServiceFunction): void {
  by.allowWithin(["s3:PutObject"], evidence, EVIDENCE_PREFIX);
}

/** Reading evidence; with it listing, since S3 tells of a missing object only those who may list, and refuses the others. */
export function letReadEvidence({ evidence }: Storage, by: ServiceFunction): void {
  by.allowWithin(["s3:GetObject"], evidence, EVIDENCE_PREFIX);
  by.allow(["s3:ListBucket"], [evidence.bucketArn]);
}

/** Reading the inventory, or hearing that none was pushed. */
export function letReadInventory({ inventory }: Storage, by: ServiceFunction): void {
  by.allow(["s3:GetObject"], [inventory.arnForObjects(INVENTORY_KEY)]);
  by.allow(["s3:ListBucket"], [inventory.bucketArn]);
}
