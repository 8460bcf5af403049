import { createHmac } from "node:crypto";
import { firstSlotOf, isConfirmSlot } from "../core/slot.ts";

const LETTERS = 36;
const LABEL_LENGTH = 16;
const DAY_LENGTH = "2026-11-23".length;

/**
 * The label to ask for below an asset (its id) in a slot: 16 lower-case letters and digits, the same for all first looks of
 * one UTC day, another for that day's second looks. An HMAC with SHA-256 (RFC 2104), so that without `secret` nobody can
 * tell the name beforehand and make it.
 */
export function dailyLabel(secret: string, asset: string, slot: string): string {
  const day = firstSlotOf(slot).slice(0, DAY_LENGTH);
  const about = JSON.stringify([asset, day, isConfirmSlot(slot) ? "second" : "first"]);
  const digest = createHmac("sha256", secret).update(about).digest("hex");
  const text = BigInt(`0x${digest}`).toString(LETTERS).padStart(LABEL_LENGTH, "0");
  return text.slice(-LABEL_LENGTH);
}
