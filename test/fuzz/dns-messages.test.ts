import { Buffer } from "node:buffer";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { questionKey } from "../../lib/dnssec/lookup.ts";
import { encodeMessage } from "../../lib/wire/codec.ts";
import { exerciseDecoding } from "./decoding.ts";
import { problemWith, TIME_LIMIT_MS } from "./problem-with.ts";
import { Random } from "./random.ts";
import { numbersOf } from "./share.ts";
import { gatherAnswers, type PracticeAnswers, type SignedAnswer } from "./signed-answers.ts";
import type { Input, MakeInput } from "./target.ts";
import { DNS_MESSAGES, dnsInputs } from "./targets/dns-messages.ts";
import { exerciseValidation } from "./validation.ts";

const SEED = 20_261_123;
const COUNT = 4_000;
/** Every seventh question: of every kind, and about most domains. */
const STRIDE = 7;

let practice: PracticeAnswers;
beforeAll(async () => {
  practice = await gatherAnswers(STRIDE);
}, 60_000);

/** Input `number` of a seed, as a run of the target makes it. */
function made(make: MakeInput, seed: number, number: number): Input {
  return make(new Random(seed, number), number);
}

test("hostile messages break no promise", async () => {
  const endings = new Map<string, number>();
  const make = dnsInputs(practice);
  for (let number = 0; number < COUNT; number += 1) {
    const input = made(make, SEED, number);
    const problem = await problemWith(input, (ending) => endings.set(ending, (endings.get(ending) ?? 0) + 1));
    if (problem !== null) throw new Error(`input ${number}: ${problem}\n${Buffer.from(input.message).toString("hex")}`);
  }
  // Every way to end must have been gone often, or the inputs do not try what they should.
  for (const ending of DNS_MESSAGES.endings) {
    expect([ending, (endings.get(ending) ?? 0) > COUNT / 20]).toEqual([ending, true]);
  }
}, 60_000);

describe("the watch itself", () => {
  function find(matches: (answer: SignedAnswer) => boolean): SignedAnswer {
    const found = practice.answers.find(matches);
    if (found === undefined) throw new Error("there is no such answer among the practice answers");
    return found;
  }

  function unaltered(answer: SignedAnswer): string {
    const key = questionKey(answer.question);
    const message = practice.messages.get(key);
    if (message === undefined) throw new Error("the reply was not kept");
    return exerciseValidation(answer, key, message, practice);
  }

  const secureWithRecords = ({ classification, walk }: SignedAnswer): boolean =>
    classification.status === "secure" && classification.records.length > 0 && walk.status === "secure";

  test("finds nothing wrong with unaltered replies", () => {
    for (const answer of practice.answers) expect(unaltered(answer)).toBe(answer.classification.status);
  });

  test("sees data that the zone did not sign", () => {
    const answer = find(secureWithRecords);
    const classification = { ...answer.classification, records: [] } as SignedAnswer["classification"];
    expect(() => unaltered({ ...answer, classification })).toThrow("data counts as secure that the zone did not sign");
  });

  test("sees a longer TTL", () => {
    const answer = find(secureWithRecords);
    const { classification } = answer;
    if (classification.status !== "secure") throw new Error("not secure");
    const records = classification.records.map((record) => ({ ...record, ttl: record.ttl - 1 }));
    expect(() => unaltered({ ...answer, classification: { ...classification, records } })).toThrow("a TTL is longer");
  });

  test("sees that secure and insecure change places", () => {
    const secure = find(secureWithRecords);
    const insecure = find(({ classification }) => classification.status === "insecure");
    const { classification } = secure;
    expect(() => unaltered({ ...insecure, classification, walk: secure.walk })).toThrow(
      "a signed answer counts as unsigned",
    );
    expect(() => unaltered({ ...secure, classification: insecure.classification })).toThrow(
      "an unsigned answer counts as secure",
    );
    expect(() => unaltered({ ...insecure, walk: secure.walk })).toThrow("a signed zone counts as unsigned");
  });

  test("sees other keys", () => {
    const answer = find(secureWithRecords);
    const steps = answer.walk.steps.map((step) => ({ ...step, keys: [] }));
    expect(() => unaltered({ ...answer, walk: { ...answer.walk, steps } })).toThrow(
      "with other keys than the zone has",
    );
  });

  test("sees what throws and what takes too long, twice", async () => {
    const input = (run: Input["run"]): Input => ({ message: new Uint8Array(), run });
    const count = (): void => undefined;
    const fails = input(() => {
      throw new TypeError("oh no");
    });
    expect(await problemWith(fails, count)).toMatch(/oh no/);
    let clock = 0;
    const usage = process.threadCpuUsage.bind(process);
    process.threadCpuUsage = (since) => ({ user: clock * 1_000 - (since?.user ?? 0), system: 0 });
    try {
      const slow = input(() => {
        clock += TIME_LIMIT_MS + 1;
        return "done";
      });
      expect(await problemWith(slow, count)).toBe("took 1001 ms");
      let pauses = 1;
      const interrupted = input(() => {
        clock += pauses * (TIME_LIMIT_MS + 1);
        pauses = 0;
        return "done";
      });
      expect(await problemWith(interrupted, count)).toBeNull();
    } finally {
      process.threadCpuUsage = usage;
    }
  });

  test("decoding is checked against encoding", () => {
    expect(exerciseDecoding(encodeMessage({ id: 1, flags: [], rcode: 0, question: null, ...NOTHING }))).toBe("decoded");
    expect(exerciseDecoding(new Uint8Array(3))).toBe("malformed");
  });
});

const NOTHING = { answer: [], authority: [], additional: [], edns: null };

describe("inputs", () => {
  test("repeat exactly", () => {
    const messages = [1, 2].map(() =>
      Array.from({ length: 50 }, (_, number) => made(dnsInputs(practice), SEED, number).message),
    );
    expect(messages[0]).toEqual(messages[1]);
  });

  test("differ by seed and by number", () => {
    const numbers = (seed: number, input: number): readonly number[] => {
      const random = new Random(seed, input);
      return Array.from({ length: 4 }, () => random.below(2 ** 32));
    };
    const all = [numbers(1, 1), numbers(1, 2), numbers(2, 1), numbers(0, 0)].map(String);
    expect(new Set(all).size).toBe(all.length);
    expect(numbers(7, 7)).toEqual(numbers(7, 7));
  });

  test("are shared out without gap or overlap", () => {
    const current = new SharedArrayBuffer(8);
    const shares = [0, 1, 2].map((index) => [...numbersOf({ seed: 1, first: 5, end: 32, index, workers: 3, current })]);
    expect(shares.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 27 }, (_, index) => index + 5));
    expect(shares[1]?.slice(0, 3)).toEqual([7, 8, 13]);
  });
});
