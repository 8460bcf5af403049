import { Buffer } from "node:buffer";
import { isDeepStrictEqual } from "node:util";
import {
  ehloKeywords,
  MAX_LINE_OCTETS,
  MAX_LINES,
  type ReplyProgress,
  SmtpReplyReader,
} from "../../../lib/parsers/smtp-reply.ts";
import { composed, mutated, octetsOf } from "../random-texts.ts";
import type { Random } from "../random.ts";
import { promise, type Target } from "../target.ts";

const SOUND = [
  "220 mx.example.org ESMTP\r\n",
  "250-mx.example.org\r\n250-SIZE 52428800\r\n250-STARTTLS\r\n250-8BITMIME\r\n250 CHUNKING\r\n",
  "454 4.7.0 TLS not available\r\n",
  "220-one\n220-two\n220\n250 next",
];
const PIECES = [
  ...["220", "250", "554", "199", "2", "-", " ", "\r\n", "\n", "\r", "STARTTLS", "SIZE=1", "x".repeat(300), "\u0000"],
  ...["\u00e6", "250-STARTTLS\r\n", "250 \r\n", "220 ok\r\n", "250-a\r\n".repeat(40)],
];

/** Reads octets in pieces that end at `cuts`; what comes after the reply is put together again. */
function readIn(octets: Uint8Array, cuts: readonly number[]): ReplyProgress {
  const reader = new SmtpReplyReader();
  let from = 0;
  for (const to of [...cuts, octets.length]) {
    const progress = reader.push(octets.subarray(from, to));
    if (progress.state === "malformed") return progress;
    if (progress.state === "finished") {
      const rest = Buffer.concat([progress.rest, octets.subarray(to)]);
      return { ...progress, rest: Uint8Array.from(rest) };
    }
    from = to;
  }
  return { state: "unfinished" };
}

function exercise(octets: Uint8Array, cuts: readonly number[]): string {
  const whole = readIn(octets, []);
  promise(isDeepStrictEqual(readIn(octets, cuts), whole), "in other pieces, the same octets are another reply");
  if (whole.state !== "finished") return whole.state;
  const { reply, rest } = whole;
  const { code, lines } = reply;
  promise(code >= 200 && code < 560, "the code is none of SMTP's");
  promise(lines.length > 0 && lines.length <= MAX_LINES, "there are too many lines, or none");
  promise(
    lines.every((line) => /^[ -~]*$/.test(line) && line.length < MAX_LINE_OCTETS),
    "a line is too long or not printable",
  );
  promise(ehloKeywords(reply).length < lines.length, "there are more keywords than lines");
  promise(octets[octets.length - rest.length - 1] === 0x0a, "the reply does not end in a line's end");
  return "finished";
}

function octetsIn(random: Random): Uint8Array {
  if (random.chance(0.05)) return random.octets(random.below(2_000));
  if (random.chance(0.5)) return octetsOf(mutated(random, random.pick(SOUND), PIECES));
  return octetsOf(random.pick(["", "220", "250-"]) + composed(random, PIECES, 12));
}

export const SMTP_REPLIES: Target = {
  name: "smtp-replies",
  about: "replies of mail servers are read as they arrive; in pieces of any size they are the same",
  endings: ["finished", "unfinished", "malformed"],
  prepare: async () => (random) => {
    const octets = octetsIn(random);
    const most = random.chance(0.1) ? octets.length : 6;
    const cuts = Array.from({ length: random.below(most + 1) }, () => random.below(octets.length + 1));
    const sorted = cuts.sort((a, b) => a - b);
    return { message: octets, run: () => exercise(octets, sorted) };
  },
};
