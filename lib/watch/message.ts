import * as z from "zod";
import { FAMILIES, type Family } from "../inventory/inventory.ts";
import { runId, type Job } from "./job.ts";
import { countForm, slotForm } from "./memory/value-forms.ts";
import type { Run } from "./run.ts";

const about = { municipality: z.string(), family: z.enum(FAMILIES), slot: slotForm };

/** What travels between the parts of the watch where they are processes of their own. Each may come twice, or late. */
const messageForm = z.discriminatedUnion("kind", [
  /** One batch of a run is to be looked at. */
  z.strictObject({
    ...{ kind: z.literal("look"), ...about, batch: countForm, batches: z.int().min(1) },
    assets: z.array(z.string()).min(1),
  }),
  /** Second looks may be owed for the slot; at what and since when is remembered. */
  z.strictObject({ kind: z.literal("second-look"), ...about }),
  /** The run is to be closed: all of it is in, it is late, or what its close had to tell is still untold. */
  z.strictObject({ kind: z.literal("close"), ...about, reason: z.enum(["in", "late", "untold"]) }),
]);

export type Message = z.infer<typeof messageForm>;
export type LookMessage = Extract<Message, { readonly kind: "look" }>;
export type SecondLookMessage = Extract<Message, { readonly kind: "second-look" }>;
export type CloseMessage = Extract<Message, { readonly kind: "close" }>;

/** Queues between processes. Each rejects with a StoreError when it could not take everything; then all may be sent again. */
export interface MessageQueues {
  /** Hands messages to who works them, each alone, not before so many milliseconds are over (at most LONGEST_DELAY_MS). */
  send(messages: readonly Message[], delay: number): Promise<void>;
  /** Hands over a close. Those of one municipality are worked one at a time, in order; one that is repeated soon is dropped. */
  close(message: CloseMessage): Promise<void>;
}

/** What SQS can hold a message back for. */
export const LONGEST_DELAY_MS = 900_000;

/** Reads a message. Throws an Error that names the field when it is none: what it holds is not repeated. */
export function messageIn(text: string): Message {
  const read = messageForm.safeParse(JSON.parse(text));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Error(`not a message of the watch: ${issue?.path.map(String).join(".") ?? ""}: ${issue?.message ?? ""}`);
}

const startForm = z.object({ family: z.enum(FAMILIES) });

/** The family that a schedule starts a round of. Throws when what it sends names none; whatever else it says is let pass. */
export function familyIn(event: unknown): Family {
  const read = startForm.safeParse(event);
  if (!read.success) throw new Error(`not the start of a round: expected a family, one of ${FAMILIES.join(", ")}`);
  return read.data.family;
}

export function lookMessage({ municipality, family, slot, batch, batches, assets }: Job): LookMessage {
  return { kind: "look", municipality, family, slot, batch, batches, assets: [...assets] };
}

export function jobIn({ municipality, family, slot, batch, batches, assets }: LookMessage): Job {
  return { run: runId(family, slot), municipality, family, slot, batch, batches, assets };
}

export function closeMessage(
  { municipality, family, slot }: Pick<Run, "municipality" | "family" | "slot">,
  reason: CloseMessage["reason"],
): CloseMessage {
  return { kind: "close", municipality, family, slot, reason };
}
