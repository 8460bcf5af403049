import type { Item, Table } from "../../ports.ts";
import type { Alert, FiledAlert } from "../alert.ts";
import { alertsKey } from "../keys.ts";
import type { AlertMemory, Stored } from "../memory.ts";
import { filedAlertForm } from "./alert-form.ts";
import { readBody, requireKey } from "./stored-item.ts";

/** Alerts for ever, and beside them the queue of those that are still to be handed over. */
export function createAlertMemory(table: Table): AlertMemory {
  const of: AlertMemory["of"] = async (municipality, id) => {
    const item = await table.get(alertsKey(municipality), id);
    return item === null ? null : alertIn(item);
  };
  return {
    file: async (alert) => {
      const { municipality, id } = alert;
      // One that is kept was queued before: queued again, it would look as if nobody had been told.
      if ((await of(municipality, id)) !== null) return;
      // The queue first: an entry without an alert is passed over, an alert without an entry would be told to nobody.
      await table.put({ pk: queueKey(municipality), sk: id, revision: 1, body: {} }, "always");
      const body: FiledAlert = { alert, delivered: {} };
      await table.put({ ...keyOf(alert), revision: 1, body }, "absent");
    },
    of,
    undelivered: async (municipality) => {
      const queue = await table.query(queueKey(municipality));
      const alerts = await Promise.all(queue.map(({ sk }) => of(municipality, sk)));
      return alerts.filter((alert) => alert !== null).sort(byMoment);
    },
    noteDelivered: ({ value, revision }, sink, at) => {
      const body: FiledAlert = { ...value, delivered: { ...value.delivered, [sink]: at } };
      return table.put({ ...keyOf(value.alert), revision: revision + 1, body }, { revision });
    },
    finish: async (municipality, id) => {
      await table.remove(queueKey(municipality), id);
    },
  };
}

function queueKey(municipality: string): string {
  return `Q#${municipality}`;
}

function keyOf({ municipality, id }: Alert) {
  return { pk: alertsKey(municipality), sk: id };
}

function alertIn(item: Item): Stored<FiledAlert> {
  const value = readBody(item, filedAlertForm);
  requireKey(item, keyOf(value.alert));
  return { value, revision: item.revision };
}

function byMoment(one: Stored<FiledAlert>, other: Stored<FiledAlert>): number {
  const [a, b] = [one, other].map(({ value: { alert } }) => `${alert.createdAt} ${alert.id}`) as [string, string];
  return a < b ? -1 : 1;
}
