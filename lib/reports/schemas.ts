import * as z from "zod";
import { inventoryForm } from "../inventory/inventory-form.ts";
import { observationForm } from "../verify/observation-form.ts";
import { resultForm } from "./result-form.ts";

/** One published JSON Schema and where it comes from. */
export interface PublishedSchema {
  readonly title: string;
  readonly form: z.ZodType;
}

/** The forms that people and programs may rely on, with the file each is published as. */
export const SCHEMAS: readonly (PublishedSchema & { readonly file: string })[] = [
  { file: "inventory.schema.json", title: "Kravvagt: inventory, version 1", form: inventoryForm },
  { file: "result.schema.json", title: "Kravvagt: result of a verification, version 1", form: resultForm },
  { file: "observation.schema.json", title: "Kravvagt: one observation, version 1", form: observationForm },
];

/** The JSON Schema (draft 2020-12) of what a reader may be given, as the text of its file. */
export function schemaText({ title, form }: PublishedSchema): string {
  const { $schema, ...schema } = z.toJSONSchema(form, { target: "draft-2020-12", io: "input" });
  return `${JSON.stringify({ $schema, title, ...schema }, null, 2)}\n`;
}
