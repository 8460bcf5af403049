import type { Bilingual } from "../core/messages.ts";
import type { RequirementId } from "../core/requirement-id.ts";
import { brokenLink, type Transition } from "../core/transition.ts";
import type { TransitionAlert } from "../watch/alert.ts";
import type { Memory } from "../watch/memory.ts";
import type { WatchEvent } from "../watch/watch-event.ts";
import type { Turn } from "./story-turns.ts";

/** Something that must have happened, and whether it did. */
export interface StoryPoint {
  readonly what: Bilingual;
  readonly happened: boolean;
}

/** What was seen of one turn. */
export interface SeenTurn {
  readonly turn: Turn;
  /** Of the turn's requirements, those that are built. */
  readonly falls: readonly RequirementId[];
  /** From the accident to its end, and from its mending on. */
  readonly fell: readonly WatchEvent[];
  readonly rose: readonly WatchEvent[];
}

/** What must have happened in one turn: fall and rise, each confirmed by a second look and told of once. */
export function turnPoints({ turn, falls, fell, rose }: SeenTurn): readonly StoryPoint[] {
  const falling = falls.map((id) => transitionOf(fell, turn, id, "regression"));
  const rising = falls.map((id) => transitionOf(rose, turn, id, "recovery"));
  const words = wordsOf(turn, falls);
  return [
    { what: words.fell, happened: falling.every(isConfirmed) },
    { what: words.warned, happened: falling.every((each) => isTold(fell, "regression", each, turn.names)) },
    {
      what: words.rose,
      happened: rising.every((each, index) => isConfirmed(each) && each.closes === falling[index]?.number),
    },
    { what: words.relieved, happened: rising.every((each) => isTold(rose, "recovery", each, turn.names)) },
  ];
}

/** That nothing happened besides, and that the histories of the star hold. */
export async function closingPoints(
  seen: readonly SeenTurn[],
  municipality: string,
  memory: Memory,
): Promise<readonly StoryPoint[]> {
  const events = seen.flatMap(({ fell, rose }) => [...fell, ...rose]);
  const wanted = seen.reduce((sum, { falls }) => sum + 2 * falls.length, 0);
  const subjects = seen.flatMap(({ turn: { asset }, falls }) =>
    falls.map((requirement) => ({ municipality, requirement, asset })),
  );
  const once = new Map(subjects.map((subject) => [`${subject.requirement} ${subject.asset}`, subject]));
  const histories = await Promise.all([...once.values()].map((subject) => memory.transitions.history(subject)));
  return [
    {
      what: WORDS.nothingElse,
      happened: transitionsIn(events).length === wanted && alertsIn(events).length === wanted,
    },
    {
      what: unbrokenWords([...new Set(seen.map(({ turn: { on } }) => on))]),
      happened: histories.every((history) => history.length >= 3 && brokenLink(history) === null),
    },
  ];
}

function transitionsIn(events: readonly WatchEvent[]): readonly Transition[] {
  return events.flatMap((event) => (event.kind === "transition" ? [event.transition] : []));
}

/** The morning's digest may fall into the story's minute: it tells of other things. */
function alertsIn(events: readonly WatchEvent[]) {
  return events.flatMap((event) => (event.kind === "alert" && event.alert.kind !== "digest" ? [event.alert] : []));
}

function transitionOf(
  events: readonly WatchEvent[],
  { asset }: Turn,
  requirement: RequirementId,
  kind: Transition["kind"],
): Transition | undefined {
  return transitionsIn(events).find(
    (each) => each.asset === asset && each.requirement === requirement && each.kind === kind,
  );
}

function isConfirmed(transition: Transition | undefined): transition is Transition {
  return transition !== undefined && transition.firstSlot !== transition.slot;
}

/** Whether exactly one alert of this kind tells of the transition, of nothing else, and of what it must name. */
function isTold(
  events: readonly WatchEvent[],
  kind: TransitionAlert["kind"],
  transition: Transition | undefined,
  names: string | null,
): boolean {
  const alerts = alertsIn(events).filter(
    (alert): alert is TransitionAlert => alert.kind === kind && alert.requirement === transition?.requirement,
  );
  const [alert] = alerts;
  if (alert === undefined || alerts.length > 1) return false;
  const [member] = alert.members;
  const isOfIt = alert.total === 1 && member?.asset === transition?.asset && member?.number === transition?.number;
  return isOfIt && (names === null || alert.deciding.about?.includes(names) === true);
}

function wordsOf({ called, names, on }: Turn, falls: readonly RequirementId[]): TurnWords {
  const [da, en] = [listed(falls, "og"), listed(falls, "and")];
  const one = falls.length === 1;
  const naming = { da: names === null ? "" : ` og nævnte ${names}`, en: names === null ? "" : ` and named ${names}` };
  return {
    fell: {
      da: `${called.da}: ${da} gik fra opfyldt til ikke opfyldt for ${on}, og et nyt kig bekræftede det`,
      en: `${called.en}: ${en} went from fulfilled to not fulfilled for ${on}, and a second look confirmed it`,
    },
    warned: one
      ? { da: `Én alarm fortalte om det${naming.da}`, en: `One alert told of it${naming.en}` }
      : { da: "Én alarm for hvert krav fortalte om det", en: "One alert for each requirement told of it" },
    rose: {
      da: `${da} blev opfyldt igen, og et nyt kig bekræftede det`,
      en: `${en} became fulfilled again, and a second look confirmed it`,
    },
    relieved: one
      ? { da: "Én besked fortalte om det", en: "One message told of it" }
      : { da: "Én besked for hvert krav fortalte om det", en: "One message for each requirement told of it" },
  };
}

interface TurnWords {
  readonly fell: Bilingual;
  readonly warned: Bilingual;
  readonly rose: Bilingual;
  readonly relieved: Bilingual;
}

const WORDS = {
  nothingElse: {
    da: "Ingen anden afgørelse skiftede, og der gik ingen andre beskeder",
    en: "No other verdict changed, and no other message went out",
  },
} as const satisfies Record<string, Bilingual>;

function unbrokenWords(names: readonly string[]): Bilingual {
  return {
    da: `Historikken for ${listed(names, "og")} er ubrudt: hvert led passer til det forrige`,
    en: `The history of ${listed(names, "and")} is unbroken: each link fits the one before`,
  };
}

function listed(words: readonly string[], and: string): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} ${and} ${last}`;
}
