import * as z from "zod";
import type { Item, Table } from "../../ports.ts";
import { changeKey, type Key, noticesKey } from "../keys.ts";
import type { NoticeMemory } from "../memory.ts";
import type { Notice } from "../notice.ts";
import { fittedKey } from "./fitted-key.ts";
import { readBody, requireKey } from "./stored-item.ts";
import { transitionForm } from "./transition-form.ts";

const noticeForm: z.ZodType<Notice> = z.strictObject({
  run: z.string(),
  transition: transitionForm,
  digest: z.boolean(),
  alert: z.string().nullable(),
});

/** Notices in the order in which their transitions were confirmed. */
export function createNoticeMemory(table: Table): NoticeMemory {
  return {
    file: async (notice) => {
      await table.put({ ...keyOf(notice), revision: 1, body: notice }, "absent");
    },
    all: async (municipality) =>
      (await table.query(noticesKey(municipality))).map((item) => ({
        value: noticeIn(item),
        revision: item.revision,
      })),
    claim: async ({ value, revision }, alert) => {
      if (value.alert !== null) return value.alert === alert;
      const key = keyOf(value);
      const body: Notice = { ...value, alert };
      if (await table.put({ ...key, revision: revision + 1, body }, { revision })) return true;
      // Another may have been faster, or this same alert when it was composed before.
      const standing = await table.get(key.pk, key.sk);
      return standing !== null && noticeIn(standing).alert === alert;
    },
    remove: async (notice) => {
      const { pk, sk } = keyOf(notice);
      await table.remove(pk, sk);
    },
  };
}

function keyOf({ transition }: Notice): Key {
  const { sk } = changeKey(transition);
  return fittedKey({ pk: noticesKey(transition.municipality), sk }, transition.confirmedAt);
}

function noticeIn(item: Item): Notice {
  const notice = readBody(item, noticeForm);
  requireKey(item, keyOf(notice));
  return notice;
}
