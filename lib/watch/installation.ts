import type { Table } from "../ports.ts";

const KEY = { pk: "K#service", sk: "secret" };

/** What this installation draws its labels from: made once by `draw`, then the same for every process on the data folder. */
export async function installationSecret(table: Table, draw: () => string): Promise<string> {
  const found = await table.get(KEY.pk, KEY.sk);
  if (typeof found?.body === "string") return found.body;
  const body = draw();
  return (await table.put({ ...KEY, revision: 1, body }, "absent")) ? body : installationSecret(table, draw);
}

/** The same for a process that may only read; null while nobody has made it. */
export async function knownSecret(table: Pick<Table, "get">): Promise<string | null> {
  const found = await table.get(KEY.pk, KEY.sk);
  return typeof found?.body === "string" ? found.body : null;
}
