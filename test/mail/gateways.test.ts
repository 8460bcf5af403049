import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { MAX_GATEWAYS } from "../../lib/mail/gateway-mx.ts";
import { gatewayWants, type MailSubject, mailRoutes } from "../../lib/mail/gateways.ts";
import type { Question, ResourceRecord } from "../../lib/wire/message.ts";
import { name } from "../../lib/wire/name.ts";
import { classifying, hearing, mangled, type Outcome, recordsOf } from "./gateway-reading.ts";

const ABOUT: MailSubject = {
  domain: name("kommune.dk"),
  randomName: name("tilfaeldig.kommune.dk"),
  declaredGateways: [],
};
const keys = (questions: readonly Question[]) => [...new Set(questions.map(({ name: of, type }) => `${of} ${type}`))];
const RANDOM = "tilfaeldig.kommune.dk. MX";
const BOTH_MX = ["kommune.dk. MX", RANDOM];

const mxOf = (...data: readonly string[]) => recordsOf(...data.map((each) => `kommune.dk. MX ${each}`));
const NO_RECORDS: readonly ResourceRecord[] = [];

describe("what is wanted", () => {
  const wants = (said: Parameters<typeof hearing>[0], about = ABOUT) => keys(gatewayWants(about)(hearing(said)).wanted);

  test("is MX of the domain and of a name nobody has made, to begin with", () => {
    expect(wants({})).toEqual(BOTH_MX);
  });

  test("is then the addresses of every host, and not the domain's own", () => {
    expect(wants({ "kommune.dk. MX": mxOf("10 a.dk.", "20 b.dk.", "0 .") })).toEqual([
      ...BOTH_MX,
      ...["a.dk. A", "a.dk. AAAA", "b.dk. A", "b.dk. AAAA"],
    ]);
  });

  test.each([
    ["no such type", NO_RECORDS],
    ["no such name", 3],
  ])("is the domain's own addresses where MX is answered with %s", (_, said) => {
    expect(wants({ "kommune.dk. MX": said })).toEqual([...BOTH_MX, "kommune.dk. A", "kommune.dk. AAAA"]);
  });

  test.each([
    ["silence", null],
    ["SERVFAIL", 2],
    ["REFUSED", 5],
  ])("is nothing more where MX is answered with %s", (_, said) => {
    expect(wants({ "kommune.dk. MX": said })).toEqual(BOTH_MX);
  });

  test("is the wildcard's hosts too", () => {
    const wild = recordsOf("tilfaeldig.kommune.dk. MX 10 w.dk.");
    expect(wants({ "kommune.dk. MX": mxOf("10 a.dk."), [RANDOM]: wild })).toContain("w.dk. AAAA");
  });

  test("is every declared gateway from the start", () => {
    expect(wants({}, { ...ABOUT, declaredGateways: [name("d.dk")] })).toEqual([...BOTH_MX, "d.dk. A", "d.dk. AAAA"]);
  });

  test("is what aliases of MX, of hosts lead to", () => {
    const said = {
      "kommune.dk. MX": recordsOf("kommune.dk. CNAME anden.dk."),
      "anden.dk. MX": recordsOf("anden.dk. MX 10 a.dk."),
      "a.dk. A": recordsOf("a.dk. CNAME b.dk."),
    };
    expect(wants(said)).toEqual(["kommune.dk. MX", "anden.dk. MX", RANDOM, "a.dk. A", "b.dk. A", "a.dk. AAAA"]);
  });

  test("is asked once where the random name is the domain itself", () => {
    expect(wants({}, { ...ABOUT, randomName: ABOUT.domain })).toEqual(["kommune.dk. MX"]);
  });

  test("is bounded in hosts", () => {
    const many = Array.from({ length: 3 * MAX_GATEWAYS }, (_, index) => `10 h${index}.dk.`);
    expect(wants({ "kommune.dk. MX": mxOf(...many) })).toHaveLength(2 + 2 * MAX_GATEWAYS);
  });

  test("never shrinks when more is heard", () => {
    const said: Readonly<Record<string, readonly ResourceRecord[] | number>> = {
      "kommune.dk. MX": mxOf("10 a.dk.", "10 b.dk."),
      [RANDOM]: recordsOf("tilfaeldig.kommune.dk. MX 5 0.dk."),
      "a.dk. A": recordsOf("a.dk. CNAME c.dk."),
      "a.dk. AAAA": NO_RECORDS,
      "c.dk. A": 3,
    };
    const all = Object.keys(said);
    fc.assert(
      fc.property(fc.subarray(all), fc.subarray(all), (some, others) => {
        const only = (chosen: readonly string[]) => Object.fromEntries(chosen.map((key) => [key, said[key] ?? 2]));
        const more = new Set(wants(only([...some, ...others])));
        expect(wants(only(some)).filter((key) => !more.has(key))).toEqual([]);
      }),
    );
  });
});

const SECURE_HOST: Outcome = { status: "secure", records: recordsOf("a.dk. A 192.0.2.1") };
const DENIED: Outcome = { status: "secure" };
const A_DK = { "a.dk. A": SECURE_HOST, "a.dk. AAAA": DENIED };
const routesOf = (outcomes: Readonly<Record<string, Outcome>>, about = ABOUT) =>
  mailRoutes(about, classifying({ [RANDOM]: { status: "secure", answer: "nxdomain" }, ...outcomes }));
const routeOf = (outcomes: Readonly<Record<string, Outcome>>) => routesOf(outcomes)[0];
const mx = (...data: readonly string[]): Outcome => ({ status: "secure", records: mxOf(...data) });

describe("the domain's own route", () => {
  test("is by MX where there are hosts", () => {
    expect(routesOf({ "kommune.dk. MX": mx("10 a.dk."), ...A_DK })).toMatchObject([
      {
        origin: "domain",
        mailDomain: "kommune.dk.",
        form: "mx",
        nullBesides: false,
        hosts: [{ host: "a.dk.", preferences: [10] }],
      },
    ]);
  });

  test("takes unsigned MX as heard, and bogus MX not at all", () => {
    const records = mxOf("10 a.dk.");
    expect(routeOf({ "kommune.dk. MX": { status: "insecure", records }, ...A_DK })).toMatchObject({ form: "mx" });
    expect(routeOf({ "kommune.dk. MX": { status: "bogus", records }, ...A_DK })).toMatchObject({
      form: "unknown",
      hosts: [],
    });
  });

  test.each(["indeterminate", "need", "bogus"] as const)(
    "is unknown where MX is %s, whatever the addresses are",
    (status) => {
      const own = { "kommune.dk. A": DENIED, "kommune.dk. AAAA": DENIED };
      expect(routeOf({ "kommune.dk. MX": { status }, ...own })).toMatchObject({ form: "unknown", hosts: [] });
    },
  );

  test("is null MX only where nothing else is said", () => {
    expect(routeOf({ "kommune.dk. MX": mx("0 .") })).toMatchObject({
      form: "null-mx",
      nullPreferences: [0],
      hosts: [],
    });
    expect(routeOf({ "kommune.dk. MX": mx("0 .", "10 a.dk."), ...A_DK })).toMatchObject({
      form: "mx",
      nullBesides: true,
    });
    const records = [...mxOf("0 ."), mangled("kommune.dk", "MX")];
    expect(routeOf({ "kommune.dk. MX": { status: "secure", records } })).toMatchObject({
      form: "unknown",
      unreadable: 1,
    });
  });

  test("is by the domain's own addresses where there is no MX", () => {
    const own = { "kommune.dk. A": SECURE_HOST, "kommune.dk. AAAA": DENIED };
    expect(routeOf({ "kommune.dk. MX": DENIED, ...own })).toMatchObject({
      form: "implicit",
      hosts: [{ host: "kommune.dk.", preferences: [], protection: "secure" }],
    });
  });

  test("is by addresses that do not validate, too", () => {
    const own = { "kommune.dk. A": { status: "bogus" }, "kommune.dk. AAAA": DENIED } as const;
    expect(routeOf({ "kommune.dk. MX": DENIED, ...own })).toMatchObject({ form: "implicit" });
  });

  test("is none only where both families are denied", () => {
    const none = { "kommune.dk. A": DENIED, "kommune.dk. AAAA": { status: "insecure" } } as const;
    expect(routeOf({ "kommune.dk. MX": DENIED, ...none })).toMatchObject({ form: "none", hosts: [] });
    const half = { "kommune.dk. A": DENIED, "kommune.dk. AAAA": { status: "indeterminate" } } as const;
    expect(routeOf({ "kommune.dk. MX": DENIED, ...half })).toMatchObject({
      form: "unknown",
      hosts: [{ reach: "unknown" }],
    });
  });

  test("says which hosts were left out", () => {
    const many = Array.from({ length: MAX_GATEWAYS + 1 }, (_, index) => `10 h${String(index).padStart(2, "0")}.dk.`);
    expect(routeOf({ "kommune.dk. MX": mx(...many) })).toMatchObject({ form: "mx", leftOut: ["h64.dk."] });
  });
});

describe("other routes", () => {
  const own = { "kommune.dk. MX": mx("0 ."), ...A_DK };

  test("are the wildcard's where a name nobody has made has MX", () => {
    const wild: Outcome = { status: "secure", records: recordsOf("tilfaeldig.kommune.dk. MX 7 a.dk.") };
    expect(routesOf({ ...own, [RANDOM]: wild })[1]).toMatchObject({
      ...{ origin: "wildcard", mailDomain: "*.kommune.dk.", form: "mx" },
      hosts: [{ host: "a.dk.", preferences: [7] }],
    });
  });

  test.each(["bogus", "indeterminate", "need", "secure", "insecure"] as const)(
    "are none where that name is %s",
    (status) => {
      expect(routesOf({ ...own, [RANDOM]: { status } })).toHaveLength(1);
    },
  );

  test("are none where the random name is the domain itself", () => {
    const about = { ...ABOUT, randomName: ABOUT.domain };
    expect(routesOf({ "kommune.dk. MX": mx("10 a.dk."), ...A_DK }, about)).toHaveLength(1);
  });

  test("are the declared gateways', each once, and bounded", () => {
    const gateways = [name("b.dk"), name("a.dk"), name("b.dk")];
    expect(routesOf(own, { ...ABOUT, declaredGateways: gateways })[1]).toMatchObject({
      ...{ origin: "declared", form: "declared", mx: null, leftOut: [] },
      hosts: [
        { host: "a.dk.", protection: "secure" },
        { host: "b.dk.", protection: "unknown" },
      ],
    });
    const many = Array.from({ length: MAX_GATEWAYS + 1 }, (_, index) => name(`h${index}.dk`));
    expect(routesOf(own, { ...ABOUT, declaredGateways: many })[1]?.leftOut).toHaveLength(1);
  });

  test("keep the preferences of their own records for a host that they share", () => {
    const wild: Outcome = { status: "secure", records: recordsOf("tilfaeldig.kommune.dk. MX 7 a.dk.") };
    const routes = routesOf({ ...A_DK, "kommune.dk. MX": mx("10 a.dk."), [RANDOM]: wild });
    expect(routes.map(({ hosts }) => hosts[0]?.preferences)).toEqual([[10], [7]]);
  });
});
