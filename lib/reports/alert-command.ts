import type { RequirementId } from "../core/requirement-id.ts";
import type { AlertContext } from "./alert-context.ts";
import { printable } from "./printable.ts";

/** Needs no quotes in any shell that people use. */
const PLAIN_WORD = /^[\p{L}\p{N}@%+=:,./_-]+$/u;

/** The command that shows an asset's history and checks it against its evidence. */
export function historyCommand(
  asset: string,
  requirement: RequirementId,
  { data }: Pick<AlertContext, "data">,
): string {
  const folder = data === null ? "" : ` --data ${quoted(data)}`;
  return `npx kravvagt history ${quoted(asset)} ${requirement} --verify${folder}`;
}

/** The command that explains a tag. */
export function explainCommand(tag: string): string {
  return `npx kravvagt explain ${quoted(tag)}`;
}

/** One word for a POSIX shell, whatever it holds. */
function quoted(text: string): string {
  const word = printable(text);
  return PLAIN_WORD.test(word) && !word.startsWith("-") ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
