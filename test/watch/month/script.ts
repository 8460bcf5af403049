import type { ControlsVerdict } from "../../../lib/verify/controls.ts";
import { chance } from "./chance.ts";
import { FEEBLE, WEAK } from "./a-month.ts";
import type { Found, Spell } from "./world.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The first moment of day 1. */
export const MONTH_START = Date.parse("2026-03-01T00:00:00.000Z");
const MONTH_DAYS = 31;
const MONTH_END = MONTH_START + MONTH_DAYS * DAY;

/** What happens to the service, its machine or its inventory, and when. */
export interface Deed {
  readonly at: number;
  readonly what:
    | { readonly kind: "killed" | "stopped"; readonly away: number }
    /** Null: to what it should be. */
    | { readonly kind: "clock-set"; readonly by: number | null }
    | { readonly kind: "asleep"; readonly for: number }
    | { readonly kind: "rules"; readonly version: number }
    | { readonly kind: "exempted"; readonly domain: string; readonly until: number }
    | { readonly kind: "added" | "removed"; readonly domain: string }
    | { readonly kind: "mail-refused"; readonly until: number };
}

/** A message that must come, in the words of `told.ts`, because of what happened at `since`. */
export interface Expected {
  readonly words: string;
  readonly since: number;
  readonly within: number;
  readonly line: string;
}

export interface Script {
  /** Epoch milliseconds. */
  readonly end: number;
  readonly spells: readonly Spell[];
  readonly deeds: readonly Deed[];
  readonly expected: readonly Expected[];
}

const DOMAINS = 200;
const UNDER_DK = 150;

/** skole-001.dk to skole-150.dk, then skole-151.eu to skole-200.eu. */
export const SCHOOLS: readonly string[] = Array.from({ length: DOMAINS }, (_, index) => {
  const suffix = index < UNDER_DK ? "dk" : "eu";
  return `skole-${String(index + 1).padStart(3, "0")}.${suffix}`;
});

function schools({ from, to }: { readonly from: number; readonly to: number }): (domain: string) => boolean {
  const chosen = new Set(SCHOOLS.slice(from - 1, to));
  return (domain) => chosen.has(domain);
}

const ZONES = {
  nord: schools({ from: 1, to: 40 }),
  syd: schools({ from: 41, to: 80 }),
  dk: schools({ from: 1, to: 150 }),
};
type Zone = keyof typeof ZONES;

/** What a resolver that strips signatures spoils: the others of the 200 are not signed by their own zone. */
const STRIPPED = schools({ from: 1, to: 190 });
/** Flapping domains are broken at every round and well at every second look. */
const FLAP_MINUTES = 6;

const WHEN = /^day (\d+) (\d\d):(\d\d)$/;
const LINE = /^(day \d+ \d\d:\d\d)\s+(.*?)\s+-> (.*)$/;

/** Reads the script of the first so many days; throws at the first line that cannot be understood. */
export function readScript(text: string, days = MONTH_DAYS): Script {
  const end = MONTH_START + days * DAY;
  const spells: Spell[] = [
    { ...lasting(MONTH_START), who: schools(WEAK), found: { condition: "weak" }, isOurs: false },
    { ...lasting(MONTH_START), who: schools(FEEBLE), found: { condition: "feeble" }, isOurs: false },
    {
      ...lasting(MONTH_START),
      who: (domain) => domain.startsWith("new-"),
      found: { condition: "unsigned" },
      isOurs: false,
    },
  ];
  const deeds: Deed[] = [];
  const expected: Expected[] = [];
  for (const line of text.split("\n").filter((each) => each.trim() !== "")) {
    const [, when = "", what = "", told = ""] = LINE.exec(line) ?? fail(line);
    const at = momentOf(when);
    if (at >= end) break;
    const happening = HAPPENINGS.find(({ pattern }) => pattern.test(what)) ?? fail(line);
    const parts = happening.pattern.exec(what)?.slice(1) ?? fail(line);
    happening.does({ at, parts, spells, deeds });
    if (told !== "nothing") expected.push(...told.split(" + ").map((each) => expectation(each, at, line)));
  }
  return { end, spells, deeds, expected };
}

/** The script with one more death or restart of the service at a random moment of every day. */
export function withRestarts(script: Script, seed: number): Script {
  const days = Array.from({ length: (script.end - MONTH_START) / DAY - 1 }, (_, day) => MONTH_START + (day + 1) * DAY);
  const restarts = days.map((day): Deed => {
    // Half of them during a round or a second look, which is when there is something to break.
    const hour = Math.floor(chance(seed, "hour", day) * 24) * HOUR;
    const minute = chance(seed, "minute", day) * (chance(seed, "busy", day) < 0.5 ? 12 : 60) * MINUTE;
    return {
      at: day + hour + minute,
      what: { kind: chance(seed, "kind", day) < 0.8 ? "killed" : "stopped", away: MINUTE },
    };
  });
  return { ...script, deeds: [...script.deeds, ...restarts] };
}

interface Happening {
  readonly at: number;
  readonly parts: readonly string[];
  readonly spells: Spell[];
  readonly deeds: Deed[];
}

const SOON = "(day \\d+ \\d\\d:\\d\\d)";

const HAPPENINGS: readonly { readonly pattern: RegExp; readonly does: (happening: Happening) => void }[] = [
  spell(/^(.*) loses its signatures$/, { condition: "unsigned" }),
  spell(new RegExp(`^(.*) loses its signatures until ${SOON}$`), { condition: "unsigned" }),
  spell(new RegExp(`^(.*) answers SERVFAIL until ${SOON}$`), { cause: "dns-servfail" }),
  spell(new RegExp(`^(.*) flaps until ${SOON}$`), { condition: "unsigned" }, FLAP_MINUTES),
  spell(/^(.*) warns$/, { condition: "short" }),
  spell(new RegExp(`^(.*) warns until ${SOON}$`), { condition: "short" }),
  {
    pattern: /^zone (nord|syd|dk) breaks$/,
    does: ({ at, parts: [zone], spells }) =>
      spells.push({ ...lasting(at), who: ZONES[zone as Zone], found: { condition: zone as Zone }, isOurs: false }),
  },
  {
    pattern: /^zone (nord|syd|dk) is mended$/,
    does: ({ at, parts: [zone], spells }) =>
      mend(spells, at, (found) => "condition" in found && found.condition === zone),
  },
  {
    pattern: /^(.*) is mended$/,
    does: ({ at, parts: [who = ""], spells }) => {
      const names = who.split(", ");
      for (const domain of names)
        mend(spells, at, (found, spell) => "condition" in found && found.condition === "unsigned" && spell.who(domain));
    },
  },
  {
    pattern: new RegExp(`^resolvers time out until ${SOON}$`),
    does: ({ at, parts: [until = ""], spells }) =>
      spells.push({ from: at, to: momentOf(until), who: () => true, found: { cause: "dns-timeout" }, isOurs: true }),
  },
  {
    pattern: new RegExp(`^our resolver strips signatures until ${SOON}, controls (doubtful|unknown)$`),
    does: ({ at, parts: [until = "", controls], spells }) =>
      spells.push({
        ...{ from: at, to: momentOf(until), who: STRIPPED, found: { condition: "unsigned" }, isOurs: true },
        controls: controls as ControlsVerdict,
      }),
  },
  deed(/^process is (killed|stopped)$/, ([kind]) => ({ kind: kind as "killed" | "stopped", away: MINUTE })),
  deed(/^process is killed, for (\d+) hours$/, ([hours]) => ({ kind: "killed", away: Number(hours) * HOUR })),
  deed(/^clock is set back (\d+) minutes$/, ([minutes]) => ({ kind: "clock-set", by: -Number(minutes) * MINUTE })),
  deed(/^clock is set right$/, () => ({ kind: "clock-set", by: null })),
  deed(/^machine sleeps (\d+) hours$/, ([hours]) => ({ kind: "asleep", for: Number(hours) * HOUR })),
  deed(/^rules rise to version (\d+)$/, ([version]) => ({ kind: "rules", version: Number(version) })),
  deed(new RegExp(`^(.*) is exempted until ${SOON}$`), ([domain = "", until = ""]) => ({
    ...{ kind: "exempted", domain, until: momentOf(until) },
  })),
  deed(/^(.*) is (added|removed)$/, ([domain = "", kind]) => ({ kind: kind as "added" | "removed", domain })),
  deed(new RegExp(`^mail server refuses until ${SOON}$`), ([until = ""]) => ({
    kind: "mail-refused",
    until: momentOf(until),
  })),
  { pattern: /^(morning comes|the exemption ends|the Danish clocks are set forward)/, does: () => undefined },
];

function spell(pattern: RegExp, found: Found, minutes?: number): (typeof HAPPENINGS)[number] {
  return {
    pattern,
    does: ({ at, parts: [who = "", until], spells }) => {
      const names = new Set(who.split(", "));
      const to = until === undefined ? MONTH_END : momentOf(until);
      const span = { from: at, to, ...(minutes === undefined ? {} : { minutes }) };
      for (const name of names) spells.push({ ...span, who: (domain) => domain === name, found, isOurs: false });
    },
  };
}

function deed(pattern: RegExp, make: (parts: readonly string[]) => Deed["what"]): (typeof HAPPENINGS)[number] {
  return { pattern, does: ({ at, parts, deeds }) => void deeds.push({ at, what: make(parts) }) };
}

/** Ends what is so and fits. Nothing to end is a mistake in the script. */
function mend(spells: Spell[], at: number, fits: (found: Found, spell: Spell) => boolean): void {
  const index = spells.findIndex((each) => each.from <= at && at < each.to && !each.isOurs && fits(each.found, each));
  const ended = spells[index] ?? fail(`nothing to mend at ${new Date(at).toISOString()}`);
  spells[index] = { ...ended, to: at };
}

function lasting(from: number): { readonly from: number; readonly to: number } {
  return { from, to: MONTH_END };
}

function expectation(told: string, since: number, line: string): Expected {
  const [, words = "", minutes] = /^(.*?)(?: within (\d+))$/.exec(told) ?? fail(line);
  return { words, since, within: Number(minutes) * MINUTE, line: line.replaceAll(/\s+/g, " ") };
}

function momentOf(when: string): number {
  const [, day, hours, minutes] = WHEN.exec(when) ?? fail(when);
  return MONTH_START + (Number(day) - 1) * DAY + Number(hours) * HOUR + Number(minutes) * MINUTE;
}

function fail(line: string): never {
  throw new Error(`the script cannot be understood: ${line}`);
}
