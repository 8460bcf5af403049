/**
 * Finding everything that a server accepts by few connections: offer all that is left, strike out what the server chose,
 * until it refuses. n accepted items cost n + 1 connections per track. A track is a version whose items are suites, or a
 * version whose items are groups; tracks go side by side. Pure: replies go in, offers come out.
 */

/** What is to be found out: which of `items` the server takes. Order is the order of the offer. */
export interface Track {
  readonly name: string;
  readonly items: readonly number[];
}

/** A connection to make. */
export interface Offer {
  readonly id: number;
  readonly track: string;
  readonly items: readonly number[];
  /** A second try after a cut: say it in the shortest hello that still asks the question. */
  readonly isCompact: boolean;
}

/**
 * How it went. `accepted`: the server chose this item at the track's own version. `refused`: an alert that answers the
 * offer, or a hello at another version. `closed`: an orderly end without a word. `other-alert`: an alert that may be about
 * the hello's form. `unreadable`: octets that are no hello.
 */
export type OfferReply =
  | { readonly kind: "accepted"; readonly item: number }
  | { readonly kind: "refused" | "closed" | "reset" | "silent" | "other-alert" | "unreadable" };

/** Ways of not answering, which never mean "not supported" without a smaller second try. */
export type Cut = "closed" | "reset" | "silent" | "other-alert" | "unreadable";

/** Orderly ends and resets are how some servers say no; silence and octets that are no hello never are. */
const MAY_BE_A_NO: readonly Cut[] = ["closed", "reset"];

interface Pending {
  readonly items: readonly number[];
  readonly isCompact: boolean;
}

interface TrackState {
  readonly name: string;
  readonly offered: readonly number[];
  /** In the order in which the server chose them. */
  readonly accepted: readonly number[];
  /** Pieces that are not settled; each is offered alone, and shrinks. */
  readonly pending: readonly Pending[];
  readonly isUnderWay: boolean;
  /** Refused in so many words. */
  readonly refused: readonly number[];
  /** Cut at the smaller second try as well. */
  readonly cuts: readonly { readonly items: readonly number[]; readonly cut: Cut; readonly at: number }[];
  /** Chosen although not offered: the server does not read offers. */
  readonly unoffered: readonly number[];
  readonly picks: readonly { readonly offered: readonly number[]; readonly item: number }[];
  readonly connections: number;
}

/** The whole state; treat it as a value. */
export interface OfferPlan {
  readonly tracks: readonly TrackState[];
  readonly underWay: readonly Offer[];
  readonly nextId: number;
  /** The server was seen to answer a small hello after it cut a long one: from now on all are small. */
  readonly isIntolerant: boolean;
  /** The longest offer in its full form that the server accepted something of: an alert to a shorter one is no matter of length. */
  readonly tolerated: number;
  /** How many replies were heard, and which of them was the last real answer: an item, or a refusal. */
  readonly replies: number;
  readonly lastAnswer: number;
}

/** With a compact hello this stays under 256 octets, which is as small as a hello of some use gets. */
export const SMALL_OFFER = 32;

function pieces(items: readonly number[]): readonly Pending[] {
  return Array.from({ length: Math.ceil(items.length / SMALL_OFFER) }, (_, index) => ({
    items: items.slice(index * SMALL_OFFER, (index + 1) * SMALL_OFFER),
    isCompact: true,
  }));
}

/** A plan for these tracks; names are different, items of a track too. */
export function startPlan(tracks: readonly Track[]): OfferPlan {
  const states = tracks.map(({ name, items }) => ({
    ...{ name, offered: items, accepted: [], refused: [], cuts: [], unoffered: [], picks: [], connections: 0 },
    pending: items.length === 0 ? [] : [{ items, isCompact: false }],
    isUnderWay: false,
  }));
  return { tracks: states, underWay: [], nextId: 1, isIntolerant: false, tolerated: 0, replies: 0, lastAnswer: 0 };
}

/** Up to `limit` offers that can be made now, one per track, and the plan with them under way. */
export function takeOffers(
  plan: OfferPlan,
  limit: number,
): { readonly plan: OfferPlan; readonly offers: readonly Offer[] } {
  const offers: Offer[] = [];
  const tracks = plan.tracks.map((track) => {
    const split = plan.isIntolerant
      ? track.pending.flatMap((pending) => (pending.isCompact ? [pending] : pieces(pending.items)))
      : track.pending;
    const [first] = split;
    if (first === undefined || track.isUnderWay || offers.length >= limit) return track;
    offers.push({ id: plan.nextId + offers.length, track: track.name, ...first });
    return { ...track, pending: split, isUnderWay: true, connections: track.connections + 1 };
  });
  return {
    plan: { ...plan, tracks, underWay: [...plan.underWay, ...offers], nextId: plan.nextId + offers.length },
    offers,
  };
}

function onAccepted(track: TrackState, [first, ...later]: readonly Pending[], item: number): TrackState {
  const items = first?.items ?? [];
  // Who does not read offers will choose the same again for ever: what is left of this track stays unknown.
  if (!items.includes(item)) return { ...track, unoffered: [...track.unoffered, item], pending: [] };
  const left = items.filter((each) => each !== item);
  return {
    ...track,
    accepted: [...track.accepted, item],
    picks: [...track.picks, { offered: items, item }],
    pending: left.length === 0 ? later : [{ items: left, isCompact: first?.isCompact ?? false }, ...later],
  };
}

function onCut(track: TrackState, [first, ...later]: readonly Pending[], cut: Cut, at: number): TrackState {
  if (first === undefined) return track;
  if (!first.isCompact) return { ...track, pending: [...pieces(first.items), ...later] };
  return { ...track, cuts: [...track.cuts, { items: first.items, cut, at }], pending: later };
}

function advance(track: TrackState, reply: OfferReply, at: number): TrackState {
  const idle = { ...track, isUnderWay: false };
  const [first, ...later] = track.pending;
  if (reply.kind === "accepted") return onAccepted(idle, track.pending, reply.item);
  if (reply.kind !== "refused") return onCut(idle, track.pending, reply.kind, at);
  return { ...idle, refused: [...track.refused, ...(first?.items ?? [])], pending: later };
}

/** The plan after a reply. A reply to an offer that is not under way changes nothing. */
export function hear(plan: OfferPlan, id: number, reply: OfferReply): OfferPlan {
  const offer = plan.underWay.find((each) => each.id === id);
  if (offer === undefined) return plan;
  const isAboutItems = reply.kind === "other-alert" && offer.items.length <= plan.tolerated;
  const meaning: OfferReply = isAboutItems ? { kind: "refused" } : reply;
  const hasReached = reply.kind === "accepted" && !offer.isCompact;
  const heard = hearControl(plan, meaning);
  return {
    ...heard,
    tracks: plan.tracks.map((track) => (track.name === offer.track ? advance(track, meaning, heard.replies) : track)),
    tolerated: hasReached ? Math.max(plan.tolerated, offer.items.length) : plan.tolerated,
    underWay: plan.underWay.filter((each) => each !== offer),
    // Only an accepted small offer shows it: a refused one would have been refused at length, too.
    isIntolerant: plan.isIntolerant || (offer.isCompact && reply.kind === "accepted"),
  };
}

/**
 * What to offer once the plan is settled, when a connection was cut after the last real answer: something that the server
 * accepted before. Is it cut too, then the server has stopped answering us, and the cuts say nothing. Else null.
 */
export function controlOffer({ tracks, lastAnswer }: OfferPlan): Omit<Offer, "id"> | null {
  const known = tracks.find(({ accepted }) => accepted.length > 0);
  const isInDoubt = tracks.some(({ cuts }) => cuts.some(({ at, cut }) => at > lastAnswer && MAY_BE_A_NO.includes(cut)));
  if (known === undefined || !isInDoubt) return null;
  return { track: known.name, items: known.accepted.slice(0, 1), isCompact: true };
}

/** The plan after the reply to `controlOffer`. */
export function hearControl(plan: OfferPlan, { kind }: OfferReply): OfferPlan {
  const replies = plan.replies + 1;
  return { ...plan, replies, lastAnswer: kind === "accepted" || kind === "refused" ? replies : plan.lastAnswer };
}

/** Nothing is under way and nothing is left to offer. */
export function isSettled(plan: OfferPlan): boolean {
  return plan.underWay.length === 0 && plan.tracks.every(({ pending }) => pending.length === 0);
}

/** What was found out in one track. */
export interface TrackOutcome {
  readonly name: string;
  /** In the order of the server's choice. */
  readonly accepted: readonly number[];
  /** Proven not to be taken, by alert, or by the way this server says no (see `outcomes`). */
  readonly refused: readonly number[];
  /** Not known, with the reason. While it is not empty, "not supported" may not be concluded of its items. */
  readonly undecided: readonly { readonly items: readonly number[]; readonly cause: Cut | "unoffered" | "not-asked" }[];
  readonly unoffered: readonly number[];
  /**
   * `server`: it chose against the order of an offer. `client`: it took the first that it accepts every time, among two or
   * more: likely, and `preferenceOffer` settles it. `unknown`: fewer than two accepted.
   */
  readonly preference: "server" | "client" | "unknown";
  readonly connections: number;
}

function preferenceOf({ picks, accepted }: TrackState): TrackOutcome["preference"] {
  const isTaken = new Set(accepted);
  const overlooked = picks.some(({ offered, item }) => offered.find((each) => isTaken.has(each)) !== item);
  if (overlooked) return "server";
  return accepted.length < 2 ? "unknown" : "client";
}

/** Whether and when the server last gave a real answer. */
interface Liveness {
  readonly isAlive: boolean;
  readonly lastAnswer: number;
}

/**
 * Which cuts at the smaller second try count as refusals, on a server that is known to answer since it accepted something
 * in some track. An alert does: it is an answer, and the hello's form was as plain as can be. The end of a connection does
 * only if this track knows no other way of saying no (everything not accepted was cut in the same way, and no alert came)
 * and the server answered somebody afterwards: one that has had enough of us cuts everything.
 */
function isRefusedBy(cut: Cut, { cuts, refused }: TrackState, { isAlive, lastAnswer }: Liveness): boolean {
  if (!isAlive) return false;
  if (cut === "other-alert") return true;
  return (
    MAY_BE_A_NO.includes(cut) && refused.length === 0 && cuts.every((each) => each.cut === cut && each.at < lastAnswer)
  );
}

function outcomeOf(track: TrackState, liveness: Liveness): TrackOutcome {
  const { name, accepted, unoffered, connections, refused, cuts } = track;
  const taken = cuts.filter(({ cut }) => isRefusedBy(cut, track, liveness));
  const open = cuts.filter((each) => !taken.includes(each));
  const settled = new Set([...accepted, ...refused, ...cuts.flatMap(({ items }) => items)]);
  const left = track.offered.filter((item) => !settled.has(item));
  const cause = unoffered.length > 0 ? ("unoffered" as const) : ("not-asked" as const);
  return {
    ...{ name, accepted, unoffered, connections },
    refused: [...refused, ...taken.flatMap(({ items }) => items)],
    undecided: [
      ...open.map(({ items, cut }) => ({ items, cause: cut })),
      ...(left.length > 0 ? [{ items: left, cause }] : []),
    ],
    preference: preferenceOf(track),
  };
}

/** The outcome of each track; before the plan is settled, what was not asked yet is undecided. */
export function outcomes(plan: OfferPlan): readonly TrackOutcome[] {
  const isAlive = plan.tracks.some(({ accepted }) => accepted.length > 0);
  return plan.tracks.map((track) => outcomeOf(track, { isAlive, lastAnswer: plan.lastAnswer }));
}

/**
 * Whether the server's order rules, by one more connection: all accepted items, last choice first. Null when it is known
 * already or cannot matter. The server that has an order of its own chooses `accepted[0]` again.
 */
export function preferenceOffer({ accepted, preference }: TrackOutcome): readonly number[] | null {
  return preference === "client" ? [...accepted].reverse() : null;
}
