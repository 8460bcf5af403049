/** S27's head clause for declared services: what passes, whatever the service says. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { DEFAULT_TLS_PROFILE } from "../../data/tls-profiles/index.ts";
import type { Asset } from "../../lib/core/asset.ts";
import type { Finding } from "../../lib/core/finding.ts";
import { host } from "../../lib/requirements/s27/plain-scenario-world.ts";
import { serviceCheck } from "../../lib/requirements/s27/service-check.ts";
import { serviceMessages } from "../../lib/requirements/s27/service-messages.ts";
import type { ServiceSpeech, ServiceVisit } from "../../lib/services/observations.ts";
import { SERVICE_SCHEMES } from "../../lib/services/schemes.ts";

const HERE = { host: "mail.kommune.dk", address: "192.0.2.25" } as const;
const OPEN = { cause: "tcp-timeout", detail: "no answer" } as const;

const asset: Asset = {
  kind: "service",
  id: "service:imap://mail.kommune.dk:143",
  name: "imap://mail.kommune.dk:143",
  host: null,
  url: "imap://mail.kommune.dk:143",
};

function judge(visit: ServiceVisit, of: Asset = asset): readonly Finding[] {
  const context = { asset: of, reading: "kommune-2024", at: 0, targets: [], profile: DEFAULT_TLS_PROFILE } as const;
  return serviceCheck.judge({ "service.visit": visit }, context);
}

type Visited = Extract<ServiceVisit, { readonly state: "visited" }>;

function tagOf(scheme: string, speech: ServiceSpeech, undecided: Visited["undecided"] = null, port = 4000): string {
  const [finding, ...more] = judge({ ...HERE, scheme, port, state: "visited", speech, undecided });
  expect(more).toEqual([]);
  return finding?.tag ?? "";
}

const dialogue = (
  protocol: Extract<ServiceSpeech, { readonly kind: "dialogue" }>["protocol"],
  capabilities: readonly string[],
): ServiceSpeech => ({ kind: "dialogue", protocol, capabilities, startTls: "accepted", plainLogin: "refused" });

describe("capabilities against what was made of them", () => {
  const cases: readonly (readonly [string, ServiceSpeech, string])[] = [
    ["IMAP, EXTERNAL alone", dialogue("imap", ["LOGINDISABLED", "AUTH=EXTERNAL"]), "S27_SERVICE_LOGIN_PROTECTED"],
    ["IMAP, EXTERNAL-LIKE", dialogue("imap", ["LOGINDISABLED", "AUTH=EXTERNALS"]), "S27_SERVICE_PLAIN_LOGIN"],
    ["SMTP, an old form", dialogue("smtp", ["AUTH=LOGIN"]), "S27_SERVICE_PLAIN_LOGIN"],
    ["SMTP, a name that begins alike", dialogue("smtp", ["AUTHX", "XAUTH PLAIN"]), "S27_SERVICE_LOGIN_PROTECTED"],
    ["POP3, USER", dialogue("pop3", ["USER"]), "S27_SERVICE_PLAIN_LOGIN"],
    ["POP3, mechanisms", dialogue("pop3", ["SASL PLAIN"]), "S27_SERVICE_PLAIN_LOGIN"],
    ["POP3, no mechanism", dialogue("pop3", ["SASL", "USERS"]), "S27_SERVICE_LOGIN_PROTECTED"],
    ["LDAP", dialogue("ldap", ["AUTH PLAIN", "USER"]), "S27_SERVICE_LOGIN_PROTECTED"],
  ];
  test.each(cases)("%s", (_, speech, tag) => {
    expect(tagOf("valg", speech)).toBe(tag);
  });
});

describe("banners", () => {
  const cases: readonly (readonly [string, string | null, string])[] = [
    ["ssh", "ssh", "S27_SERVICE_OWN"],
    ["sftp", "SSH", "S27_SERVICE_OWN"],
    ["ssh", "telnet", "S27_SERVICE_CLEAR"],
    ["ssh", null, "S27_SERVICE_NOT_UNDERSTOOD"],
    ["valg", "ssh", "S27_SERVICE_OWN"],
    ["valg", "vnc", "S27_SERVICE_CLEAR"],
    ["valg", "smtp", "S27_SERVICE_NOT_UNDERSTOOD"],
    ["valg", "constructor", "S27_SERVICE_NOT_UNDERSTOOD"],
    ["imap", null, "S27_SERVICE_NOT_UNDERSTOOD"],
    ["ldaps", null, "S27_SERVICE_CLEAR"],
  ];
  test.each(cases)("declared %s, looks like %s", (scheme, looksLike, tag) => {
    expect(tagOf(scheme, { kind: "banner", looksLike })).toBe(tag);
  });
});

test("what was heard holds whatever stayed open, and nothing else does", () => {
  expect(tagOf("telnet", { kind: "banner", looksLike: null }, OPEN)).toBe("S27_SERVICE_CLEAR");
  expect(tagOf("imap", { ...dialogue("imap", ["AUTH=PLAIN"]), startTls: "refused" } as ServiceSpeech, OPEN)).toBe(
    "S27_SERVICE_NO_TLS",
  );
  for (const speech of [{ kind: "tls" }, { kind: "mute" }, dialogue("imap", ["LOGINDISABLED"])] as const) {
    expect(tagOf("imap", speech, OPEN)).toBe("S27_UNOBSERVED_TCP_TIMEOUT");
  }
});

test("submission in clear alone fails; a STARTTLS that is refused, or silence, leaves it open", () => {
  const bare = dialogue("smtp", ["SIZE 1000"]);
  const without = { ...bare, startTls: "not-offered" } as ServiceSpeech;
  expect(tagOf("submission", without, null, 587)).toBe("S27_SERVICE_NO_TLS");
  expect(tagOf("smtp", without, null, 25)).toBe("S27_SERVICE_EXEMPT");
  expect(tagOf("submission", without, OPEN, 587)).toBe("S27_UNOBSERVED_TCP_TIMEOUT");
  expect(tagOf("submission", { ...bare, startTls: "refused" } as ServiceSpeech)).toBe("S27_SERVICE_TLS_BROKEN");
});

test("only SMTP at port 25 is between servers", () => {
  const speech = dialogue("smtp", ["AUTH PLAIN"]);
  expect(tagOf("smtp", speech, null, 25)).toBe("S27_SERVICE_EXEMPT");
  expect(tagOf("smtp", speech, null, 2525)).toBe("S27_SERVICE_PLAIN_LOGIN");
  expect(tagOf("submission", speech, null, 25)).toBe("S27_SERVICE_PLAIN_LOGIN");
});

test("a visit of another kind of asset is our own doubt, and web hosts are s27.access's", () => {
  expect(judge({ state: "nothing-to-visit", why: "not-tcp" }, host)).toMatchObject([
    { tag: "S27_UNOBSERVED_INTERNAL" },
  ]);
  expect(judge({ state: "nothing-to-visit", why: "not-a-service" }, host)).toEqual([]);
});

test("an IPv6 literal is bracketed", () => {
  const at = { scheme: "imap", host: "2001:db8::1", address: "2001:db8::1", port: 143 };
  expect(judge({ ...at, state: "closed" })).toMatchObject([{ evidence: { service: "imap://[2001:db8::1]:143" } }]);
});

const speeches: fc.Arbitrary<ServiceSpeech> = fc.oneof(
  fc.constant<ServiceSpeech>({ kind: "tls" }),
  fc.constant<ServiceSpeech>({ kind: "mute" }),
  fc.option(fc.string()).map((looksLike): ServiceSpeech => ({ kind: "banner", looksLike })),
  fc.record({
    kind: fc.constant("dialogue" as const),
    protocol: fc.constantFrom("smtp" as const, "imap" as const, "pop3" as const, "ftp" as const, "ldap" as const),
    capabilities: fc.array(fc.constantFrom("STARTTLS", "LOGINDISABLED", "AUTH PLAIN", "AUTH=PLAIN", "USER", "X")),
    startTls: fc.constantFrom("accepted" as const, "refused" as const, "not-offered" as const),
    plainLogin: fc.constantFrom("refused" as const, "offered" as const, "unknown" as const),
  }),
);

test("whatever is said, it passes only in TLS, or where logins in clear are refused and TLS is to be had", () => {
  const schemes = fc.constantFrom(...Object.keys(SERVICE_SCHEMES), "valg", "constructor");
  fc.assert(
    fc.property(schemes, speeches, fc.constantFrom(null, OPEN), (scheme, speech, undecided) => {
      const known: Readonly<Record<string, { readonly outcome: string } | undefined>> = serviceMessages;
      if (known[tagOf(scheme, speech, undecided)]?.outcome !== "pass") return;
      expect(undecided).toBeNull();
      if (speech.kind === "tls") return;
      expect(speech).toMatchObject({ kind: "dialogue", startTls: "accepted", plainLogin: "refused" });
      if (speech.kind !== "dialogue") return;
      if (speech.protocol === "imap") expect(speech.capabilities).toContain("LOGINDISABLED");
      if (speech.protocol === "smtp") expect(speech.capabilities).not.toContain("AUTH PLAIN");
    }),
    { numRuns: 3000 },
  );
});
