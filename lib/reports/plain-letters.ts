/** Danish letters and signs of our own texts that decomposing does not take apart. */
const SPELT: ReadonlyMap<string, string> = new Map([
  ...Object.entries({ æ: "ae", ø: "oe", å: "aa", Æ: "Ae", Ø: "Oe", Å: "Aa", ß: "ss", đ: "d", ð: "d", þ: "th", ł: "l" }),
  ...Object.entries({ "…": "...", "–": "-", "—": "-", "−": "-", "→": "->", "«": '"', "»": '"', "“": '"', "”": '"' }),
  ...Object.entries({ "„": '"', "’": "'", "‘": "'", "·": "-", "•": "-", "\u00a0": " ", "\u202f": " " }),
]);
const MARKS = /\p{M}/gu;

/** The text with each character that `isAllowed` refuses spelt with others that it allows, or as a question mark. */
export function speltWith(text: string, isAllowed: (character: string) => boolean): string {
  return Array.from(text, (character) => (isAllowed(character) ? character : replacement(character, isAllowed))).join(
    "",
  );
}

function replacement(character: string, isAllowed: (character: string) => boolean): string {
  const candidates = [SPELT.get(character), character.normalize("NFKD").replace(MARKS, "")];
  return candidates.find((each) => each !== undefined && each !== "" && Array.from(each).every(isAllowed)) ?? "?";
}

/** The text in printable ASCII, one line. */
export function asciiText(text: string): string {
  return speltWith(text, (character) => /^[\x20-\x7e]$/u.test(character));
}
