import { describe, expect, test } from "@jest/globals";
import { createDynamoTable } from "../../lib/adapters/dynamodb-table.ts";
import { LostLink } from "../../lib/adapters/database-link.ts";
import { createEmbeddedClient } from "../../lib/adapters/embedded-client.ts";
import { StoreError, type Table } from "../../lib/ports.ts";

interface Sent {
  readonly operation: string;
  readonly request: Readonly<Record<string, unknown>>;
}

type Script = (sent: Sent, number: number) => unknown;

/** A table whose database answers what a script says: an object is an answer, an error is thrown. */
function tableOf(script: Script): { readonly table: Table; readonly sent: readonly Sent[] } {
  const sent: Sent[] = [];
  const client = createEmbeddedClient(async (operation, text) => {
    const one = { operation, request: JSON.parse(text) as Sent["request"] };
    sent.push(one);
    const answer = script(one, sent.length);
    if (answer instanceof Error) throw answer;
    const isRefusal = typeof answer === "object" && answer !== null && "__type" in answer;
    return { status: isRefusal ? 400 : 200, text: JSON.stringify(answer) };
  });
  return { table: createDynamoTable(client, "kravvagt", "/data"), sent };
}

const ITEM = { pk: "P", sk: "a", revision: 2, body: { n: 5 } };
const NOT_MET = { __type: "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException", message: "" };

function tokenIn(sent: Sent | undefined): unknown {
  return (sent?.request.Item as { readonly token?: unknown } | undefined)?.token;
}

function stored(token: unknown): unknown {
  const body = { M: { n: { N: "5" } } };
  return { Item: { pk: { S: "P" }, sk: { S: "a" }, revision: { N: "2" }, body, token } };
}

describe("a write whose connection broke", () => {
  test("was carried out after all when our own token stands there", async () => {
    const { table, sent } = tableOf(({ operation }, number) => {
      if (number === 1) return new LostLink("gone");
      return operation === "GetItem" ? stored(tokenIn(sent[0])) : NOT_MET;
    });
    expect(await table.put(ITEM, { revision: 1 })).toBe(true);
    expect(sent.map(({ operation }) => operation)).toEqual(["PutItem", "PutItem", "GetItem"]);
    expect(tokenIn(sent[1])).toEqual(tokenIn(sent[0]));
  });

  test("was not when the same content stands there from somebody else", async () => {
    const { table } = tableOf(({ operation }, number) => {
      if (number === 1) return new LostLink("gone");
      return operation === "GetItem" ? stored({ S: "another" }) : NOT_MET;
    });
    expect(await table.put(ITEM, { revision: 1 })).toBe(false);
  });

  test("is not looked after when nothing broke", async () => {
    const { table, sent } = tableOf(() => NOT_MET);
    expect(await table.put(ITEM, "absent")).toBe(false);
    expect(await table.remove("P", "a", { revision: 1 })).toBe(false);
    expect(sent.map(({ operation }) => operation)).toEqual(["PutItem", "DeleteItem"]);
  });

  test("a removal was carried out when it is gone", async () => {
    const lost = tableOf(({ operation }, number) => {
      if (number === 1) return new LostLink("gone");
      return operation === "GetItem" ? {} : NOT_MET;
    });
    expect(await lost.table.remove("P", "a", { revision: 1 })).toBe(true);
    const stands = tableOf(({ operation }, number) => {
      if (number === 1) return new LostLink("gone");
      return operation === "GetItem" ? stored({ S: "another" }) : NOT_MET;
    });
    expect(await stands.table.remove("P", "a", { revision: 1 })).toBe(false);
  });

  test("is given up in the end, and said to be unavailable", async () => {
    const { table, sent } = tableOf(() => new LostLink("gone"));
    await expect(table.get("P", "a")).rejects.toMatchObject({ problem: "unavailable", path: "/data" });
    expect(sent).toHaveLength(5);
  });
});

describe("what the database says", () => {
  test.each([
    ["ResourceNotFoundException", "unreadable"],
    ["ThrottlingException", "unavailable"],
    ["AccessDeniedException", "unreadable"],
  ])("%s is a StoreError: %s", async (type, problem) => {
    const { table } = tableOf(() => ({ __type: `x#${type}`, message: "words" }));
    const refused = expect.objectContaining({ name: "StoreError", problem, message: "/data: words" });
    await expect(table.get("P", "a")).rejects.toEqual(refused);
    await expect(table.query("P")).rejects.toEqual(refused);
    await expect(table.put(ITEM, "always")).rejects.toEqual(refused);
    await expect(table.remove("P", "a")).rejects.toEqual(refused);
  });

  test("a StoreError is handed on as it is, and not sent again", async () => {
    const full = new StoreError("full", "/data/store", "no room");
    const { table, sent } = tableOf(() => full);
    await expect(table.put(ITEM, "always")).rejects.toBe(full);
    expect(sent).toHaveLength(1);
  });

  test("a mistake of ours stays one", async () => {
    const { table } = tableOf(() => ({ __type: "x#ValidationException", message: "words" }));
    await expect(table.get("P", "a")).rejects.toMatchObject({ name: "ValidationException" });
  });

  test("an item that is not of its form is corrupt", async () => {
    const { table } = tableOf(() => ({ Item: { pk: { S: "P" }, sk: { S: "a" }, revision: { S: "2" } } }));
    await expect(table.get("P", "a")).rejects.toMatchObject({ problem: "corrupt" });
  });

  test("reads are consistent, and go on page by page", async () => {
    const page = (sk: string, more: boolean) => ({
      Items: [{ pk: { S: "P" }, sk: { S: sk }, revision: { N: "1" }, body: { S: sk } }],
      ...(more && { LastEvaluatedKey: { pk: { S: "P" }, sk: { S: sk } } }),
    });
    const { table, sent } = tableOf((_, number) => page(String(number), number < 3));
    expect((await table.query("P")).map(({ body }) => body)).toEqual(["1", "2", "3"]);
    expect(sent.every(({ request }) => request.ConsistentRead === true)).toBe(true);
    expect(sent[2]?.request.ExclusiveStartKey).toEqual({ pk: { S: "P" }, sk: { S: "2" } });
  });
});
