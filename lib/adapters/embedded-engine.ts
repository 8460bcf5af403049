import database, { type Action, type Store } from "dynalite/db/index.js";
import deleteItem from "dynalite/actions/deleteItem.js";
import getItem from "dynalite/actions/getItem.js";
import putItem from "dynalite/actions/putItem.js";
import query from "dynalite/actions/query.js";
import validations from "dynalite/validations/index.js";
import deleteItemForm from "dynalite/validations/deleteItem.js";
import getItemForm from "dynalite/validations/getItem.js";
import putItemForm from "dynalite/validations/putItem.js";
import queryForm from "dynalite/validations/query.js";
import { readdir } from "node:fs/promises";
import { closeIterators, guardWrites } from "./level-guards.ts";
import { checkLogs } from "./level-log.ts";
import { fromLevelError, fromSystemError } from "./store-problems.ts";

/** An answer as DynamoDB gives it over HTTP. */
export interface Reply {
  readonly status: number;
  readonly text: string;
}

/**
 * DynamoDB's operations on one LevelDB folder, which it alone has open. `run` rejects with StoreError when the database
 * fails. After a write that failed it takes no other: `isBroken` then says that it must be closed and opened anew.
 */
export interface Engine {
  run(operation: string, request: string): Promise<Reply>;
  isBroken(): boolean;
  /** Let nothing be under way. */
  close(): Promise<void>;
}

const OPERATIONS = new Map([
  ["GetItem", { action: getItem, form: getItemForm }],
  ["PutItem", { action: putItem, form: putItemForm }],
  ["DeleteItem", { action: deleteItem, form: deleteItemForm }],
  ["Query", { action: query, form: queryForm }],
]);

/** The one table there is, as dynalite keeps it. It is not stored: dynalite deletes a description that it cannot read. */
const TABLE = {
  TableStatus: "ACTIVE",
  KeySchema: [
    { AttributeName: "pk", KeyType: "HASH" },
    { AttributeName: "sk", KeyType: "RANGE" },
  ],
  AttributeDefinitions: [
    { AttributeName: "pk", AttributeType: "S" },
    { AttributeName: "sk", AttributeType: "S" },
  ],
};

const UNKNOWN_OPERATION: Reply = {
  status: 400,
  text: JSON.stringify({ __type: "com.amazon.coral.service#UnknownOperationException" }),
};

/** Files that hold items. Where there are none, the database was never made, or its making was cut off. */
const HOLDS_ITEMS = /^\d+\.(ldb|sst|log)$/;

/**
 * Opens the database, or makes it where none has been. Rejects with StoreError: "locked" when another has it open.
 *
 * It uses dynalite's operations without dynalite's server, because that throws away the reason why a database does not open,
 * and ends the whole process when the disk is full or a client dies in the middle of a request.
 */
export async function openEngine(folder: string): Promise<Engine> {
  const createIfMissing = !(await holdsItems(folder));
  await checkLogs(folder);
  const store = database.create({ path: folder });
  store.getTable = (_name, checkOrAnswered, answered) => {
    const answer = typeof checkOrAnswered === "function" ? checkOrAnswered : answered;
    answer?.(null, TABLE);
  };
  closeIterators(store.db);
  const failure = guardWrites(store.db);
  try {
    // In the same turn as `create`, which would else open it with options of its own.
    await store.db.open({ passive: false, createIfMissing });
  } catch (error) {
    throw fromLevelError(error, folder);
  }
  return engineOn(store, folder, () => failure() !== null);
}

/** Without a database LevelDB makes one, and removes what it finds beside it: so it must never think so wrongly. */
async function holdsItems(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw fromSystemError(error, folder, "reading");
  });
  return names.some((name) => HOLDS_ITEMS.test(name));
}

function engineOn(store: Store, folder: string, isBroken: () => boolean): Engine {
  return {
    run: async (operation, request) => {
      const found = OPERATIONS.get(operation);
      if (found === undefined) return UNKNOWN_OPERATION;
      const { action, form } = found;
      try {
        const data = validations.checkTypes(JSON.parse(request), form.types);
        validations.checkValidations(data, form.types, form.custom, store);
        return await answerOf(store, action, data);
      } catch (error) {
        const refusal = refusalIn(error);
        if (refusal !== null) return refusal;
        if (!isOfLevel(error)) throw error;
        throw fromLevelError(error, folder);
      }
    },
    isBroken,
    close: () => store.db.close(),
  };
}

function answerOf(store: Store, action: Action, data: unknown): Promise<Reply> {
  return new Promise((resolve, reject) => {
    action(store, data, (error, answer) => {
      if (error === null || error === undefined) resolve({ status: 200, text: JSON.stringify(answer) });
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- it is handed on as dynalite gives it
      else reject(error);
    });
  });
}

/** Errors of the database have a code; one without is a mistake in dynalite or in us. */
function isOfLevel(error: unknown): boolean {
  return typeof error === "object" && error !== null && ("code" in error || isClosed(error));
}

/** What dynalite makes of the code LEVEL_DATABASE_NOT_OPEN. */
function isClosed(error: object): boolean {
  return "message" in error && error.message === "Database is closed";
}

/** dynalite's errors that are answers, such as a condition that was not met: they carry what DynamoDB would send. */
function refusalIn(error: unknown): Reply | null {
  if (typeof error !== "object" || error === null || !("statusCode" in error) || !("body" in error)) return null;
  return typeof error.statusCode === "number" ? { status: error.statusCode, text: JSON.stringify(error.body) } : null;
}
