import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { randomUUID } from "node:crypto";
import { StoreError, type Condition, type Item, type Range, type Table } from "../ports.ts";
import { attemptsOf, fromAwsError, isConditionFailure } from "./aws-errors.ts";
import { keyFromText, keyText } from "./key-text.ts";
import { sortBounds, type SortBounds } from "./sort-bounds.ts";
import { bodyToStore } from "./table-limits.ts";

/** Items asked for at a time: small enough for an answer to come quickly, also from a busy machine. */
const PAGE_ITEMS = 400;

interface Attributes {
  readonly pk?: unknown;
  readonly sk?: unknown;
  readonly revision?: unknown;
  readonly body?: unknown;
  readonly token?: unknown;
}

interface Place {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
  /** Names the table in errors. */
  readonly place: string;
}

/**
 * A DynamoDB table with the string keys `pk` and `sk`; the same on AWS and on the embedded database. Bodies are stored as
 * native maps. `place` names the table in errors: its folder where it has one.
 */
export function createDynamoTable(client: DynamoDBClient, tableName: string, place = tableName): Table {
  const documents = DynamoDBDocumentClient.from(client, {
    marshallOptions: { removeUndefinedValues: true, allowImpreciseNumbers: true },
    unmarshallOptions: { wrapNumbers: Number },
  });
  const table: Place = { documents, tableName, place };
  return {
    get: async (pk, sk) => itemFrom(table, await getAttributes(table, pk, sk)),
    put: (item, condition) => putItem(table, item, condition),
    remove: (pk, sk, condition = "always") => removeItem(table, { pk, sk }, condition),
    query: (pk, range = {}) => queryItems(table, pk, range),
  };
}

async function getAttributes(table: Place, pk: string, sk: string): Promise<Attributes | undefined> {
  const command = new GetCommand({
    TableName: table.tableName,
    Key: { pk: keyText(pk), sk: keyText(sk) },
    ConsistentRead: true,
  });
  const { Item: found } = await table.documents.send(command).catch((error: unknown) => failed(table, error));
  return found;
}

/**
 * Each write carries a token of its own. When the connection broke and the request was repeated, a condition that fails may
 * do so because the first attempt was carried out after all: then our token stands there. Identical content would prove
 * nothing, since two writers may count from 4 to 5. (If somebody has already replaced our write, the answer is false
 * although it was carried out: the caller then reads what stands there, as after any lost race.)
 */
async function putItem(table: Place, item: Item, condition: Condition): Promise<boolean> {
  const body = bodyToStore(item, table.place);
  const token = randomUUID();
  const command = new PutCommand({
    TableName: table.tableName,
    Item: { pk: keyText(item.pk), sk: keyText(item.sk), revision: item.revision, body, token },
    ...expressionOf(condition),
  });
  return ifConditionHolds(
    table,
    () => table.documents.send(command),
    async () => (await getAttributes(table, item.pk, item.sk))?.token === token,
  );
}

/** After a repeated request, what is gone counts as removed by us. */
async function removeItem(table: Place, { pk, sk }: Pick<Item, "pk" | "sk">, condition: Condition): Promise<boolean> {
  const command = new DeleteCommand({
    TableName: table.tableName,
    Key: { pk: keyText(pk), sk: keyText(sk) },
    ...expressionOf(condition),
  });
  return ifConditionHolds(
    table,
    () => table.documents.send(command),
    async () => (await getAttributes(table, pk, sk)) === undefined,
  );
}

async function ifConditionHolds(
  table: Place,
  write: () => Promise<unknown>,
  hadHappened: () => Promise<boolean>,
): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (!isConditionFailure(error)) return failed(table, error);
    return attemptsOf(error) > 1 ? hadHappened() : false;
  }
}

async function queryItems(table: Place, pk: string, range: Range): Promise<readonly Item[]> {
  const bounds = sortBounds(range);
  const limit = range.limit ?? Number.POSITIVE_INFINITY;
  const items: Item[] = [];
  if (bounds === null) return items;
  let start: Record<string, unknown> | undefined;
  while (items.length < limit) {
    const command = new QueryCommand({
      TableName: table.tableName,
      ...keyCondition(keyText(pk), bounds),
      ConsistentRead: true,
      ScanIndexForward: range.newestFirst !== true,
      Limit: Math.min(PAGE_ITEMS, limit - items.length),
      ExclusiveStartKey: start,
    });
    const page = await table.documents.send(command).catch((error: unknown) => failed(table, error));
    for (const attributes of page.Items ?? []) items.push(itemFrom(table, attributes));
    start = page.LastEvaluatedKey;
    if (start === undefined) break;
  }
  return items;
}

function keyCondition(pk: string, { low, high }: SortBounds) {
  const both = low !== undefined && high !== undefined;
  const sort = both ? "sk BETWEEN :low AND :high" : low !== undefined ? "sk >= :low" : "sk <= :high";
  const isBounded = low !== undefined || high !== undefined;
  return {
    KeyConditionExpression: isBounded ? `pk = :pk AND ${sort}` : "pk = :pk",
    ExpressionAttributeValues: {
      ":pk": pk,
      ...(low !== undefined && { ":low": low }),
      ...(high !== undefined && { ":high": high }),
    },
  };
}

function expressionOf(condition: Condition) {
  if (condition === "always") return {};
  if (condition === "absent") return { ConditionExpression: "attribute_not_exists(pk)" };
  return {
    ConditionExpression: "#revision = :revision",
    ExpressionAttributeNames: { "#revision": "revision" },
    ExpressionAttributeValues: { ":revision": condition.revision },
  };
}

function itemFrom(table: Place, attributes: Attributes): Item;
function itemFrom(table: Place, attributes: Attributes | undefined): Item | null;
function itemFrom(table: Place, attributes: Attributes | undefined): Item | null {
  if (attributes === undefined) return null;
  const { pk, sk, revision, body } = attributes;
  if (typeof pk !== "string" || typeof sk !== "string" || typeof revision !== "number" || body === undefined) {
    throw new StoreError("corrupt", table.place, `an item is not of its form: ${String(pk)} / ${String(sk)}`);
  }
  return { pk: keyFromText(pk), sk: keyFromText(sk), revision, body };
}

function failed(table: Place, error: unknown): never {
  throw fromAwsError(error, table.place);
}
