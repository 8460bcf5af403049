import type { Table } from "../ports.ts";

const KEY = "K#municipalities";

/** Notes that a data folder remembers a municipality (its id), so that a command that is given only the folder finds it. */
export async function noteMunicipality(table: Table, id: string): Promise<void> {
  await table.put({ pk: KEY, sk: id, revision: 1, body: {} }, "absent");
}

/** Ids of the municipalities that the data folder remembers, sorted. */
export async function municipalitiesIn(table: Table): Promise<readonly string[]> {
  return (await table.query(KEY)).map(({ sk }) => sk);
}
