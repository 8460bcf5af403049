import type { Lookup } from "../../../lib/dnssec/lookup.ts";
import { auditQuestions, auditSpf, type SpfAudit } from "../../../lib/mail/spf/audit.ts";
import { checkHost, type SpfResult } from "../../../lib/mail/spf/check-host.ts";
import { heardView } from "../../../lib/mail/spf/dns-view.ts";
import { isWithin, parseIpAddress } from "../../../lib/mail/spf/ip-address.ts";
import { MAX_LOOKUPS, MAX_VOIDS } from "../../../lib/mail/spf/limits.ts";
import { heard } from "../../../lib/mail/reading.ts";
import type { Question } from "../../../lib/wire/message.ts";
import { spfWants } from "../../../lib/mail/spf/wants.ts";
import { name } from "../../../lib/wire/name.ts";
import { asking, lookupIn, type Owner, type Zone } from "../../mail/spf/zone-lookup.ts";
import { mutated, octetsOf } from "../random-texts.ts";
import type { Random } from "../random.ts";
import { promise, type Target } from "../target.ts";

const DOMAIN = "a.test";
const NAMES = [DOMAIN, "b.test", "c.test", "d.test", "e.b.test", "f.test", "g.test"];
const ADDRESSES = ["192.0.2.1", "192.0.2.200", "198.51.100.7", "2001:db8::1", "2001:db8:0:1::9"];
/** Replies read for one audit: the terms that are counted, each with ten exchanges of two families and a few aliases. */
const MOST_READ = 20_000;
/** Rounds of asking: each step of an include, a redirect, an exchange or an alias is one. */
const MOST_ROUNDS = 200;
const BUSY: Owner = { A: ["203.0.113.80"], AAAA: ["2001:db8:ffff::80"], MX: [[10, "busy.test"]] };
const PIECES = [" ", "-", "all", "%{d}", "%{i}", "a", "redirect=b.test", "include:c.test", "exists:", "/", "mx", "="];

function term(random: Random): string {
  const target = random.chance(0.9) ? random.pick(NAMES) : random.pick(["%{d}", "x.%{o}", "%{i}.test", "%{l}.b.test"]);
  const sign = random.pick(["", "", "", "+", "-", "~", "?"]);
  const kinds = [
    ...["a", "mx", "ptr", "ip4:192.0.2.0/25", "ip6:2001:db8::/48", "ip4:198.51.100.7"],
    ...["include", "include", "include", "a", "mx", "exists"].map((kind) => `${kind}:${target}`),
    ...[`a:${target}/24//64`, `mx:${target}/25`, "all"],
  ];
  return random.chance(0.08) ? `redirect=${target}` : sign + random.pick(kinds);
}

/** Sound terms that cause lookups and find something, and that no sender of ours matches: about as many as are allowed. */
function busyRecord(random: Random): string {
  const terms = Array.from({ length: 5 + random.below(8) }, () => random.pick(["a:busy.test", "mx:busy.test", "ptr"]));
  return ["v=spf1", ...terms, random.chance(0.3) ? "include:b.test" : "", "-all"].join(" ");
}

function record(random: Random): string {
  if (random.chance(0.15)) return busyRecord(random);
  const count = random.chance(0.03) ? 60 : random.below(6);
  const terms = Array.from({ length: count }, () => term(random));
  const end = random.pick(["-all", "~all", "?all", "+all", "", `redirect=${random.pick(NAMES)}`]);
  const text = ["v=spf1", ...terms, end].join(" ");
  return random.chance(0.05) ? mutated(random, text, PIECES) : text;
}

function owner(random: Random): Owner {
  if (random.chance(0.08)) return { CNAME: [random.pick(NAMES)] };
  const some = <T>(chance: number, most: number, make: () => T): readonly T[] =>
    random.chance(chance) ? Array.from({ length: 1 + random.below(most) }, make) : [];
  return {
    A: some(0.5, 2, () => random.pick(ADDRESSES.slice(0, 3))),
    AAAA: some(0.4, 2, () => random.pick(ADDRESSES.slice(3))),
    MX: some(0.4, random.chance(0.1) ? 14 : 3, () => [10, random.chance(0.1) ? "" : random.pick(NAMES)] as const),
    TXT: some(0.8, random.chance(0.05) ? 2 : 1, () => stringsOf(record(random))),
    timesOut: random.chance(0.03),
  };
}

function stringsOf(text: string): readonly string[] {
  return text.match(/[^]{1,255}/g) ?? [""];
}

/** A little DNS in which records lead anywhere, in circles too. */
function zone(random: Random): Zone {
  const names = NAMES.filter((each) => each === DOMAIN || random.chance(0.85));
  const mapped = names.map((each) => [each, owner(random)] as const);
  return { ...Object.fromEntries(mapped), "busy.test": BUSY };
}

function counting(lookup: Lookup): Lookup {
  let read = 0;
  return (question) => {
    read += 1;
    promise(read <= MOST_READ, `more than ${MOST_READ} replies were read`);
    return lookup(question);
  };
}

function exercise(world: Zone, ip: string): string {
  const lookup = lookupIn(world);
  const audit = auditSpf(name(DOMAIN), heardView(counting(lookup)));
  askedInRounds(lookup);
  const sender = { ip, helo: "helo.example.net", mailFrom: `user@${DOMAIN}` };
  const check = checkHost(sender, counting(lookup));
  promise(check.status === "done", "a whole world leaves a question open");
  promise(isForeseen(audit, check.result, ip), `${ip} gets "${check.result}", which the audit does not foresee`);
  return check.result;
}

/** What is wanted is asked, and where its aliases lead, until nothing more is: that ends, and then nothing is missing. */
function askedInRounds(lookup: Lookup): void {
  const asked = asking(lookup);
  const wants = spfWants(name(DOMAIN), []);
  const wanted = (): readonly Question[] =>
    wants(counting(asked.lookup)).wanted.flatMap((question) => heard(question, asked.lookup).questions);
  for (let round = 0; asked.ask(wanted()) > 0; round += 1) {
    promise(round < MOST_ROUNDS, "asking does not come to an end");
  }
  const keys = (questions: readonly { name: string; type: string }[]): string =>
    questions.map(({ name: at, type }) => `${at} ${type}`).join("\n");
  const known = keys(auditQuestions(name(DOMAIN), asked.lookup));
  promise(known === keys(auditQuestions(name(DOMAIN), lookup)), "the audit reads what it never asked for");
}

/** Whether the audit of all senders allows this result of one. Only what would be a false pass or a false alarm is looked at. */
function isForeseen(audit: SpfAudit, result: SpfResult, ip: string): boolean {
  const address = parseIpAddress(ip) ?? [];
  const isOpen = audit.senderDependent.length > 0 || audit.remarks.some(({ kind }) => kind === "ptr");
  if (result === "pass") {
    const isGranted = audit.grants.some(({ network, prefix }) => isWithin(address, network, prefix));
    return isOpen || isGranted || audit.endings.some((end) => end.kind === "matched" && end.qualifier === "+");
  }
  if (result !== "permerror") return true;
  const isLimit = audit.lookups > MAX_LOOKUPS || audit.voids.length > MAX_VOIDS || audit.voidQueries > MAX_VOIDS;
  return isOpen || isLimit || audit.violations.length > 0 || ["several", "malformed"].includes(audit.policy.state);
}

export const SPF_ZONES: Target = {
  name: "spf-zones",
  about:
    "SPF of little random worlds is audited, which ends; no sender passes or breaks it in a way that the audit denies",
  endings: ["pass", "fail", "softfail", "neutral", "none", "permerror", "temperror"],
  prepare: async () => (random) => {
    const world = zone(random);
    const ip = random.pick(ADDRESSES);
    return { message: octetsOf(JSON.stringify({ ip, world })), run: () => exercise(world, ip) };
  },
};
