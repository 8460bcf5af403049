/** The policy that is found, against a second reading of the RFCs: written from their text, without our parser or walk. */
import { expect, test } from "@jest/globals";
import { DEFAULT_TLS_PROFILE } from "../../../data/tls-profiles/index.ts";
import fc from "fast-check";
import type { DmarcObservation } from "../../../lib/mail/observations.ts";
import { discover7489, discover9989 } from "../../../lib/mail/dmarc/discovery.ts";
import { goodDomain, goodZone } from "../../../lib/requirements/s23/base-world.ts";
import { dmarcChecks } from "../../../lib/requirements/s23/dmarc-checks.ts";
import { name } from "../../../lib/wire/name.ts";
import { openRehearsal } from "../../support/rehearsal.ts";
import { publishedAt } from "./published-records.ts";

const DOMAINS = ["dk", "kommune.dk", "a.kommune.dk", "b.a.kommune.dk", "c.b.a.kommune.dk"];

const policy = fc.constantFrom("none", "quarantine", "reject", "reject", "reject", "afvis");
const optional = (tag: string, value: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constant(""),
    value.map((chosen) => `; ${tag}=${chosen}`),
  );

const record = fc
  .tuple(
    optional("p", policy),
    optional("sp", policy),
    optional("np", policy),
    optional("psd", fc.constantFrom("y", "n", "u")),
    optional("t", fc.constantFrom("y", "n")),
    optional("pct", fc.constantFrom("0", "50", "100")),
  )
  .map((tags) => `v=DMARC1${tags.join("")}`);

const texts = fc.oneof(
  { weight: 3, arbitrary: fc.constant([] as string[]) },
  { weight: 5, arbitrary: fc.tuple(record) },
  { weight: 1, arbitrary: fc.tuple(record, record) },
  { weight: 1, arbitrary: fc.tuple(record, fc.constant("v=spf1 -all")) },
);

const world = fc
  .tuple(...DOMAINS.map(() => texts))
  .map((all) => Object.fromEntries(DOMAINS.map((domain, index) => [domain, [...(all[index] ?? [])]])));

type Zone = Readonly<Record<string, readonly string[]>>;
type Tags = Readonly<Record<string, string>>;

/** Section 4.10 steps 2 and 6: the one record at a name, as its tags; null for none or several. */
function only(zone: Zone, domain: string): Tags | null {
  const records = (zone[domain] ?? []).filter((text) => text.startsWith("v=DMARC1"));
  const [text] = records;
  if (records.length !== 1 || text === undefined) return null;
  return Object.fromEntries(text.split("; ").map((tag) => tag.split("=") as [string, string]));
}

const valid = (value: string | undefined): boolean => ["none", "quarantine", "reject"].includes(value ?? "");

function soften(value: string): string {
  return value === "reject" ? "quarantine" : "none";
}

function model9989(zone: Zone, author: string, exists: boolean): string {
  const apply = (tags: Tags, isBelow: boolean): string => {
    if (!valid(tags.p)) return "none";
    if ("sp" in tags && !valid(tags.sp)) return "none";
    if ("np" in tags && !valid(tags.np)) return "none";
    const { p = "none", sp = p, np = sp } = tags;
    const chosen = isBelow ? (exists ? sp : np) : p;
    return tags.t === "y" ? soften(chosen) : chosen;
  };
  const own = only(zone, author);
  if (own !== null) return apply(own, false);
  const above = DOMAINS.slice(0, DOMAINS.indexOf(author)).reverse();
  const heard: [string, Tags][] = [];
  for (const domain of above) {
    const tags = only(zone, domain);
    if (tags === null) continue;
    heard.push([domain, tags]);
    if (tags.psd === "n" || tags.psd === "y") break;
  }
  const independent = heard.find(([, tags]) => tags.psd === "n");
  if (independent !== undefined) return apply(independent[1], true);
  const suffix = heard.find(([, tags]) => tags.psd === "y");
  if (suffix !== undefined) {
    const organisation = DOMAINS[DOMAINS.indexOf(suffix[0]) + 1] ?? "";
    const organisations = heard.find(([domain]) => domain === organisation);
    return apply((organisations ?? suffix)[1], true);
  }
  const shortest = heard.toSorted(([one], [other]) => one.split(".").length - other.split(".").length)[0];
  return shortest === undefined ? "none" : apply(shortest[1], true);
}

/** RFC 7489 section 6.6.3, the organisational domain being kommune.dk; section 6.6.4 for pct. */
function model7489(zone: Zone, author: string): string {
  const apply = (tags: Tags, isBelow: boolean): string => {
    if (!valid(tags.p) || ("sp" in tags && !valid(tags.sp))) return "none";
    const { p = "none", sp = p, pct = "100" } = tags;
    const chosen = isBelow ? sp : p;
    return Number(pct) < 100 ? soften(chosen) : chosen;
  };
  const isDmarc = (text: string): boolean => text.startsWith("v=DMARC1");
  if ((zone[author] ?? []).some(isDmarc)) {
    const own = only(zone, author);
    return own === null ? "none" : apply(own, false);
  }
  const organisations = author === "kommune.dk" ? null : only(zone, "kommune.dk");
  return organisations === null ? "none" : apply(organisations, true);
}

const effective = (reached: ReturnType<typeof discover9989>): string =>
  reached.state === "record" ? reached.policy : "none";

test("every policy is the one that the RFCs' own words give", () => {
  const author = fc.constantFrom(...DOMAINS.slice(1));
  fc.assert(
    fc.property(world, author, fc.boolean(), (zone, domain, exists) => {
      const published = publishedAt({ records: zone });
      const asked = { name: name(domain), exists, own: true, organisation: name("kommune.dk") };
      expect(effective(discover9989(asked, published))).toBe(model9989(zone, domain, exists));
      expect(effective(discover7489(asked, published))).toBe(model7489(zone, domain));
    }),
    { numRuns: 4_000 },
  );
});

test("reject is reached only where some record above or at the name says reject", () => {
  fc.assert(
    fc.property(world, fc.boolean(), (zone, exists) => {
      const published = publishedAt({ records: zone });
      const asked = { name: name("c.b.a.kommune.dk"), exists, own: true, organisation: name("kommune.dk") };
      const isReject = [discover9989, discover7489].some((find) => effective(find(asked, published)) === "reject");
      if (isReject) expect(Object.values(zone).flat().join()).toContain("p=reject");
    }),
    { numRuns: 1_000 },
  );
});

test("the checks say reject exactly where both models do, for the domain and all below it", async () => {
  const rehearsal = await openRehearsal();
  await fc.assert(
    fc.asyncProperty(record, async (text) => {
      const records = [`_dmarc TXT "${text}"`];
      const world = { zones: [goodZone({ without: ["_dmarc TXT"], records })] };
      const [seen] = await rehearsal.observeIn(world, goodDomain, ["dns.dmarc"]);
      if (seen?.result.state !== "observed") throw new Error("nothing was observed");
      const context = {
        asset: goodDomain,
        reading: "kommune-2024",
        at: Date.parse(seen.observedAt),
        targets: [],
        profile: DEFAULT_TLS_PROFILE,
      } as const;
      const value = { "dns.dmarc": seen.result.value as DmarcObservation };
      const tags = dmarcChecks.flatMap((check) => check.judge(value, context)).map(({ tag }) => tag);
      const zone = { "kommune.dk": [text] };
      const policies = [
        model9989(zone, "kommune.dk", true),
        model9989(zone, "a.kommune.dk", true),
        model9989(zone, "a.kommune.dk", false),
        model7489(zone, "kommune.dk"),
        model7489(zone, "a.kommune.dk"),
      ];
      expect({ text, isReject: tags.includes("S23_DMARC_REJECT") }).toEqual({
        text,
        isReject: policies.every((policyOf) => policyOf === "reject"),
      });
    }),
    { numRuns: 150 },
  );
});
