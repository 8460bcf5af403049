/** Characters of what others sent that may stand in evidence. */
const MAX_EXCERPT = 48;

/** The beginning of text that others sent, in printable ASCII: every other octet is a question mark. */
export function excerptOf(text: string): string {
  const shown = text.slice(0, MAX_EXCERPT).replace(/[^\x20-\x7e]/g, "?");
  return text.length > MAX_EXCERPT ? `${shown.slice(0, -1)}~` : shown;
}
