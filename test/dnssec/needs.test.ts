import { describe, expect, test } from "@jest/globals";
import type { AnswerBook, BookEntry } from "../../lib/dnssec/answer-book.ts";
import type { Classification } from "../../lib/dnssec/classification.ts";
import { indexBook, layerBooks } from "../../lib/dnssec/lookup.ts";
import type { Question } from "../../lib/wire/message.ts";
import { name } from "../../lib/wire/name.ts";
import { observed, unobserved } from "../../lib/core/observation.ts";
import { ask, validatorAt } from "./support/judge.ts";
import { respond } from "./support/responder.ts";
import { signedZones } from "./support/signed-zones.ts";

const zones = signedZones();
const validator = validatorAt();

interface Gathered {
  readonly found: Classification;
  readonly rounds: readonly (readonly string[])[];
  readonly book: AnswerBook;
}

/** Asks what is needed until nothing is: what the I/O loop around the validator does. */
function gather(question: Question): Gathered {
  const book: BookEntry[] = [];
  const rounds: string[][] = [];
  for (;;) {
    const found = validator.classify(question, indexBook(book));
    if (found.status !== "need") return { found, rounds, book };
    expect(found.questions.length).toBeGreaterThan(0);
    rounds.push(found.questions.map(({ name: owner, type }) => `${owner} ${type}`));
    for (const asked of found.questions) book.push({ question: asked, reply: observed(respond(zones, asked)) });
    expect(rounds.length).toBeLessThan(20);
  }
}

describe("a validator that lacks replies", () => {
  test("asks for the question and the whole chain at once", () => {
    const { found, rounds } = gather(ask("www.kommune.dk/A"));
    expect(found.status).toBe("secure");
    expect(rounds.map((round) => [...round].sort())).toEqual([
      [
        ...[". DNSKEY", "dk. DNSKEY", "dk. DS", "kommune.dk. DNSKEY", "kommune.dk. DS"],
        ...["www.kommune.dk. A", "www.kommune.dk. DS"],
      ],
    ]);
  });

  test("does not look for keys below registered names, where zones seldom begin", () => {
    const { found, rounds } = gather(ask("_25._tcp.mail.kommune.dk/TLSA"));
    expect(found.status).toBe("secure");
    expect(rounds.length).toBe(1);
    expect(rounds.flat()).toContain("_25._tcp.mail.kommune.dk. DS");
    expect(rounds.flat()).not.toContain("_25._tcp.mail.kommune.dk. DNSKEY");
  });

  test("asks at most some levels at once", () => {
    const { rounds } = gather(ask("a.b.c.d.e.f.g.h.i.j.kommune.dk/A"));
    expect(rounds[0]?.filter((text) => text.endsWith(" DS")).length).toBe(7);
  });

  test("never asks what it has been told", () => {
    const { rounds } = gather(ask("ext.kommune.dk/A"));
    const all = rounds.flat();
    expect(new Set(all).size).toBe(all.length);
  });

  test("takes the end of an alias out of the reply that holds the whole chain", () => {
    const { found, rounds } = gather(ask("ext.kommune.dk/A"));
    expect(found).toMatchObject({ status: "secure", name: "www.nsec3.test." });
    expect(rounds.flat()).not.toContain("www.nsec3.test. A");
  });

  test("asks for the end of an alias where the reply does not hold it", () => {
    const question = ask("ext.kommune.dk/A");
    const { book } = gather(question);
    const short = book.map((entry): BookEntry => {
      if (entry.question.type !== "A" || entry.reply.state !== "observed") return entry;
      const answer = entry.reply.value.answer.filter((record) => record.name === question.name);
      return { ...entry, reply: observed({ ...entry.reply.value, answer }) };
    });
    const found = validator.classify(question, indexBook(short));
    expect(found).toMatchObject({
      status: "need",
      questions: [{ name: "www.nsec3.test.", type: "A" }],
      aliases: [{ from: "ext.kommune.dk.", status: "secure" }],
    });
  });

  test("asks nothing below a break in the chain", () => {
    const question = ask("www.kommune.dk/A");
    const broken = (asked: Question) =>
      asked.type === "DNSKEY" && asked.name === "." ? observed({ ...respond(zones, asked), answer: [] }) : undefined;
    expect(validator.classify(question, broken)).toMatchObject({
      status: "bogus",
      zone: ".",
      reason: "dnskey-missing",
    });
  });

  test("says so about a walk", () => {
    const walk = validator.walkToZone(name("www.kommune.dk"), () => undefined);
    expect(walk).toMatchObject({ status: "need", zone: null, steps: [], uncut: [], expiresAt: null });
    expect(walk.needs.length).toBe(6);
    const partly = validator.walkToZone(name("www.kommune.dk"), (asked) =>
      asked.name === "www.kommune.dk." ? undefined : observed(respond(zones, asked)),
    );
    expect(partly).toMatchObject({ status: "need", zone: "kommune.dk." });
    expect(partly.steps.map(({ zone }) => zone)).toEqual([".", "dk.", "kommune.dk."]);
    expect(partly.needs).toEqual([ask("www.kommune.dk/DS")]);
  });
});

describe("books", () => {
  const question = ask("www.kommune.dk/A");
  const silent = unobserved("dns-timeout", "no reply");

  test("answer for what was asked, and with the last entry", () => {
    const lookup = indexBook([
      { question, reply: silent },
      { question, reply: observed(respond(zones, question)) },
    ]);
    expect(lookup(ask("www.kommune.dk/A"))?.state).toBe("observed");
    expect(lookup(ask("www.kommune.dk/AAAA"))).toBeUndefined();
  });

  test("in layers: the first that was asked answers, even if it heard nothing", () => {
    const chain = indexBook(gather(question).book);
    expect(validator.classify(question, layerBooks(indexBook([{ question, reply: silent }]), chain))).toMatchObject({
      status: "indeterminate",
      cause: "dns-timeout",
      record: { name: "www.kommune.dk.", type: "A" },
      zone: "kommune.dk.",
    });
    expect(validator.classify(question, layerBooks(indexBook([]), chain))).toMatchObject({ status: "secure" });
  });

  test("in layers: one server's unsigned answer is bogus under the resolver's chain", () => {
    const chain = indexBook(gather(question).book);
    const reply = respond(zones, question);
    const unsigned = { ...reply, answer: reply.answer.filter(({ type }) => type !== "RRSIG") };
    const server = indexBook([{ question, reply: observed(unsigned) }]);
    expect(validator.classify(question, layerBooks(server, chain))).toMatchObject({
      status: "bogus",
      reason: "no-signature",
    });
  });
});
