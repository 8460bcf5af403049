import { setTimeout as delay } from "node:timers/promises";
import { controlOffer, hearControl, outcomes, reopened, type TrackOutcome } from "../../tls/offer-outcome.ts";
import {
  hear,
  type Offer,
  type OfferPlan,
  type OfferReply,
  startPlan,
  takeOffers,
  type Track,
  withTracks,
} from "../../tls/offer-plan.ts";
import type { TlsVersion } from "../../tls/versions.ts";

/** A track, how one of its offers is put to the server, and what to ask when it is settled. */
export interface Topic extends Track {
  /** Topics of one version fall silent together; unset: the topic by itself. */
  readonly version?: TlsVersion;
  ask(offer: Omit<Offer, "id">): Promise<OfferReply>;
  readonly next?: (outcome: TrackOutcome) => readonly Topic[];
}

export interface InquiryLimits {
  readonly atOnce: number;
  /** Unanswered offers in a row after which nothing more is asked, of a version or of the whole server. */
  readonly silences: number;
  /** Before each connection to a server that bears only a few of them, in milliseconds. */
  readonly pauseMs: number;
}

/** What whoever owns the connections says to the asking. */
export interface Leash {
  /** How many more offers may be made; 0 ends the asking. */
  left(): number;
  /** Whether connections were cut off by ourselves: what they brought is no answer. */
  isCut(): boolean;
}

/**
 * Asks all topics, a few connections at a time, one per topic, and those that they lead to. The first offer goes alone: a server
 * that is not there is asked once. Ends when all is settled, the leash says so, or the server has become silent.
 */
export class Inquiry {
  readonly #limits: InquiryLimits;
  readonly #leash: Leash;
  readonly #topics = new Map<string, Topic>();
  readonly #settled = new Set<string>();
  readonly #running = new Set<Promise<void>>();
  #plan: OfferPlan = startPlan([]);
  /** In a row, by version. Whoever never answered there may be kept from it by something on the way. */
  readonly #silencesOf = new Map<string, number>();
  readonly #answered = new Set<string>();
  /** In a row, where an answer could be expected. */
  #silences = 0;
  #replies = 0;
  #unreadable = 0;

  constructor(limits: InquiryLimits, leash: Leash) {
    this.#limits = limits;
    this.#leash = leash;
  }

  /** Rejects with what an `ask` rejected with, once the others under way have ended. */
  async run(topics: readonly Topic[]): Promise<void> {
    this.#add(topics);
    try {
      await this.#askAll();
      const again = reopened(this.#plan);
      if (again === this.#plan || this.#hasEnded()) return;
      // Some bear only so many connections at once, or in a second. What nothing came of may yet lead to more questions.
      this.#plan = again;
      for (const name of this.#settled) if (this.outcome(name)?.accepted.length === 0) this.#settled.delete(name);
      await this.#askAll();
    } finally {
      await Promise.allSettled(this.#running);
    }
  }

  async #askAll(): Promise<void> {
    for (;;) {
      this.#start();
      if (this.#running.size === 0) break;
      await Promise.race(this.#running);
    }
    await this.#control();
  }

  /** Connections were cut that meant nothing, so that it is asked one thing at a time. */
  get isSlow(): boolean {
    return this.#plan.aloneSince !== null;
  }

  /** What is known of a topic; undefined where it was never raised. */
  outcome(name: string): TrackOutcome | undefined {
    return outcomes(this.#plan).find((outcome) => outcome.name === name);
  }

  /** The server has left so many offers in a row without an answer that asking ended. */
  get hasFallenSilent(): boolean {
    return this.#silences >= this.#limits.silences;
  }

  /** Whatever was asked, what came back was no TLS. */
  get isNeverReadable(): boolean {
    return this.#replies > 0 && this.#unreadable === this.#replies;
  }

  #add(topics: readonly Topic[]): void {
    const fresh = topics.filter(({ name }) => !this.#topics.has(name));
    fresh.forEach((topic) => this.#topics.set(topic.name, topic));
    this.#plan = withTracks(this.#plan, fresh);
  }

  #hasEnded(): boolean {
    return this.#leash.left() === 0 || this.#leash.isCut() || this.hasFallenSilent;
  }

  #start(): void {
    if (this.#hasEnded()) return;
    const room = (this.#replies === 0 || this.isSlow ? 1 : this.#limits.atOnce) - this.#running.size;
    const offers = this.#take(Math.min(room, this.#leash.left()));
    for (const offer of offers) {
      const asking: Promise<void> = this.#ask(offer).finally(() => this.#running.delete(asking));
      this.#running.add(asking);
    }
  }

  /** Offers of all topics but those of a version that has fallen silent. */
  #take(limit: number): readonly Offer[] {
    const { tracks } = this.#plan;
    const spoken = tracks.filter(({ name }) => (this.#silencesOf.get(this.#sideOf(name)) ?? 0) < this.#limits.silences);
    const { plan, offers } = takeOffers({ ...this.#plan, tracks: spoken }, limit);
    const taken = new Map(plan.tracks.map((track) => [track.name, track]));
    this.#plan = { ...plan, tracks: tracks.map((track) => taken.get(track.name) ?? track) };
    return offers;
  }

  #sideOf(track: string): string {
    return this.#topics.get(track)?.version ?? track;
  }

  async #ask(offer: Offer): Promise<void> {
    const topic = this.#topics.get(offer.track);
    if (topic === undefined) throw new Error(`no topic ${offer.track}`);
    if (this.isSlow) await delay(this.#limits.pauseMs);
    const reply = await topic.ask(offer);
    // Cut off by ourselves: that is no answer of the server's, and the offer stays open.
    if (this.#leash.isCut()) return;
    this.#count(reply, this.#sideOf(offer.track));
    this.#plan = hear(this.#plan, offer.id, reply);
    this.#followUp(topic);
  }

  #count({ kind }: OfferReply, side: string): void {
    this.#replies += 1;
    if (kind === "unreadable") this.#unreadable += 1;
    const isNothing = kind === "silent" || kind === "unconnected" || this.isNeverReadable;
    this.#silencesOf.set(side, isNothing ? (this.#silencesOf.get(side) ?? 0) + 1 : 0);
    if (!isNothing) {
      this.#silences = 0;
      this.#answered.add(side);
    } else if (this.#answered.size === 0 || this.#answered.has(side)) this.#silences += 1;
  }

  #followUp(topic: Topic): void {
    const state = this.#plan.tracks.find(({ name }) => name === topic.name);
    if (state === undefined || this.#settled.has(topic.name)) return;
    // Where something was accepted, what follows need not wait for the echoes of what was not.
    const left = state.accepted.length > 0 ? state.pending.filter(({ isEcho }) => isEcho !== true) : state.pending;
    if (left.length > 0) return;
    this.#settled.add(topic.name);
    const outcome = this.outcome(topic.name);
    if (outcome !== undefined && topic.next !== undefined) this.#add(topic.next(outcome));
  }

  /** Also of a server that has become silent: what it refused before may yet be proven. */
  async #control(): Promise<void> {
    for (;;) {
      const offer = controlOffer(this.#plan);
      const topic = offer === null ? undefined : this.#topics.get(offer.track);
      if (offer === null || topic === undefined || this.#leash.left() === 0 || this.#leash.isCut()) return;
      if (this.isSlow) await delay(this.#limits.pauseMs);
      const reply = await topic.ask(offer);
      if (this.#leash.isCut()) return;
      this.#plan = hearControl(this.#plan, reply);
    }
  }
}
