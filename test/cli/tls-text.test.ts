import { expect, test } from "@jest/globals";
import { DEFAULT_TLS_PROFILE, TLS_PROFILES } from "../../data/tls-profiles/index.ts";
import type { ShownCertificate, TlsPicture } from "../../lib/cli/tls-picture.ts";
import { tlsLines } from "../../lib/cli/tls-text.ts";
import type { Language } from "../../lib/core/messages.ts";
import { plain } from "../../lib/reports/paint.ts";
import { terms } from "../../lib/requirements/s27/terms.ts";

const CERTIFICATE: ShownCertificate = {
  ...{ kind: "RSA", names: "www.kommune.dk", forHost: true, issuer: "Udsteder", notAfter: "2027-03-01T00:00:00.000Z" },
  ...{ inDate: true, sent: 2, reachesRoot: true, stapled: false },
};
const PICTURE: TlsPicture = {
  ...{ target: "www.kommune.dk:443 [192.0.2.10]", state: "visited", cause: null, detail: "", startTls: null },
  ...{ versions: [], lines: [], open: [], certificates: [CERTIFICATE], otherNames: [], rootStore: null },
  connections: 1,
};

function said(change: Partial<TlsPicture>, language: Language = "da"): string {
  return tlsLines({ ...PICTURE, ...change }, DEFAULT_TLS_PROFILE, language, plain).join("\n");
}

test("the heading names connections and profile, and that the profile is inferred", () => {
  expect(said({})).toContain("1 forbindelse, dk-bilag1-inferred-2024");
  expect(said({})).toMatch(/ \(udledt profil\)$/mu);
  expect(said({ connections: 2 }, "en")).toMatch(/ 2 connections, dk-bilag1-inferred-2024 \S+ \(inferred profile\)$/mu);
});

test.each<[string, Partial<ShownCertificate>, string]>([
  ["for another name", { forHost: false }, "✗ www.kommune.dk  gælder ikke for det navn, der blev spurgt efter, "],
  ["out of date", { inDate: false }, "✗ www.kommune.dk  fører til en betroet rod, udstedt af Udsteder, ude af dato, "],
  ["from nobody who is trusted", { reachesRoot: false }, "✗ www.kommune.dk  fører ikke til en betroet rod, "],
])("a certificate %s has no good mark, whatever else is right", (_, change, line) => {
  expect(said({})).toContain("✓ www.kommune.dk  fører til en betroet rod, udstedt af Udsteder, udløber 2027-03-01");
  expect(said({ certificates: [{ ...CERTIFICATE, ...change }] })).toContain(line);
});

test("what stayed open is said in the reader's language", () => {
  const [what, detail] = ["TLS 1.0 preference", "it could not be told whose order rules"];
  const open = [{ what, cause: "protocol-error", detail }] as const;
  expect(said({ open })).toContain(
    "? rækkefølge i TLS 1.0: svaret kunne ikke læses (det kan ikke ses, hvis rækkefølge der gælder)",
  );
  expect(said({ open }, "en")).toContain(`${what}: the reply could not be read (${detail})`);
});

test("every source of our own profiles has words in Danish", () => {
  const sources = TLS_PROFILES.flatMap((profile) => [profile.source, ...sourcesOf(profile)]);
  const danish = [...new Set(sources)].map((source) => terms[source]?.da ?? source);
  expect(danish.length).toBeGreaterThan(30);
  expect(
    danish.filter((source) => /\b(?:appendix|sections?|as read|sufficient|insufficient|than|not)\b/iu.test(source)),
  ).toEqual([]);
});

/** What each row says of where it comes from. */
function sourcesOf(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  const own = "grade" in value && "source" in value ? [String(value.source)] : [];
  return [...own, ...Object.values(value).flatMap(sourcesOf)];
}
