import { describe, expect, test } from "@jest/globals";
import { DNSSEC_POLICY } from "../../data/dnssec-policy.ts";
import { createSignatureMemo, type SignatureMemo } from "../../lib/dnssec/signature-memo.ts";
import { createValidator } from "../../lib/dnssec/validator.ts";
import type { ResourceRecord } from "../../lib/wire/message.ts";
import { name } from "../../lib/wire/name.ts";
import { observed } from "../../lib/core/observation.ts";
import { ask } from "./support/judge.ts";
import { respond } from "./support/responder.ts";
import { signedZones, testAnchors, TEST_TIME } from "./support/signed-zones.ts";
import { anchorOf, keyRecord, makeKey, signSet, signed, tagOf, worldOf } from "./support/signer.ts";

const { bounds } = DNSSEC_POLICY;
const key = makeKey("example.");

function countingMemo(): { readonly memo: SignatureMemo; readonly asked: () => number } {
  let asked = 0;
  const inner = createSignatureMemo();
  const recall = (text: string): boolean | undefined => {
    asked += 1;
    return inner.recall(text);
  };
  return { memo: { ...inner, recall }, asked: () => asked };
}

/** Keys that share `keyTag`: the last two octets make up the difference in the sum that the tag is. */
function collidingKeys(count: number, keyTag: number): readonly ResourceRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const point = Buffer.alloc(32);
    point.writeUInt16BE(index + 1, 0);
    const missing = keyTag - tagOf(keyRecord("example.", point, 256)) + 0x1_0000;
    for (const word of [missing, missing - 1, missing + 1]) {
      point.writeUInt16BE(word % 0x1_0000, 30);
      const record = keyRecord("example.", point, 256);
      if (tagOf(record) === keyTag) return record;
    }
    throw new Error("no key found");
  });
}

describe("colliding keys and signatures (CVE-2023-50387)", () => {
  const colliding = collidingKeys(40, key.keyTag);
  const keys = [key.record, ...colliding];
  const keySet = { answer: [...keys, signSet(key, keys)] };
  const a = { name: name("www.example."), type: "A", ttl: 60, data: "wAACAQ==" };
  const signatures = Array.from({ length: 100 }, (_, index) =>
    signSet(key, [a], { signature: Buffer.alloc(64, index + 1), expiration: TEST_TIME + 1000 + index }),
  );

  test("are tried no more often than the policy allows, and the answer is bogus", () => {
    const { memo, asked } = countingMemo();
    const lookup = worldOf(key, {
      "example/DNSKEY": keySet,
      "www.example/A": { answer: [a, ...signatures] },
      "www.example/DS": { authority: signed(key, "www.example. 60 IN NSEC z.example. A RRSIG NSEC") },
    });
    const validator = createValidator({ anchors: [anchorOf(key)], at: TEST_TIME, memo });
    const found = validator.classify(ask("www.example/A"), lookup);
    expect(found).toMatchObject({ status: "bogus", reason: "work-limit", zone: "example." });
    expect(asked()).toBeLessThanOrEqual(3 * bounds.signaturesPerSet);
  });

  test("do no harm below the limit", () => {
    const some = [key.record, ...colliding.slice(0, 5)];
    const lookup = worldOf(key, {
      "example/DNSKEY": { answer: [...some, signSet(key, some)] },
      "www.example/A": { answer: [a, signSet(key, [a])] },
      "www.example/DS": { authority: signed(key, "www.example. 60 IN NSEC z.example. A RRSIG NSEC") },
    });
    const validator = createValidator({ anchors: [anchorOf(key)], at: TEST_TIME });
    expect(validator.classify(ask("www.example/A"), lookup)).toMatchObject({ status: "secure" });
  });

  test("in the DNSKEY RRset do not multiply with the anchors", () => {
    const anchors = Array.from({ length: 200 }, (_, index) => ({
      ...anchorOf(key),
      digest: index.toString(16).padStart(64, "0").toUpperCase(),
    }));
    const validator = createValidator({ anchors, at: TEST_TIME });
    const found = validator.classify(ask("example/SOA"), worldOf(key, { "example/DNSKEY": keySet }));
    expect(found).toMatchObject({ status: "bogus", reason: "work-limit" });
  });
});

describe("the signatures of one question", () => {
  test("are bounded as a whole, also over many RRsets", () => {
    const policy = { ...DNSSEC_POLICY, bounds: { ...bounds, signaturesPerQuestion: 4 } };
    const zones = signedZones();
    const lookup = (question: Parameters<typeof respond>[1]): ReturnType<typeof observed<ReturnType<typeof respond>>> =>
      observed(respond(zones, question));
    const { memo, asked } = countingMemo();
    const validator = createValidator({ anchors: testAnchors(), at: TEST_TIME, policy, memo });
    expect(validator.classify(ask("kommune.dk/A"), lookup)).toMatchObject({ status: "bogus", reason: "work-limit" });
    expect(asked()).toBe(4);
  });

  test("count the same when they are remembered, so that a verdict does not depend on what was seen before", () => {
    const policy = { ...DNSSEC_POLICY, bounds: { ...bounds, signaturesPerQuestion: 4 } };
    const zones = signedZones();
    const memo = createSignatureMemo();
    const lookup = (question: Parameters<typeof respond>[1]): ReturnType<typeof observed<ReturnType<typeof respond>>> =>
      observed(respond(zones, question));
    createValidator({ anchors: testAnchors(), at: TEST_TIME, memo }).classify(ask("kommune.dk/A"), lookup);
    const validator = createValidator({ anchors: testAnchors(), at: TEST_TIME, policy, memo });
    expect(validator.classify(ask("kommune.dk/A"), lookup)).toMatchObject({ status: "bogus", reason: "work-limit" });
  });
});

describe("denial records (CVE-2023-50868)", () => {
  test("more than the policy allows are not looked at", () => {
    const many = Array.from({ length: bounds.denialSets + 1 }, (_, index) =>
      signed(key, `n${index}.example. 60 IN NSEC n${index}x.example. A RRSIG NSEC`),
    ).flat();
    const reply = { rcode: 3, authority: many };
    const { memo, asked } = countingMemo();
    const validator = createValidator({ anchors: [anchorOf(key)], at: TEST_TIME, memo });
    const lookup = worldOf(key, { "q.example/A": reply, "q.example/DS": reply });
    expect(validator.classify(ask("q.example/A"), lookup)).toMatchObject({ status: "bogus", reason: "work-limit" });
    expect(asked()).toBe(1);
  });

  test("hash no more names than the policy allows", () => {
    const policy = { ...DNSSEC_POLICY, bounds: { ...bounds, hashesPerQuestion: 1 } };
    const nsec3 = "00000000000000000000000000000000.example. 60 IN NSEC3 1 0 100 - 00000000000000000000000000000001 A";
    const reply = { rcode: 3, authority: signed(key, nsec3) };
    const validator = createValidator({ anchors: [anchorOf(key)], at: TEST_TIME, policy });
    const lookup = worldOf(key, { "q.example/A": reply, "q.example/DS": reply });
    expect(validator.classify(ask("q.example/A"), lookup)).toMatchObject({ status: "bogus", reason: "work-limit" });
  });
});

describe("aliases", () => {
  test("are followed no further than the policy allows", () => {
    const links = bounds.aliases + 2;
    const replies = Object.fromEntries(
      Array.from({ length: links }, (_, index) => [
        [
          `n${index}.example/A`,
          { answer: signed(key, `n${index}.example. 60 IN CNAME n${index + 1}.example.`) },
        ] as const,
        [
          `n${index}.example/DS`,
          { answer: signed(key, `n${index}.example. 60 IN CNAME n${index + 1}.example.`) },
        ] as const,
      ]).flat(),
    );
    const validator = createValidator({ anchors: [anchorOf(key)], at: TEST_TIME });
    const found = validator.classify(ask("n0.example/A"), worldOf(key, replies));
    expect(found).toMatchObject({ status: "indeterminate", cause: "dns-servfail", reason: "alias-limit" });
    expect(found.aliases.length).toBe(bounds.aliases + 1);
  });

  test("that grow by a DNAME end", () => {
    const dname = signed(key, "d.example. 60 IN DNAME x.d.example.");
    const lookup = (question: Parameters<typeof respond>[1]) => {
      const known = worldOf(key, {})(question);
      const reply = { answer: dname, authority: [] };
      return known ?? worldOf(key, { [`${question.name}/${question.type}`]: reply })(question);
    };
    const validator = createValidator({ anchors: [anchorOf(key)], at: TEST_TIME });
    expect(validator.classify(ask("q.d.example/A"), lookup)).toMatchObject({
      status: "indeterminate",
      reason: "alias-limit",
    });
  });
});
