import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Buffer } from "node:buffer";
import { COMMON_SELECTORS } from "../../../data/dkim-selectors.ts";
import { MAIL_PROVIDERS } from "../../../data/mail-providers.ts";
import { observed, unobserved } from "../../../lib/core/observation.ts";
import type { AnswerBook } from "../../../lib/dnssec/answer-book.ts";
import { indexBook } from "../../../lib/dnssec/lookup.ts";
import { dkimWants, recentlyReported, REPORT_DAYS } from "../../../lib/mail/dkim/dkim-wants.ts";
import { randomNames, selectorName } from "../../../lib/mail/dkim/names.ts";
import {
  isGuessing,
  MAX_SELECTORS,
  selectorQuestions,
  selectorsToTry,
} from "../../../lib/mail/dkim/selectors-to-try.ts";
import { isGatewayZoneSigned, providerOfMx, providerOfSpf } from "../../../lib/mail/providers.ts";
import { parseRdataText } from "../../../lib/wire/presentation.ts";
import { name, type Name, ROOT } from "../../../lib/wire/name.ts";
import { RCODE } from "../../../lib/wire/rcode.ts";

const domain = name("kommune.dk");
const nobody = { domain, declared: [], reported: [] };
const report = { selector: "r1", passed: 1, firstDay: "2026-11-01", lastDay: "2026-11-20", reporters: [] };

/** A book in which each line "owner TYPE data" is answered, and a line "owner TYPE" with NXDOMAIN. */
function book(...lines: readonly string[]): AnswerBook {
  return [...Map.groupBy(lines, (line) => line.split(" ", 2).join(" "))].map(([key, group]) => {
    const [owner = "", type = ""] = key.split(" ");
    const question = { name: name(owner), type };
    const answer = group.flatMap((line) => {
      const text = line.slice(key.length + 1);
      if (text === "") return [];
      const data = parseRdataText(type, text, ROOT);
      if (!data.ok) throw new Error(data.problem);
      return [{ ...question, ttl: 300, data: Buffer.from(data.value).toString("base64") }];
    });
    const rcode = answer.length > 0 ? RCODE.NOERROR : RCODE.NXDOMAIN;
    return {
      question,
      reply: observed({ rcode, flags: [], question, answer, authority: [], additional: [], edns: null }),
    };
  });
}

/** `_domainkey` exists, without records. */
function withEmptyNonTerminal(entry: AnswerBook[number]): AnswerBook[number] {
  if (entry.question.name !== "_domainkey.kommune.dk." || entry.reply.state !== "observed") return entry;
  return { ...entry, reply: observed({ ...entry.reply.value, rcode: RCODE.NOERROR }) };
}

const NO_MAIL = ["kommune.dk MX", "kommune.dk TXT"];
const selectorsFor = (known: Parameters<typeof selectorsToTry>[0], ...lines: readonly string[]) =>
  selectorsToTry(known, indexBook(book(...lines))).map(({ selector, origin }) => `${origin} ${selector}`);

describe("which selectors are looked for", () => {
  test("nobody's selectors: none before MX and TXT were heard, then the common ones", () => {
    expect(selectorsFor(nobody)).toEqual([]);
    expect(selectorsFor(nobody, ...NO_MAIL)).toEqual(COMMON_SELECTORS.map((selector) => `provider ${selector}`));
  });

  test("a declared selector with a key ends the search", () => {
    const known = { ...nobody, declared: ["a"] };
    const key = 'a._domainkey.kommune.dk TXT "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="';
    expect(selectorsFor(known, ...NO_MAIL, key)).toEqual(["declared a"]);
    expect(selectorsFor(known, ...NO_MAIL)).toEqual(["declared a"]);
    expect(selectorsFor(known, ...NO_MAIL, 'a._domainkey.kommune.dk TXT "v=DKIM1; p="')).toContain("provider mail");
    expect(selectorsFor(known, ...NO_MAIL, "a._domainkey.kommune.dk TXT")).toContain("provider mail");
  });

  test("a declared selector that gives no answer does not end it", () => {
    const question = { name: name("a._domainkey.kommune.dk"), type: "TXT" };
    const replies = [...book(...NO_MAIL), { question, reply: unobserved("dns-timeout", "silence") }];
    expect(selectorsToTry({ ...nobody, declared: ["a"] }, indexBook(replies)).length).toBeGreaterThan(1);
  });

  test("guessing begins when nothing that is named has a key", () => {
    const known = { ...nobody, declared: ["a"] };
    const guessing = (...lines: readonly string[]) => isGuessing(known, indexBook(book(...lines)));
    const absent = "a._domainkey.kommune.dk TXT";
    expect([guessing(), guessing(absent), guessing(...NO_MAIL)]).toEqual([false, false, false]);
    expect(guessing(...NO_MAIL, absent)).toBe(true);
    expect(guessing(...NO_MAIL, `${absent} "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="`)).toBe(
      false,
    );
  });

  test("both declared and reported stands twice, and is asked about once", () => {
    const known = { ...nobody, declared: ["R1", "R1"], reported: [report] };
    const sought = selectorsToTry(known, indexBook([]));
    expect(sought.map(({ origin }) => origin)).toEqual(["declared", "reported"]);
    expect(selectorQuestions(sought, domain)).toEqual([{ name: name("r1._domainkey.kommune.dk"), type: "TXT" }]);
  });

  test("who receives the mail comes before whom SPF lets send; macros and nobody's names say nothing", () => {
    const heard = selectorsFor(
      nobody,
      "kommune.dk MX 20 aspmx.l.google.com.",
      "kommune.dk MX 10 kommune-dk.mail.protection.outlook.com.",
      'kommune.dk TXT "v=spf1 include:sendgrid.net include:%{i}.example.org redirect=spf.simply.com"',
      'kommune.dk TXT "include:servers.mcsv.net"',
      ...["selector1", "selector2", "google", "s1", "s2"].map((each) => `${each}._domainkey.kommune.dk TXT`),
      ...["simplycom1", "simplycom2"].map((each) => `${each}._domainkey.kommune.dk TXT`),
    );
    expect(heard).toEqual(
      ["selector1", "selector2", "google", "s1", "s2", "simplycom1", "simplycom2", "unoeuro"].map(
        (each) => `provider ${each}`,
      ),
    );
  });

  test("never more than the bound, and what is no selector is left out", () => {
    const declared = [...Array.from({ length: 40 }, (_, index) => `s${index}`), "a..b", "", "ö", "x".repeat(64), "a/b"];
    const sought = selectorsToTry({ ...nobody, declared }, indexBook([]));
    expect(sought).toHaveLength(MAX_SELECTORS);
    expect(selectorName("a..b", domain)).toBeNull();
    expect(selectorName("a b", domain)).toBeNull();
    expect(selectorName("x".repeat(64), domain)).toBeNull();
    expect(selectorName("april.2026", domain)).toBe("april.2026._domainkey.kommune.dk.");
  });

  test("more is never wanted less", () => {
    const subject = {
      ...{ ...nobody, declared: ["a"], reported: [report] },
      randomSibling: name("_x.kommune.dk"),
      randomSelector: name("x._domainkey.kommune.dk"),
    };
    const lines = [
      ...["kommune.dk MX 10 mx.sendgrid.net.", "kommune.dk TXT", "_dmarc.kommune.dk TXT", "_domainkey.kommune.dk TXT"],
      ...["a", "r1", "s1", "s2", "mail", "dkim"].map((each) => `${each}._domainkey.kommune.dk TXT`),
    ];
    fc.assert(
      fc.property(fc.subarray(lines), fc.subarray(lines), fc.boolean(), (some, more, isThere) => {
        const heardOf = (heardLines: readonly string[]) => {
          const entries = book(...heardLines);
          return indexBook(isThere ? entries.map(withEmptyNonTerminal) : entries);
        };
        const before = dkimWants(subject)(heardOf(some)).wanted;
        const after = dkimWants(subject)(heardOf([...new Set([...some, ...more])])).wanted;
        expect(after).toEqual(expect.arrayContaining([...before]));
      }),
    );
  });
});

test("reports count for a while, if anything passed, the latest first", () => {
  const at = Date.parse("2026-11-23T10:00:00.000Z");
  const first = new Date(at - (REPORT_DAYS - 1) * 86_400_000).toISOString().slice(0, 10);
  const reports = [
    { ...report, selector: "old", lastDay: "2026-09-21" },
    { ...report, selector: "early", lastDay: first },
    { ...report, selector: "late" },
    { ...report, selector: "never", passed: 0 },
    { ...report, selector: "odd", lastDay: "yesterday" },
  ];
  expect(recentlyReported(reports, at).map(({ selector }) => selector)).toEqual(["late", "early"]);
});

test("random names stay within what a name can hold", () => {
  expect(randomNames(domain, "abcdefghijklmnop")).toEqual({
    sibling: "_abcdefghijklmnop.kommune.dk.",
    selector: "abcdefghijklmnop._domainkey.kommune.dk.",
  });
  const long = name(`${"a".repeat(63)}.${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(45)}.dk`);
  const { sibling, selector } = randomNames(long, "abcdefghijklmnop");
  expect(sibling.endsWith(long) && selector.endsWith(long)).toBe(true);
});

describe("providers", () => {
  test.each([
    ["kommune-dk.mail.protection.outlook.com", "Microsoft 365", false],
    ["kommune-dk.x-v1.mx.microsoft", "Microsoft 365", true],
    ["aspmx.l.google.com", "Google Workspace", false],
    ["mx1.smtp.goog", "Google Workspace", true],
    ["mx1.heimdalsecurity.com", "Heimdal", null],
    ["notgoogle.com", null, null],
    ["mx.kommune.dk", null, null],
  ])("%s is %s", (host, provider, isSigned) => {
    expect(providerOfMx(name(host))?.name ?? null).toBe(provider);
    expect(isGatewayZoneSigned(name(host))).toBe(isSigned);
  });

  test("an include of a provider's, or below it", () => {
    expect(providerOfSpf(name("spf.protection.outlook.com"))?.name).toBe("Microsoft 365");
    expect(providerOfSpf(name("u123.wl.sendgrid.net"))?.name).toBe("SendGrid");
    expect(providerOfSpf(name("outlook.com"))).toBeNull();
  });

  test("names and zones stand once, and every selector is one", () => {
    const once = (entries: readonly string[]) => expect(entries).toEqual([...new Set(entries)]);
    once(MAIL_PROVIDERS.map(({ name: each }) => each));
    once(MAIL_PROVIDERS.flatMap(({ gateways }) => gateways.map(({ zone }) => zone)));
    once(MAIL_PROVIDERS.flatMap(({ spf }) => spf));
    for (const { selectors } of MAIL_PROVIDERS) {
      for (const selector of selectors) {
        expect(selectorName(selector, domain)).toBe(`${selector}._domainkey.kommune.dk.` as Name);
      }
    }
  });
});
