/** What authoritative servers say, when resolvers leave it open: each case changes a real observation of a practice world. */
import { describe, expect, test } from "@jest/globals";
import { type Observed, observed, unobserved } from "../../../lib/core/observation.ts";
import type { World } from "../../../lib/core/scenario.ts";
import { belowDomainkey, cutOffKeys } from "../../../lib/mail/dkim/below-domainkey.ts";
import type { DkimObservation } from "../../../lib/mail/observations.ts";
import { classifierOf } from "../../../lib/mail/reading.ts";
import { probeDkim } from "../../../lib/probes/dns-dkim.ts";
import { goodDomain, goodZone } from "../../../lib/requirements/s23/base-world.ts";
import type { Reply } from "../../../lib/wire/message.ts";
import { name } from "../../../lib/wire/name.ts";
import { RCODE } from "../../../lib/wire/rcode.ts";
import { contextOf, USUAL_MOMENT } from "../../support/world/world-context.ts";

const SELECTOR = name("selector1._domainkey.kommune.dk");
const OWN = name("_domainkey.kommune.dk");
const CONTROL = name("_tls.kommune.dk");
const records = ['_smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@kommune.dk"'];

async function seenIn(world: World, dkimSelectors: readonly string[]): Promise<DkimObservation> {
  const { result } = await probeDkim({ ...goodDomain, dkimSelectors }, contextOf(world));
  if (result.state !== "observed") throw new Error(result.detail);
  return result.value;
}

const keyless = goodZone({ without: ["selector1._domainkey TXT"], records, state: "unsigned" });
const denied = await seenIn({ zones: [keyless] }, []);
const cut = await seenIn({ zones: [goodZone({ state: "unsigned", deniesEmptyNonTerminals: true })] }, ["selector1"]);

function below(seen: DkimObservation) {
  return belowDomainkey(seen, classifierOf(seen, Date.parse(USUAL_MOMENT)));
}

type Change = (reply: Reply) => Observed<Reply>;

describe("something below _domainkey", () => {
  const hidden = 'kx7ab3._domainkey TXT "v=DKIM1; k=ed25519; p=daYuPBDwjN78YUlfS/i8hsnlt7dB7WiUQwYi04Toyl4="';
  const zone = (...more: readonly string[]) => goodZone({ without: ["selector1._domainkey TXT"], records: more });

  test("nothing else explains it", async () => {
    expect(below(await seenIn({ zones: [zone(hidden)] }, []))).toEqual({ kind: "something" });
  });

  test.each([
    '_adsp._domainkey TXT "dkim=all"',
    '_report._domainkey TXT "ra=dkim"',
    "_adsp._domainkey CNAME policy.drift.dk.",
    'x._report._domainkey TXT "x"',
    "_adsp._domainkey A 192.0.2.1",
  ])("%s does, whatever else there may be", async (record) => {
    const unknown = { kind: "unknown", why: "other-data" };
    expect(below(await seenIn({ zones: [zone(record)] }, []))).toEqual(unknown);
    expect(below(await seenIn({ zones: [zone(record, hidden)] }, []))).toEqual(unknown);
    expect(below(await seenIn({ zones: [{ ...zone(record), state: "unsigned" }] }, []))).toEqual(unknown);
  });

  test.each([
    ["wildcard CNAME to nothing", ["*._domainkey CNAME gone.drift.dk.", hidden], [], "anything-exists"],
    ["DNAME", ["_domainkey DNAME dkim.drift.dk."], [], "anything-exists"],
    ["delegation", [], [{ name: "_domainkey.kommune.dk", records: [] }], "own-data"],
    [
      "unsigned delegation",
      [],
      [{ name: "_domainkey.kommune.dk", records: [], state: "unsigned" as const }],
      "own-data",
    ],
  ])("a %s tells nothing", async (_, own, others, why) => {
    const drift = { name: "drift.dk", records: ["@ A 192.0.2.70"] };
    expect(below(await seenIn({ zones: [zone(...own), drift, ...others] }, []))).toEqual({ kind: "unknown", why });
  });

  test.each(["_adsp", "_report"])("no answer about %s tells nothing", async (label) => {
    const seen = await seenIn({ zones: [{ ...zone(hidden), failing: [`${label}._domainkey TXT`] }] }, []);
    expect(below(seen)).toEqual({ kind: "unknown", why: "unanswered" });
  });
});

/** The observation, with what one server (by its place) said of a name changed. */
function changed(seen: DkimObservation, at: readonly number[], of: string, change: Change): DkimObservation {
  const servers = seen.servers.map((server, place) => ({
    ...server,
    book: server.book.map((entry) =>
      at.includes(place) && entry.question.name === of && entry.reply.state === "observed"
        ? { ...entry, reply: change(entry.reply.value) }
        : entry,
    ),
  }));
  return { ...seen, servers };
}

const noError: Change = (reply) => observed({ ...reply, rcode: RCODE.NOERROR });
const noName: Change = (reply) => observed({ ...reply, rcode: RCODE.NXDOMAIN, answer: [] });
const refused: Change = (reply) => observed({ ...reply, rcode: RCODE.REFUSED });
const lame: Change = (reply) => observed({ ...reply, flags: [] });
const silent: Change = () => unobserved("dns-timeout", "silence");

describe("an unsigned denial of _domainkey", () => {
  test("all servers agree and know the control", () => {
    expect(denied.servers.length).toBeGreaterThan(1);
    const { length } = denied.servers;
    expect(below(denied)).toEqual({ kind: "nothing", by: "servers", servers: length, control: CONTROL });
  });

  test.each([
    ["one knows of the name", [0], OWN, noError, "servers-differ"],
    ["one denies the control", [1], CONTROL, noName, "control-denied"],
    ["one is silent about the control", [1], CONTROL, silent, "control-denied"],
    ["one refuses the control", [1], CONTROL, refused, "control-denied"],
    ["all are silent", [0, 1, 2, 3], OWN, silent, "unanswered"],
    ["all are lame", [0, 1, 2, 3], OWN, lame, "unanswered"],
  ] as const)("%s: nothing can be told", (_, at, of, change, why) => {
    expect(below(changed(denied, at, of, change))).toEqual({ kind: "unknown", why });
  });

  test.each([
    ["silent", silent],
    ["lame", lame],
  ])("one server that is %s does not count", (_, change) => {
    const servers = denied.servers.length - 1;
    expect(below(changed(denied, [0], OWN, change))).toMatchObject({ kind: "nothing", servers });
  });

  test("servers that were not asked, and a control that is gone", () => {
    expect(below({ ...denied, servers: [] })).toEqual({ kind: "unknown", why: "servers-not-asked" });
    const book = denied.book.filter(({ question }) => question.name !== "_smtp._tls.kommune.dk.");
    expect(below({ ...denied, book })).toEqual({ kind: "unknown", why: "no-control" });
    expect(below({ ...denied, book, servers: [] })).toEqual({ kind: "unknown", why: "no-control" });
  });
});

describe("a key below a name that is denied", () => {
  test("servers that contradict themselves are named", () => {
    const { length } = cut.servers;
    expect(length).toBeGreaterThan(0);
    expect(cutOffKeys(cut, [SELECTOR])).toMatchObject({ name: OWN, below: { name: SELECTOR } });
    expect(cutOffKeys(cut, [SELECTOR])?.servers).toHaveLength(length);
  });

  test("without servers, resolvers' answers stand", () => {
    expect(cutOffKeys({ ...cut, servers: [] }, [SELECTOR])?.servers).toEqual([]);
  });

  test("a resolver's old answer is nobody's fault", () => {
    expect(cutOffKeys(changed(cut, [0, 1, 2, 3], OWN, noError), [SELECTOR])).toBeNull();
    expect(cutOffKeys(changed(cut, [0, 1, 2, 3], SELECTOR, noName), [SELECTOR])).toBeNull();
  });

  test("nothing is cut off where there is no key, or no denial", () => {
    expect(cutOffKeys(cut, [])).toBeNull();
    expect(cutOffKeys(denied, [SELECTOR])).toBeNull();
  });
});
