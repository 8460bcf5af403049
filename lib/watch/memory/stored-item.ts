import type * as z from "zod";
import { type Item, StoreError } from "../../ports.ts";

/** The body of an item, which must be of the form: rejects with StoreError "corrupt" naming key and field otherwise. */
export function readBody<T>(item: Item, form: z.ZodType<T>): T {
  const read = form.safeParse(item.body);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const field = issue?.path.map(String).join(".") ?? "";
  throw corrupt(item, `is not of its form: ${field === "" ? "the whole" : field}: ${issue?.message ?? "unknown"}`);
}

/** The item as it stands cannot have been written by this program. */
export function corrupt({ pk, sk }: Pick<Item, "pk" | "sk">, problem: string): StoreError {
  return new StoreError("corrupt", `${pk} / ${sk}`, problem);
}

/** An item that lies under a key which is not its own was put there by somebody else. */
export function requireKey(item: Item, own: { readonly pk: string; readonly sk: string }): void {
  if (item.pk !== own.pk || item.sk !== own.sk) throw corrupt(item, `belongs under ${own.pk} / ${own.sk}`);
}
