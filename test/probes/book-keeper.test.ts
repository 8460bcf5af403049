import { describe, expect, test } from "@jest/globals";
import { unobserved } from "../../lib/core/observation.ts";
import { BookKeeper } from "../../lib/probes/book-keeper.ts";
import type { Question } from "../../lib/wire/message.ts";
import { ask } from "../dnssec/support/judge.ts";
import { keyOf, replyOf } from "./scripted-dns.ts";

const [A, MX, SOA] = [ask("kommune.dk/A"), ask("kommune.dk/MX"), ask("kommune.dk/SOA")] as const;

function keeperWith(order: string[]): BookKeeper {
  return new BookKeeper(async (question) => {
    order.push(keyOf(question));
    return replyOf(question, question.type === "MX" ? unobserved("dns-timeout", "silence") : 0);
  });
}

describe("a book keeper", () => {
  test("asks each question once, within a list and between lists, and says whether there was news", async () => {
    const asked: string[] = [];
    const keeper = keeperWith(asked);
    expect(await keeper.ask([A, MX, { ...A }])).toBe(true);
    expect(await keeper.ask([MX, A])).toBe(false);
    expect(await keeper.ask([])).toBe(false);
    expect(await keeper.ask([A, SOA])).toBe(true);
    expect(asked).toEqual(["kommune.dk./A", "kommune.dk./MX", "kommune.dk./SOA"]);
  });

  test("asks side by side and writes down in the order of the questions, not of the replies", async () => {
    const waiting: (() => void)[] = [];
    const keeper = new BookKeeper(async (question) => {
      await new Promise<void>((resolve) => waiting.unshift(resolve));
      return replyOf(question, 0);
    });
    const done = keeper.ask([A, MX, SOA]);
    expect(waiting).toHaveLength(3);
    for (const release of waiting) {
      release();
      await Promise.resolve();
    }
    await done;
    expect(keeper.book.map(({ question }) => question)).toEqual([A, MX, SOA]);
  });

  test("keeps silence apart from what was never asked", async () => {
    const keeper = keeperWith([]);
    await keeper.ask([MX]);
    expect(keeper.lookup(MX)).toEqual(unobserved("dns-timeout", "silence"));
    expect(keeper.lookup(A)).toBeUndefined();
  });

  test("shows no entry for a question that is still open", async () => {
    const keeper = new BookKeeper(() => new Promise(() => undefined));
    void keeper.ask([A]);
    expect(keeper.lookup(A)).toBeUndefined();
    expect(keeper.book).toEqual([]);
  });

  test("gives up only questions that were not asked, and does not ask them after that", async () => {
    const asked: string[] = [];
    const keeper = keeperWith(asked);
    await keeper.ask([A]);
    const why = unobserved("tool-limit", "too many");
    keeper.giveUp([A, SOA], why);
    expect(keeper.lookup(A)).toMatchObject({ state: "observed" });
    expect(keeper.lookup(SOA)).toBe(why);
    expect(await keeper.ask([SOA])).toBe(false);
    expect(asked).toEqual(["kommune.dk./A"]);
    expect(keeper.book.map(({ question }: { question: Question }) => keyOf(question))).toEqual([
      "kommune.dk./A",
      "kommune.dk./SOA",
    ]);
  });

  test("passes on that asking threw", async () => {
    const keeper = new BookKeeper(() => Promise.reject(new Error("our own bug")));
    await expect(keeper.ask([A])).rejects.toThrow("our own bug");
  });
});
