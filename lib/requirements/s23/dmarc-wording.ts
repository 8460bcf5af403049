import type { AuthorRuling } from "../../mail/dmarc/authors.ts";
import { isAtOrBelow, type Name } from "../../wire/name.ts";
import { plainName } from "../wording.ts";

export { plainName };

/** Entries of a list that a sentence holds before it only counts the rest. */
const ENTRIES_SHOWN = 3;

/** Where a domain's DMARC record stands. */
export function plainRecord(domain: Name): string {
  return `_dmarc.${plainName(domain)}`;
}

/** A few entries for a sentence, each once; how many more there are follows. */
export function plainNames(entries: readonly string[]): string {
  const distinct = [...new Set(entries)];
  const more = distinct.length - ENTRIES_SHOWN;
  const shown = distinct.slice(0, ENTRIES_SHOWN).join(", ");
  return more > 0 ? `${shown} (+${String(more)})` : shown;
}

/** Author domains; those that a star already stands for are left out. */
export function plainAuthors(rulings: readonly Pick<AuthorRuling, "kind" | "base">[]): string {
  const starred = rulings.filter(({ kind }) => kind === "existing" || kind === "missing").map(({ base }) => base);
  const told = rulings.filter(
    ({ kind, base }) => kind !== "name" || !starred.some((above) => above !== base && isAtOrBelow(base, above)),
  );
  return plainNames(told.map(plainAuthor));
}

/** An author domain; a star stands for names that nobody has named. */
function plainAuthor({ kind, base }: Pick<AuthorRuling, "kind" | "base">): string {
  return kind === "domain" || kind === "name" ? plainName(base) : `*.${plainName(base)}`;
}
