import * as z from "zod";
import { inventoryForm } from "../inventory/inventory-form.ts";
import { tlsProfileForm } from "../inventory/tls-profile-file.ts";
import { observationForm } from "../verify/observation-form.ts";
import { complianceReportForm } from "./compliance-report.ts";
import { historyForm } from "./history-form.ts";
import { judgeForm } from "./judge-form.ts";
import { resultForm } from "./result-form.ts";

/** One published JSON Schema and where it comes from. */
export interface PublishedSchema {
  readonly title: string;
  readonly form: z.ZodType;
}

/** The forms that people and programs may rely on, with the file each is published as. */
export const SCHEMAS: readonly (PublishedSchema & { readonly file: string })[] = [
  { file: "inventory.schema.json", title: "Kravvagt: inventory, version 1", form: inventoryForm },
  { file: "tls-profile.schema.json", title: "Kravvagt: TLS profile, version 1", form: tlsProfileForm },
  { file: "result.schema.json", title: "Kravvagt: result of a verification, version 1", form: resultForm },
  { file: "report.schema.json", title: "Kravvagt: compliance report of a day, version 1", form: complianceReportForm },
  { file: "history.schema.json", title: "Kravvagt: history of an asset, version 1", form: historyForm },
  { file: "judge.schema.json", title: "Kravvagt: stored evidence judged again, version 1", form: judgeForm },
  { file: "observation.schema.json", title: "Kravvagt: one observation, version 1", form: observationForm },
];

/** The JSON Schema (draft 2020-12) of what a reader may be given, as the text of its file. */
export function schemaText({ title, form }: PublishedSchema): string {
  const { $schema, ...schema } = z.toJSONSchema(form, { target: "draft-2020-12", io: "input" });
  return `${JSON.stringify({ $schema, title, ...schema }, null, 2)}\n`;
}
