import { describe, expect, test } from "@jest/globals";
import { closeMessage, familyIn, jobIn, lookMessage, messageIn } from "../../lib/watch/message.ts";

const SLOT = "2026-11-23T10:00:00.000Z";
const ABOUT = { municipality: "0101", family: "domains", slot: SLOT } as const;
const LOOK = { kind: "look", ...ABOUT, batch: 0, batches: 2, assets: ["domain:example.dk"] } as const;

describe("messages", () => {
  test("come back as they were sent", () => {
    const job = { run: `domains/${SLOT}`, ...ABOUT, batch: 1, batches: 2, assets: ["domain:example.dk"] };
    const message = messageIn(JSON.stringify(lookMessage(job)));
    expect(message.kind === "look" && jobIn(message)).toEqual(job);
    const close = closeMessage(ABOUT, "late");
    expect(messageIn(JSON.stringify(close))).toEqual(close);
    const again = { kind: "second-look", ...ABOUT, slot: `${SLOT}/confirm` } as const;
    expect(messageIn(JSON.stringify(again))).toEqual(again);
  });

  test.each([
    ["", "JSON"],
    ["null", "not a message of the watch"],
    [JSON.stringify({ ...LOOK, kind: "other" }), "kind"],
    [JSON.stringify({ ...LOOK, slot: "yesterday" }), "slot"],
    [JSON.stringify({ ...LOOK, assets: [] }), "assets"],
    [JSON.stringify({ ...LOOK, batch: -1 }), "batch"],
    [JSON.stringify({ ...LOOK, batch: 0.5 }), "batch"],
    [JSON.stringify({ ...LOOK, more: 1 }), "Unrecognized key"],
    [JSON.stringify({ ...LOOK, family: "everything" }), "family"],
    [JSON.stringify({ kind: "close", ...ABOUT, reason: "because" }), "reason"],
  ])("%s is none", (text, words) => {
    expect(() => messageIn(text)).toThrow(words);
  });

  test("a start names a family, whatever else it says", () => {
    expect(familyIn({ family: "domains", scheduledAt: "2026-11-23T10:00:00Z" })).toBe("domains");
    expect(() => familyIn({ family: "all" })).toThrow("domains, mail, web, ports, inside");
  });
});
