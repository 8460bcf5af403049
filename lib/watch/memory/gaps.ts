import * as z from "zod";
import type { Subject } from "../../core/transition.ts";
import type { Table } from "../../ports.ts";
import { gapsKey } from "../keys.ts";
import type { GapMemory } from "../memory.ts";
import { readBody, requireKey } from "./stored-item.ts";
import { instantForm, subjectForms } from "./value-forms.ts";

const gapForm = z.strictObject({ subject: z.strictObject(subjectForms), observedAt: instantForm });

/** Gaps that have been told, by requirement and asset. */
export function createGapMemory(table: Table): GapMemory {
  return {
    all: async (municipality) =>
      (await table.query(gapsKey(municipality))).map((item) => {
        const gap = readBody(item, gapForm);
        requireKey(item, keyOf(gap.subject));
        return gap;
      }),
    put: async ({ municipality, requirement, asset }, observedAt) => {
      const subject: Subject = { municipality, requirement, asset };
      await table.put({ ...keyOf(subject), revision: 1, body: { subject, observedAt } }, "always");
    },
    remove: async (subject) => {
      const { pk, sk } = keyOf(subject);
      await table.remove(pk, sk);
    },
  };
}

function keyOf({ municipality, requirement, asset }: Subject) {
  return { pk: gapsKey(municipality), sk: `${requirement}#${asset}` };
}
