/** K11 against a second reading of RFC 6797 section 6.1, written by other means, and against sites with one thing wrong. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { evaluate } from "../../lib/core/evaluate.ts";
import { type Observation, type ObservationKind, observed, unobserved } from "../../lib/core/observation.ts";
import type { ObservationKinds } from "../../lib/core/observation-kinds.ts";
import { NO_STATEMENTS } from "../../lib/core/statements.ts";
import { k11 } from "../../lib/requirements/k11/requirement.ts";
import { hostAsset, site, type Server, sts, WHOLE, WWW } from "../../lib/requirements/k11/scenario-site.ts";
import type { HttpsRecordObservation } from "../../lib/web/observations.ts";
import { webTarget } from "../../lib/web/target-text.ts";

const asset = hostAsset("selvbetjening.kommune.dk");
const where = { host: "selvbetjening.kommune.dk", address: WWW, role: "own" } as const;
const YEAR_SECONDS = 31_536_000;

type Book = HttpsRecordObservation["book"];

function verdicts(server: Server, { strict, book = [] }: { readonly strict?: boolean; readonly book?: Book } = {}) {
  const observations = [
    { ...of("web.visit"), target: webTarget(where), result: server(where) },
    seen("web.entry", { state: "nothing-to-visit", why: "no-entry" }),
    seen("hsts.preload", {
      host: where.host,
      state: "absent",
      entry: null,
      source: "",
      asOf: "2026-11-23",
      detail: "",
    }),
    seen("dns.https", { domain: asset.host, anchors: [], book, source: "", discarded: [], host: where.host }),
  ] as readonly Observation[];
  const { clauses, verdict } = evaluate(k11, {
    ...{
      asset: { ...asset, ...(strict === true ? { strict } : {}) },
      observations,
      reading: "kommune-2024",
      statements: NO_STATEMENTS,
      asOf: 0,
    },
  });
  return { verdict, clauses: clauses.map((clause) => clause.verdict) };
}

function of<K extends ObservationKind>(kind: K) {
  return { kind, asset: asset.id, target: asset.id, observedAt: "2026-11-23T10:00:00.000Z" };
}

function seen<K extends ObservationKind>(kind: K, value: ObservationKinds[K]) {
  return { ...of(kind), result: observed(value) };
}

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const DIRECTIVE = new RegExp(`^(${TOKEN})(?:[ \\t]*=[ \\t]*(?:(${TOKEN})|"((?:[^"\\\\]|\\\\.)*)"))?$`, "s");

/** Seconds of a field that a browser keeps to, read by expressions; null for one that it ignores. */
function referenceAge(text: string): number | null {
  const directives = new Map<string, string | null>();
  for (const piece of piecesOf(text)) {
    const [, name, token, quoted] = DIRECTIVE.exec(piece) ?? [];
    if (name === undefined || CONTROL.test(piece) || directives.has(name.toLowerCase())) return null;
    directives.set(name.toLowerCase(), token ?? quoted?.replace(/\\([^])/g, "$1") ?? null);
  }
  const age = directives.get("max-age") ?? "";
  const isFlag = (directives.get("includesubdomains") ?? null) === null;
  return isFlag && /^[0-9]+$/.test(age) ? Number(age) : null;
}

// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/** What stands between semicolons outside quotes, without blanks around it; empty directives are none. */
function piecesOf(text: string): readonly string[] {
  const parts = text.match(/(?:"(?:[^"\\]|\\[^])*"|[^;"])*(?:"[^]*$)?(?:;|$)/g) ?? [];
  const whole = parts.join("") === text ? parts : [text];
  return whole.map((part) => part.replace(/;$/, "").replace(/^[ \t]+|[ \t]+$/g, "")).filter((part) => part !== "");
}

function expected(text: string): readonly string[] {
  const age = referenceAge(text);
  return [age !== null && age > 0 ? "pass" : "fail", age !== null && age >= YEAR_SECONDS ? "pass" : "fail"];
}

describe("the eleven headers that scanners disagree on", () => {
  test.each([
    ["max-age=31536000", "pass", "pass"],
    ["max-age=abc", "fail", "fail"],
    ['max-age="31536000"', "pass", "pass"],
    ['max-age="86400"', "pass", "fail"],
    ["max-age=31536000abc", "fail", "fail"],
    ["max-age=", "fail", "fail"],
    ["max-age = 31536000", "pass", "pass"],
    ["MAX-AGE=31536000", "pass", "pass"],
    ["max-age=0", "fail", "fail"],
    ["x-max-age=31536000", "fail", "fail"],
    ["max-age=31536000; max-age=0", "fail", "fail"],
  ])("%s", (value, first, second) => {
    expect(verdicts(site({ sts: [value] })).clauses).toEqual([first, second]);
    expect(expected(value)).toEqual([first, second]);
  });
});

describe("any field whatever", () => {
  const part = fc.constantFrom(
    ...[
      "max-age",
      "Max-Age",
      "max-age=31536000",
      "max-age=5",
      "=",
      "31536000",
      '"31536000"',
      "0",
      "31535999",
      ";",
      "; ",
    ],
    ...[
      " ",
      "\t",
      ",",
      '"',
      "\\",
      "'",
      "-1",
      "includeSubDomains",
      "includeSubDomains=1",
      "preload",
      "foo=bar",
      'a="b;c"',
    ],
    ...["\u0000", "\r\n", "\u00e6", "\u007f", "<b>", "99999999999999999999", "+1", "1e9", "0x7", "٣"],
  );
  const text = fc.oneof(
    fc.array(part, { maxLength: 10 }).map((parts) => parts.join("")),
    fc.array(part, { maxLength: 6 }).map((parts) => `max-age=31536000;${parts.join("")}`),
    fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 60 }).map((octets) => String.fromCharCode(...octets)),
  );

  test("passes where a second reading of the RFC accepts it, and nowhere else", () => {
    let passed = 0;
    fc.assert(
      fc.property(text, (value) => {
        const { clauses } = verdicts(site({ sts: [value] }));
        if (clauses[0] === "pass") passed += 1;
        expect({ value, clauses }).toEqual({ value, clauses: expected(value) });
      }),
      { numRuns: 3000 },
    );
    expect(passed).toBeGreaterThan(0);
  });

  test("a second field changes nothing", () => {
    fc.assert(
      fc.property(text, text, (first, second) => {
        expect(verdicts(site({ sts: [first, second] })).clauses).toEqual(expected(first));
      }),
    );
  });
});

describe("a reading of the HTTPS record in which nothing was heard", () => {
  const book: Book = (["dns-timeout", "dns-servfail", "internal"] as const).map((cause) => ({
    question: { name: asset.host, type: "HTTPS" },
    reply: unobserved(cause, "nothing was heard"),
  }));

  test.each(book.map((entry) => [JSON.stringify(entry.reply), entry] as const))("%s", (_, entry) => {
    expect(verdicts(site(), { book: [entry] }).verdict).toBe("pass");
    expect(verdicts(site(), { book: [entry], strict: true }).verdict).toBe("indeterminate");
    expect(verdicts(site({ http: "closed" }), { book: [entry], strict: true }).verdict).toBe("pass");
  });
});

describe("a site with one thing wrong never passes", () => {
  const purpose = fc.constantFrom("front", "front-h2", "missing", "robots", "favicon", "resource", "deep");
  const fault = fc.constantFrom(
    { fields: [] },
    { fields: sts("max-age=0") },
    { fields: sts("max-age=1, includeSubDomains") },
    { fields: sts("", WHOLE) },
    { fields: [["x-strict-transport-security", WHOLE]] as const },
    { certificate: "CERT_HAS_EXPIRED" },
    { cause: "connection-reset" } as const,
    { cause: "tls-failed" } as const,
    { cause: "tool-limit" } as const,
  );

  test("wherever it is, and whatever status it has", () => {
    fc.assert(
      fc.property(purpose, fault, fc.constantFrom(200, 204, 302, 401, 403, 404, 429, 500, 503), (at, wrong, status) => {
        const { verdict } = verdicts(site({ at: { [at]: "cause" in wrong ? wrong : { ...wrong, status } } }));
        expect(verdict).toBe("cause" in wrong ? "indeterminate" : "fail");
      }),
    );
  });

  test("nor does one at which not enough was looked at", () => {
    for (const missing of ["front", "missing"] as const) {
      expect(verdicts(site({ without: [missing] })).verdict).toBe("indeterminate");
    }
    expect(verdicts(site({ https: "silent" })).verdict).toBe("indeterminate");
    expect(verdicts(site()).verdict).toBe("pass");
  });
});
