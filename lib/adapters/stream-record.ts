import { keyFromText } from "./key-text.ts";

/** What a record of a DynamoDB stream has of a change, as far as it matters here; nothing is taken for granted. */
export interface StreamChange {
  readonly Keys?: Readonly<Record<string, { readonly S?: string }>> | undefined;
  /** Unset where the stream carries keys alone, and when the item was removed. */
  readonly NewImage?: Readonly<Record<string, StreamValue>> | undefined;
}

interface StreamValue {
  readonly M?: Readonly<Record<string, StreamValue>>;
  readonly L?: readonly unknown[];
}

/**
 * The keys of an item that has changed and may have something in its outbox; null for one whose image says that it has
 * nothing there. Throws when the record has no keys: then it is none of ours.
 */
export function changedKey(change: StreamChange | undefined): { readonly pk: string; readonly sk: string } | null {
  const pk = change?.Keys?.pk?.S;
  const sk = change?.Keys?.sk?.S;
  if (pk === undefined || sk === undefined) throw new Error("a stream record without the keys of an item");
  return hasEmptyOutbox(change?.NewImage) ? null : { pk: keyFromText(pk), sk: keyFromText(sk) };
}

function hasEmptyOutbox(image: StreamChange["NewImage"]): boolean {
  return image?.body?.M?.outbox?.L?.length === 0;
}
