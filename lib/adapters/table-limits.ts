import { LARGEST_BODY, StoreError, type Item } from "../ports.ts";

/** What DynamoDB takes as keys, in bytes of UTF-8. Neither may be empty. */
const LONGEST_PARTITION_KEY = 2_048;
const LONGEST_SORT_KEY = 1_024;

/**
 * The body as it will be read back: plain JSON that shares nothing with what was given. Rejects with StoreError
 * "too-large" what no table takes, so that every table refuses the same. `place` names the table in the error.
 */
export function bodyToStore(item: Item, place: string): unknown {
  checkKeySize(item.pk, LONGEST_PARTITION_KEY, "partition", place);
  checkKeySize(item.sk, LONGEST_SORT_KEY, "sort", place);
  const text = JSON.stringify(item.body) as string | undefined;
  if (text === undefined) throw new TypeError(`${place}: the body of ${item.pk} / ${item.sk} is not JSON`);
  const size = Buffer.byteLength(text);
  if (size > LARGEST_BODY) {
    throw new StoreError("too-large", place, `${item.pk} / ${item.sk} has ${size} bytes, at most ${LARGEST_BODY} fit`);
  }
  return JSON.parse(text) as unknown;
}

function checkKeySize(key: string, longest: number, kind: string, place: string): void {
  const size = Buffer.byteLength(key);
  if (size === 0) throw new TypeError(`${place}: an empty ${kind} key`);
  if (size > longest) {
    throw new StoreError("too-large", place, `a ${kind} key has ${size} bytes, at most ${longest} fit: ${key}`);
  }
}
