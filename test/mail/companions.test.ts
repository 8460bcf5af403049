import { describe, expect, test } from "@jest/globals";
import { observed, unobserved } from "../../lib/core/observation.ts";
import type { Lookup } from "../../lib/dnssec/lookup.ts";
import { companionWants, type Companions, readCompanions } from "../../lib/mail/companions.ts";
import type { Question, ResourceRecord } from "../../lib/wire/message.ts";
import { name } from "../../lib/wire/name.ts";
import { classifying, mangled, type Outcome, recordsOf } from "./gateway-reading.ts";

const DOMAIN = name("post.kommune.dk");
const NOTHING: Outcome = { status: "secure" };

/** Every question answered with nothing, signed, save those that are told of. */
function read(outcomes: Readonly<Record<string, Outcome>>): Companions {
  const silent = {
    "_mta-sts.post.kommune.dk. TXT": NOTHING,
    "_smtp._tls.post.kommune.dk. TXT": NOTHING,
    "post.kommune.dk. CAA": NOTHING,
    "kommune.dk. CAA": NOTHING,
    "dk. CAA": NOTHING,
  };
  return readCompanions({ domain: DOMAIN }, classifying({ ...silent, ...outcomes }));
}

function txt(owner: string, ...texts: readonly string[]): Outcome {
  return { status: "secure", records: recordsOf(...texts.map((text) => `${owner} TXT "${text}"`)) };
}

const STS = "_mta-sts.post.kommune.dk.";
const TLS = "_smtp._tls.post.kommune.dk.";
const GOOD_STS = "v=STSv1\\; id=20260101";
const GOOD_TLS = "v=TLSRPTv1\\; rua=mailto:tls@kommune.dk";

describe("texts", () => {
  test("are absent where nothing is", () => {
    expect(read({})).toEqual({
      mtaSts: { state: "absent", at: STS, secure: true },
      tlsReporting: { state: "absent", at: TLS, secure: true },
      caa: { state: "absent", at: DOMAIN, secure: true },
    });
  });

  test("are present, and other texts beside them do not count", () => {
    const { mtaSts, tlsReporting } = read({
      [`${STS} TXT`]: txt(STS, "v=spf1 -all", GOOD_STS, "v=STSv1 \\; id=2"),
      [`${TLS} TXT`]: { ...txt(TLS, GOOD_TLS), status: "insecure" },
    });
    const value = { id: "20260101", policy: "not-fetched" };
    expect(mtaSts).toEqual({ state: "present", at: STS, secure: true, value, texts: ["v=STSv1; id=20260101"] });
    expect(tlsReporting).toMatchObject({ state: "present", secure: false, value: { rua: [{ host: "kommune.dk." }] } });
  });

  test("of which there are several count for nothing, even when all but one are malformed", () => {
    const found = read({
      [`${STS} TXT`]: txt(STS, GOOD_STS, "v=STSv1\\; id=!"),
      [`${TLS} TXT`]: txt(TLS, GOOD_TLS, GOOD_TLS),
    });
    expect(found.mtaSts).toMatchObject({ state: "several", at: STS, count: 2 });
    expect(found.tlsReporting).toMatchObject({ state: "several", at: TLS, count: 2 });
  });

  test.each([
    [GOOD_STS.replace("=2026", "=20-26"), "id"],
    ["v=STSv1 \\; id=1", "version"],
  ])("that senders cannot use are invalid: %s", (text, problem) => {
    expect(read({ [`${STS} TXT`]: txt(STS, text) }).mtaSts).toMatchObject({ state: "invalid", at: STS, problem });
  });

  test("of others, and data that is none, are passed over", () => {
    const odd: Outcome = { status: "secure", records: [...recordsOf(`${STS} TXT "hello"`), mangled(STS, "TXT")] };
    expect(read({ [`${STS} TXT`]: odd }).mtaSts).toMatchObject({ state: "absent" });
  });

  test("are shown in part when they are long", () => {
    const long = `${GOOD_STS}\\; x=${"y".repeat(200)}`;
    const { mtaSts } = read({ [`${STS} TXT`]: txt(STS, long) });
    expect(mtaSts.state === "present" && mtaSts.texts.map((text) => text.length)).toEqual([201]);
  });

  test("are shown in part when they are many", () => {
    const { mtaSts } = read({ [`${STS} TXT`]: txt(STS, ...Array.from({ length: 20 }, (_, at) => `${GOOD_STS}${at}`)) });
    expect(mtaSts.state === "several" && [mtaSts.count, mtaSts.texts.length]).toEqual([20, 8]);
  });

  test("below a name that has no room for them are absent", () => {
    const label = "a".repeat(63);
    const domain = name(`${label}.${label}.${label}.${"b".repeat(55)}.dk`);
    const { tlsReporting } = readCompanions({ domain }, classifying({}));
    expect(tlsReporting).toEqual({ state: "absent", at: domain, secure: false });
    const { wanted } = companionWants(domain)(() => undefined);
    expect(wanted.map(({ type }) => type)).toEqual(["CAA"]);
  });
});

describe("what is no answer is none", () => {
  test.each<[Outcome["status"], string]>([
    ["bogus", "bogus"],
    ["indeterminate", "unknown"],
    ["need", "unknown"],
  ])("%s", (status, state) => {
    const outcome = { status };
    const found = read({ [`${STS} TXT`]: outcome, [`${TLS} TXT`]: outcome, "kommune.dk. CAA": outcome });
    expect(found.mtaSts).toMatchObject({ state, at: STS });
    expect(found.tlsReporting).toMatchObject({ state, at: TLS });
    expect(found.caa).toMatchObject({ state, at: "kommune.dk." });
  });
});

function caa(owner: string, ...properties: readonly string[]): Readonly<Record<string, Outcome>> {
  const records = recordsOf(...properties.map((property) => `${owner} CAA ${property}`));
  return { [`${owner} CAA`]: { status: "secure", records } };
}

function whatCaaSays(...properties: readonly string[]): unknown {
  const found = read(caa("post.kommune.dk.", ...properties)).caa;
  return found.state === "present" ? found.value : found.state;
}

describe("CAA (RFC 8659)", () => {
  test("of the nearest name that has any", () => {
    const nearest = { ...caa("dk.", '0 issue "far.example"'), ...caa("kommune.dk.", '0 issue "near.example"') };
    expect(read(nearest).caa).toMatchObject({
      ...{ state: "present", at: "kommune.dk.", secure: true, texts: ['0 issue "near.example"'] },
      value: { issuers: ["near.example"] },
    });
    expect(read(caa("dk.", '0 issue "far.example"')).caa).toMatchObject({ state: "present", at: "dk." });
  });

  test("is protected only when all names below are", () => {
    const found = read({
      ...caa("kommune.dk.", '0 issue "a.example"'),
      "post.kommune.dk. CAA": { status: "insecure" },
    });
    expect(found.caa).toMatchObject({ state: "present", secure: false });
  });

  test.each<[string, readonly string[], object]>([
    [
      "one may issue",
      ['0 issue "Ca.Example; account=1"'],
      { issuers: ["ca.example"], wildcardIssuers: ["ca.example"] },
    ],
    ["nobody may issue", ['0 issue ";"'], { issuers: [], wildcardIssuers: [] }],
    ["a malformed value permits nobody", ['0 issue "a b"'], { issuers: [] }],
    [
      "wildcards are another matter",
      ['0 issue "a.example"', '0 issue " b.example "', '0 issuewild ";"'],
      { issuers: ["a.example", "b.example"], wildcardIssuers: [] },
    ],
    [
      "nothing is said of issuing",
      ['0 iodef "mailto:a@b.dk"'],
      { issuers: null, wildcardIssuers: null, hasUnknownCritical: false },
    ],
    ["only wildcards", ['0 issuewild "a.example"'], { issuers: null, wildcardIssuers: ["a.example"] }],
    ["an unknown property that must be understood", ['128 other "x"'], { hasUnknownCritical: true }],
    ["an unknown property that need not be", ['0 other "x"', '128 issue "a.example"'], { hasUnknownCritical: false }],
  ])("%s", (_, properties, expected) => expect(whatCaaSays(...properties)).toMatchObject(expected));

  test("whose data is none is invalid", () => {
    const records = [...recordsOf('kommune.dk. CAA 0 issue "a.example"'), mangled("kommune.dk", "CAA")];
    const found = read({ "kommune.dk. CAA": { status: "secure", records } }).caa;
    expect(found).toMatchObject({ state: "invalid", at: "kommune.dk.", problem: "data" });
  });
});

function replying(
  replies: Readonly<Record<string, readonly ResourceRecord[]>>,
  silent: readonly string[] = [],
): Lookup {
  return (question) => {
    const key = `${question.name} ${question.type}`;
    if (silent.includes(key)) return unobserved("dns-timeout", "no answer");
    const answer = replies[key];
    if (answer === undefined) return undefined;
    return observed({ rcode: 0, flags: [], question, answer, authority: [], additional: [], edns: null });
  };
}

function wanted(lookup: Lookup): readonly string[] {
  return companionWants(DOMAIN)(lookup).wanted.map(({ name: at, type }: Question) => `${at} ${type}`);
}

describe("what is asked", () => {
  const texts = [`${STS} TXT`, `${TLS} TXT`];

  test("CAA of one name after the other, up to the one that has it", () => {
    const own = "post.kommune.dk. CAA";
    expect(wanted(() => undefined)).toEqual([...texts, own]);
    expect(wanted(replying({ [own]: [] }))).toEqual([...texts, own, "kommune.dk. CAA"]);
    const some = { [own]: [], "kommune.dk. CAA": recordsOf('kommune.dk. CAA 0 issue "a.example"') };
    expect(wanted(replying(some))).toEqual([...texts, own, "kommune.dk. CAA"]);
    const none = { [own]: [], "kommune.dk. CAA": [], "dk. CAA": [] };
    expect(wanted(replying(none))).toEqual([...texts, own, "kommune.dk. CAA", "dk. CAA"]);
  });

  test("nothing beyond a name that is silent", () => {
    expect(wanted(replying({}, ["post.kommune.dk. CAA"]))).toEqual([...texts, "post.kommune.dk. CAA"]);
  });

  test("where aliases lead", () => {
    const alias = recordsOf(`${STS} CNAME sts.udbyder.dk.`);
    expect(wanted(replying({ [`${STS} TXT`]: alias }))).toContain("sts.udbyder.dk. TXT");
  });
});
