import { decodeMessage, encodeMessage } from "../../lib/wire/codec.ts";
import type { Reply, ResourceRecord } from "../../lib/wire/message.ts";
import { damaged, flipBit } from "./random-messages.ts";
import type { Random } from "./random.ts";

const MANY_FLIPS = 8;

type Sections = Pick<Reply, "answer" | "authority" | "additional">;
const SECTIONS = ["answer", "authority", "additional"] as const;

/**
 * What somebody in the middle might make of a reply: mostly one flipped bit, else several, torn octets, or records dropped,
 * doubled, moved, renamed, retyped or taken from another reply.
 */
export function altered(random: Random, message: Uint8Array, others: readonly Uint8Array[]): Uint8Array {
  const kind = random.below(10);
  if (kind === 9) return damaged(random, message);
  if (kind >= 7) return rearranged(random, message, random.pick(others));
  const bytes = message.slice();
  for (let flips = kind < 6 ? 1 : 2 + random.below(MANY_FLIPS); flips > 0; flips -= 1) flipBit(random, bytes);
  return bytes;
}

function rearranged(random: Random, message: Uint8Array, other: Uint8Array): Uint8Array {
  const reply = replyIn(message);
  const stranger = replyIn(other);
  if (random.chance(0.1)) return encoded({ ...stranger, question: reply.question });
  if (random.chance(0.1)) return encoded({ ...reply, rcode: random.pick([0, 3]) });
  const sections: Sections = { answer: [...reply.answer], authority: [...reply.authority], additional: [] };
  const section = random.pick(SECTIONS);
  const records = random.chance(0.1) ? [] : rearrangedRecords(random, sections[section], everyRecord(stranger));
  return encoded({ ...reply, ...sections, [section]: records });
}

function rearrangedRecords(
  random: Random,
  records: readonly ResourceRecord[],
  strangers: readonly ResourceRecord[],
): readonly ResourceRecord[] {
  const [record, guest] = [pickOrNull(random, records), pickOrNull(random, strangers)];
  if (record === null || guest === null) return guest === null ? records : [guest];
  const others = records.filter((each) => each !== record);
  const kind = random.below(7);
  if (kind === 0) return others;
  if (kind === 1) return [...records, record];
  if (kind === 2) return [...records, guest];
  if (kind === 3) return [...others, guest];
  if (kind === 4) return [...others, { ...record, name: guest.name }];
  if (kind === 5) return [...others, { ...record, type: guest.type }];
  return [...others, { ...record, data: (pickOrNull(random, others) ?? guest).data }];
}

function pickOrNull<T>(random: Random, items: readonly T[]): T | null {
  return items.length === 0 ? null : random.pick(items);
}

function everyRecord(reply: Reply): readonly ResourceRecord[] {
  return SECTIONS.flatMap((section) => reply[section]);
}

function replyIn(message: Uint8Array): Reply {
  const decoded = decodeMessage(message);
  if (!decoded.ok) throw new Error(`a practice reply is malformed: ${decoded.problem}`);
  return decoded.value.reply;
}

function encoded(reply: Reply): Uint8Array {
  return encodeMessage({ ...reply, id: 0 });
}
