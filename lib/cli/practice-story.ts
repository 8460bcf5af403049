import type { Bilingual } from "../core/messages.ts";
import { slotAt } from "../core/slot.ts";
import type { PracticeInternet } from "../practice/internet.ts";
import { runRound } from "../watch/round.ts";
import { secondLooks } from "../watch/watch-family.ts";
import type { WatchedFamily } from "../watch/watched.ts";
import type { WatchEvent } from "../watch/watch-event.ts";
import type { WatchIo } from "../watch/watch-io.ts";
import { closingPoints, type SeenTurn, type StoryPoint, turnPoints } from "./story-points.ts";
import { STAR, type Turn, TURNS } from "./story-turns.ts";

export interface Stage {
  readonly internet: Pick<PracticeInternet, "serve">;
  readonly families: readonly WatchedFamily[];
  /** Its events go to the terminal; the story listens too. */
  readonly io: WatchIo;
  readonly say: (words: Bilingual) => void;
  /** Called when everything has been seen once. Whether it was seen as it should be. */
  readonly onBaseline: () => Promise<boolean>;
}

/**
 * Lets accidents befall one domain, one after the other, and mends them, and watches: baseline, regressions confirmed by a
 * second look, an alert for each, recovery. Ends early, with nothing, when it is interrupted.
 */
export async function tellStory(stage: Stage, signal: AbortSignal): Promise<readonly StoryPoint[]> {
  const { families, io, say, onBaseline } = stage;
  const story = new Story(stage, signal);
  say(BASELINE);
  for (const family of families) await story.look(family);
  if (signal.aborted) return [];
  const baseline = { what: WORDS.baseline, happened: await onBaseline() };
  const seen: SeenTurn[] = [];
  for (const turn of TURNS) {
    const watched = families.find(({ family }) => family === turn.family);
    if (watched === undefined) continue;
    const falls = turn.falls.filter((id) => watched.requirements.some((requirement) => requirement.id === id));
    const isOurs = watched.inventory.assets.some(({ id }) => id === turn.asset);
    if (falls.length === 0 || !isOurs) continue;
    const [fell, rose] = await story.play(turn, watched);
    if (signal.aborted) return [];
    seen.push({ turn, falls, fell, rose });
  }
  const municipality = families[0]?.municipality.id ?? "";
  return [baseline, ...seen.flatMap(turnPoints), ...(await closingPoints(seen, municipality, io.memory))];
}

/** What has been told so far: the number of the next chapter, and the events of this one. */
class Story {
  readonly #stage: Stage;
  readonly #signal: AbortSignal;
  readonly #io: WatchIo;
  #events: WatchEvent[] = [];
  #chapter = 1;

  constructor(stage: Stage, signal: AbortSignal) {
    this.#stage = stage;
    this.#signal = signal;
    const { io } = stage;
    this.#io = {
      ...io,
      onEvent: (event) => {
        this.#events.push(event);
        io.onEvent(event);
      },
    };
  }

  /** The accident and its mending; returns what was heard of each. Mended even when it is interrupted in between. */
  async play(turn: Turn, watched: WatchedFamily): Promise<readonly [WatchEvent[], WatchEvent[]]> {
    const { internet } = this.#stage;
    // The star alone: a whole round takes its time, and the first one has been told.
    const only = [turn.asset];
    this.#announce(turn.accident);
    internet.serve(STAR, turn.fault);
    try {
      await this.look(watched, only);
      if (this.#signal.aborted) return [[], []];
    } finally {
      internet.serve(STAR, null);
    }
    const fell = this.#events;
    this.#announce(turn.mended);
    await this.look(watched, only);
    return [fell, this.#events];
  }

  /** One round of the family, or a look at these assets, and the second looks that it calls for. */
  async look(watched: WatchedFamily, only?: readonly string[]): Promise<void> {
    await runRound(watched, slotAt(this.#io.clock.now()), this.#io, this.#signal, only);
    await secondLooks(watched, this.#io, this.#signal, Number.POSITIVE_INFINITY);
  }

  #announce({ da, en }: Bilingual): void {
    this.#events = [];
    this.#chapter += 1;
    const number = `${String(this.#chapter)}. `;
    this.#stage.say({ da: number + da, en: number + en });
  }
}

const BASELINE: Bilingual = {
  da: "1. Første runde: alt ses for første gang. Det er udgangspunktet, og ingen får besked om det.",
  en: "1. The first round: everything is seen for the first time. That is the baseline, and nobody is told of it.",
};

const WORDS = {
  baseline: {
    da: "Alle øvelsens aktiver blev vurderet, som de skulle",
    en: "All assets of the exercise were judged as they should be",
  },
} as const satisfies Record<string, Bilingual>;
