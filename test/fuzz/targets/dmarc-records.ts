import { isDeepStrictEqual } from "node:util";
import { type DmarcPolicy, type DmarcRecord, parseDmarc } from "../../../lib/parsers/dmarc.ts";
import { DKIM_TAGS, DMARC_TAGS, parseTagList } from "../../../lib/parsers/tag-list.ts";
import { composed, mutated, octetsOf } from "../random-texts.ts";
import type { Random } from "../random.ts";
import { promise, type Target } from "../target.ts";

const SOUND = [
  "v=DMARC1; p=reject; sp=quarantine; np=reject; adkim=s; aspf=r; fo=1:d:s; rua=mailto:dmarc@example.org!10m",
  "v=DMARC1;p=none;pct=50;psd=n;t=y;rua=mailto:a@example.org,https://example.net/r?x=%2C;ruf=mailto:b@example.org;",
  "v=DMARC1; p=quarantine",
];
const PIECES = [
  ...[
    "v",
    "=",
    ";",
    " ",
    "\t",
    "DMARC1",
    "dmarc1",
    "p",
    "sp",
    "np",
    "P",
    "t",
    "psd",
    "pct",
    "rua",
    "ruf",
    "fo",
    "adkim",
  ],
  ...[
    "reject",
    "none",
    "quarantine",
    "Reject",
    "y",
    "n",
    "u",
    "100",
    "101",
    "007",
    "1:d",
    "mailto:",
    "a@example.org",
    "@",
  ],
  ...[",", "!", "10m", "https://", "[::1]", "%", "\r\n", "\u0000", "\u00e6", "v=DMARC1; p=reject;", "x=1", ":"],
];
const PRINTABLE = /^[ -~]*$/;

function text(random: Random): string {
  if (random.chance(0.6)) return mutated(random, random.pick(SOUND), PIECES);
  return (random.chance(0.8) ? "v=DMARC1" : "") + (random.chance(0.8) ? ";" : "") + composed(random, PIECES, 30);
}

function exercise(whole: string): string {
  for (const rules of [DKIM_TAGS, DMARC_TAGS]) exerciseTags(whole, rules);
  const read = parseDmarc(whole);
  if (!read.ok) {
    const isRecord = /^v=DMARC1(?:;|$)/.test(whole);
    promise(!isRecord, "a record was taken for another text");
    return read.problem;
  }
  exerciseRecord(whole, read.value);
  return read.value.trouble ?? "record";
}

/** A sound record, and what it says. */
function soundRecord(random: Random): readonly [text: string, says: Partial<DmarcRecord>] {
  const policy = (): DmarcPolicy => random.pick(["none", "quarantine", "reject"] as const);
  const says = { p: policy(), sp: policy(), np: policy(), testing: random.chance(0.5), percent: random.below(101) };
  const tags = [
    ...[`p=${says.p}`, `sp = ${says.sp}`, `np=${says.np}`, `t=${says.testing ? "y" : "n"}`, `pct=${says.percent}`],
    ...["rua=mailto:a@example.org", "zz=1", "adkim = s"],
  ];
  const swapped = random.below(tags.length);
  const shuffled = [...tags.slice(swapped), ...tags.slice(0, swapped)];
  return [["v=DMARC1", ...shuffled].join(random.pick([";", "; ", " ;\t"])), says];
}

function exerciseSound(whole: string, says: Partial<DmarcRecord>): string {
  const read = parseDmarc(whole);
  promise(read.ok && read.value.trouble === null, "a sound record is said to be none");
  promise(isDeepStrictEqual({ ...read.value, ...says }, read.value), "a record is read as other than it says");
  promise(exercise(whole) === "record", "a sound record is told of as troubled");
  return "sound record";
}

function exerciseRecord(whole: string, record: DmarcRecord): void {
  for (const [tag, policy] of Object.entries({ p: record.p, sp: record.sp, np: record.np })) {
    if (policy === null || policy === "invalid") continue;
    const said = new RegExp(`;[ \\t]*${tag}[ \\t]*=[ \\t]*${policy}[ \\t]*(?:;|$)`, "i");
    promise(said.test(whole), `${tag}=${policy} was read, and the record does not say so`);
  }
  const uris = [...(record.rua ?? []), ...(record.ruf ?? [])].map(({ text: uri }) => uri);
  promise(
    [...uris, ...record.ignored].every((one) => PRINTABLE.test(one)),
    "what is told of is not printable",
  );
  // A tag that nobody knows changes nothing (RFC 9989 section 4.7), unless there is no room for it.
  const more = parseDmarc(`${whole}${/;[ \t]*$/.test(whole) ? "" : ";"} zz=1`);
  promise(more.ok, "a record with one tag more is none");
  if (more.value.trouble === record.trouble)
    promise(isDeepStrictEqual(more.value, record), "an unknown tag changes what a record says");
}

/** What is read as a list of tags is written and read again as the same. */
function exerciseTags(whole: string, rules: typeof DKIM_TAGS): void {
  const tags = parseTagList(whole, rules);
  if (!tags.ok) return;
  const again = parseTagList(tags.value.map(({ name, value }) => `${name}=${value}`).join(";"), rules);
  promise(again.ok && isDeepStrictEqual(again.value, tags.value), "a list of tags is not read back");
}

export const DMARC_RECORDS: Target = {
  name: "dmarc-records",
  about: "DMARC records and lists of tags are read; no policy is read that the text does not state",
  endings: ["record", "sound record", "version", "unrelated", "tag-repeated", "tag-case"],
  prepare: async () => (random, number) => {
    if (number % 8 === 0) {
      const [sound, says] = soundRecord(random);
      return { message: octetsOf(sound), run: () => exerciseSound(sound, says) };
    }
    const whole = text(random);
    return { message: octetsOf(whole), run: () => exercise(whole) };
  },
};
