import type { Bilingual } from "../core/messages.ts";
import { slotAt } from "../core/slot.ts";
import { brokenLink, type Subject, type Transition } from "../core/transition.ts";
import type { PracticeInternet } from "../practice/internet.ts";
import type { TransitionAlert } from "../watch/alert.ts";
import { runRound } from "../watch/round.ts";
import { secondLooks } from "../watch/watch-family.ts";
import type { WatchedFamily } from "../watch/watched.ts";
import type { WatchEvent } from "../watch/watch-event.ts";
import type { WatchIo } from "../watch/watch-io.ts";

/** The practice domain that an accident befalls while the service watches. */
const STAR = "havn-oevelse.dk";

export interface Stage {
  readonly internet: Pick<PracticeInternet, "serve">;
  readonly watched: WatchedFamily;
  /** Its events go to the terminal; the story listens too. */
  readonly io: WatchIo;
  readonly say: (words: Bilingual) => void;
  /** Called when everything has been seen once. Whether it was seen as it should be. */
  readonly onBaseline: () => Promise<boolean>;
}

/** Something that must have happened, and whether it did. */
export interface StoryPoint {
  readonly what: Bilingual;
  readonly happened: boolean;
}

/**
 * Lets one domain lose its signatures while its DS stays, and get them back, and watches: baseline, regression confirmed by
 * a second look, one alert, recovery. Ends early, with what was reached, when it is interrupted.
 */
export async function tellStory(stage: Stage, signal: AbortSignal): Promise<readonly StoryPoint[]> {
  const { internet, watched, io, say, onBaseline } = stage;
  const events: WatchEvent[] = [];
  const listening: WatchIo = {
    ...io,
    onEvent: (event) => {
      events.push(event);
      io.onEvent(event);
    },
  };
  const look = async (): Promise<void> => {
    await runRound(watched, slotAt(io.clock.now()), listening, signal);
    await secondLooks(watched, listening, signal, Number.POSITIVE_INFINITY);
  };

  say(CHAPTERS.baseline);
  await look();
  if (signal.aborted) return [];
  const baseline = { what: WORDS.baseline, happened: await onBaseline() };
  events.length = 0;

  say(CHAPTERS.accident);
  internet.serve(STAR, "signatures-stripped");
  await look();
  if (signal.aborted) return [];

  say(CHAPTERS.mended);
  internet.serve(STAR, null);
  await look();
  return signal.aborted ? [] : [baseline, ...(await pointsOf(events, watched, io))];
}

const CHAPTERS = {
  baseline: {
    da: "1. Første runde: alt ses for første gang. Det er udgangspunktet, og ingen får besked om det.",
    en: "1. The first round: everything is seen for the first time. That is the baseline, and nobody is told of it.",
  },
  accident: {
    da: `2. Et uheld: ${STAR} flyttes til navneservere, der ikke signerer, mens DS-posten bliver stående. Næste runde:`,
    en: `2. An accident: ${STAR} moves to name servers that do not sign, while its DS record stays. The next round:`,
  },
  mended: {
    da: `3. Operatøren retter fejlen: ${STAR} er signeret igen. Næste runde:`,
    en: `3. The operator mends it: ${STAR} is signed again. The next round:`,
  },
} as const satisfies Record<string, Bilingual>;

async function pointsOf(
  events: readonly WatchEvent[],
  { municipality, requirements }: WatchedFamily,
  { memory }: WatchIo,
): Promise<readonly StoryPoint[]> {
  const requirement = requirements[0]?.id ?? "S18";
  const subject: Subject = { municipality: municipality.id, requirement, asset: `domain:${STAR}` };
  const history = await memory.transitions.history(subject);
  const transitions = events.flatMap((event) => (event.kind === "transition" ? [event.transition] : []));
  const [fell, rose] = transitions;
  // The morning's digest may fall into the story's minute: it tells of other things.
  const alerts = events.flatMap((event) =>
    event.kind === "alert" && event.alert.kind !== "digest" ? [event.alert] : [],
  );
  const [warned, relieved] = alerts;
  return [
    { what: WORDS.fell, happened: isOf(subject, "regression", fell) && fell.firstSlot !== fell.slot },
    { what: WORDS.warned, happened: warned !== undefined && tells(warned, "regression", fell) },
    {
      what: WORDS.rose,
      happened: isOf(subject, "recovery", rose) && rose.firstSlot !== rose.slot && rose.closes === fell?.number,
    },
    { what: WORDS.relieved, happened: relieved !== undefined && tells(relieved, "recovery", rose) },
    { what: WORDS.nothingElse, happened: transitions.length === 2 && alerts.length === 2 },
    {
      what: WORDS.unbroken,
      happened: history.length >= 3 && brokenLink(history) === null && history.at(-1)?.hash === rose?.hash,
    },
  ];
}

const WORDS = {
  baseline: {
    da: "Alle øvelsens domæner blev vurderet, som de skulle",
    en: "All domains of the exercise were judged as they should be",
  },
  fell: {
    da: `${STAR} gik fra opfyldt til ikke opfyldt, og et nyt kig bekræftede det`,
    en: `${STAR} went from fulfilled to not fulfilled, and a second look confirmed it`,
  },
  warned: { da: "Én alarm fortalte om det", en: "One alert told of it" },
  rose: {
    da: `${STAR} blev opfyldt igen, og et nyt kig bekræftede det`,
    en: `${STAR} became fulfilled again, and a second look confirmed it`,
  },
  relieved: { da: "Én besked fortalte om det", en: "One message told of it" },
  nothingElse: {
    da: "Intet andet domæne skiftede afgørelse, og der gik ingen andre beskeder",
    en: "No other domain changed its verdict, and no other message went out",
  },
  unbroken: {
    da: `Historikken for ${STAR} er ubrudt: hvert led passer til det forrige`,
    en: `The history of ${STAR} is unbroken: each link fits the one before`,
  },
} as const satisfies Record<string, Bilingual>;

function isOf(
  { asset, requirement }: Subject,
  kind: Transition["kind"],
  transition: Transition | undefined,
): transition is Transition {
  return transition?.asset === asset && transition.requirement === requirement && transition.kind === kind;
}

function tells(
  alert: { readonly kind: string },
  kind: TransitionAlert["kind"],
  transition: Transition | undefined,
): boolean {
  if (alert.kind !== kind) return false;
  const { members, total } = alert as TransitionAlert;
  return total === 1 && members[0]?.asset === transition?.asset && members[0]?.number === transition?.number;
}
