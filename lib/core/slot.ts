/**
 * A slot is a planned look: the scheduled moment in UTC, ISO 8601 with milliseconds, and `/confirm` after it for the second
 * look at what came out worse. Slots are ordered as text.
 */
const CONFIRM = "/confirm";

export function slotAt(scheduledAt: number): string {
  return new Date(scheduledAt).toISOString();
}

/** The second look that belongs to a first one. */
export function confirmSlotOf(slot: string): string {
  return isConfirmSlot(slot) ? slot : `${slot}${CONFIRM}`;
}

export function isConfirmSlot(slot: string): boolean {
  return slot.endsWith(CONFIRM);
}

/** The first look that a slot belongs to: itself, unless it is a second look. */
export function firstSlotOf(slot: string): string {
  return isConfirmSlot(slot) ? slot.slice(0, -CONFIRM.length) : slot;
}

/** Epoch milliseconds of the scheduled moment. */
export function scheduledAt(slot: string): number {
  return Date.parse(firstSlotOf(slot));
}
