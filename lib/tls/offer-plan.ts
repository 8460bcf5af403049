/**
 * Finding everything that a server accepts by few connections: offer all that is left, strike out what the server chose,
 * until it refuses. n accepted items cost n + 1 connections per track. A track is a version whose items are suites, or a
 * version whose items are groups; tracks go side by side. Pure: replies go in, offers come out.
 */

/** What is to be found out: which of `items` the server takes. Order is the order of the offer. */
export interface Track {
  readonly name: string;
  readonly items: readonly number[];
  /** What the server was seen to choose from these before the track began; it is not offered again. */
  readonly seeds?: readonly number[];
  /** There is no shorter way to ask: the first try is the smaller one, too. */
  readonly isCompact?: boolean;
  /** A refusal is heard so often before it is believed, since behind one address may stand servers that differ. Default: once. */
  readonly refusals?: number;
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
 * the hello's form. `unreadable`: octets that are no hello. `unconnected`: no connection came about.
 */
export type OfferReply = { readonly kind: "accepted"; readonly item: number } | { readonly kind: "refused" | Cut };

/** Ways of not answering, which never mean "not supported" without a smaller second try. */
export type Cut = "closed" | "reset" | "silent" | "other-alert" | "unreadable" | "unconnected";

/** Alerts, orderly ends and resets are how some servers say no; silence, octets that are no hello, and no connection never are. */
export const MAY_BE_A_NO: readonly Cut[] = ["closed", "reset", "other-alert"];

interface Pending {
  readonly items: readonly number[];
  readonly isCompact: boolean;
  /** The offer that asks about it now. */
  readonly offer: number | null;
  /** How the try before ended, and the length of that offer: 0 if it was as compact as the next one. */
  readonly before: { readonly cut: Cut; readonly length: number } | null;
  /** Asked again although it was refused: another server may answer this time. */
  readonly isEcho?: boolean;
}

/** Items that were not taken, and the number of the reply that said so. */
interface Heard {
  readonly items: readonly number[];
  readonly at: number;
}

/** What was heard of one track. */
export interface TrackState {
  readonly name: string;
  readonly refusals: number;
  readonly offered: readonly number[];
  /** In the order in which the server chose them. */
  readonly accepted: readonly number[];
  /** Pieces that are not settled; each is offered alone, and shrinks. */
  readonly pending: readonly Pending[];
  /** Refused in so many words. */
  readonly refused: readonly Heard[];
  /** Cut at the last try; `isRepeated` if in the same way as at the one before it. */
  readonly cuts: readonly (Heard & { readonly cut: Cut; readonly isRepeated: boolean })[];
  /** Chosen although not offered: the server does not read offers. */
  readonly unoffered: readonly number[];
  readonly picks: readonly {
    readonly offered: readonly number[];
    readonly item: number;
    readonly isCompact: boolean;
  }[];
  readonly connections: number;
}

/** The whole state; treat it as a value. */
export interface OfferPlan {
  readonly tracks: readonly TrackState[];
  /** With the number of replies that had been heard when each was made. */
  readonly underWay: readonly (Offer & { readonly since: number })[];
  readonly nextId: number;
  /** The server was seen to answer a small hello after it cut a long one: from now on all are small. */
  readonly isIntolerant: boolean;
  /** The longest offer in its full form that the server accepted something of: a cut of a shorter one is no matter of length. */
  readonly tolerated: number;
  /** Ways in which it cut an offer once, of which it accepted something at the next try: these mean nothing. */
  readonly moods: readonly Cut[];
  readonly replies: number;
  /** An offer that was made after so many replies was accepted: until then the server was itself. */
  readonly proven: number;
  /** Replies after `from` up to `to`, at the end of which it did not accept what it had accepted before, but did as `kind` says. */
  readonly lapses: readonly { readonly from: number; readonly to: number; readonly kind: "refused" | Cut }[];
  /** Until this reply, controls in a row were accepted: a server that cuts now and then would have cut one of them. */
  readonly tested: number;
  /** Of the controls since the last answer to an offer: accepted in a row, and cut. */
  readonly passedControls: number;
  readonly failedControls: number;
  /** Since this reply one thing at a time is asked; null: several at once. */
  readonly aloneSince: number | null;
}

/** With a compact hello this stays under 256 octets, which is as small as a hello of some use gets. */
export const SMALL_OFFER = 32;

/** Connections that one track may have at a time. */
const LANES = 2;
/** So many accepted items make a long track, which is worth a second lane. */
const MANY = 12;

function pieces(items: readonly number[], before: Pending["before"]): readonly Pending[] {
  return Array.from({ length: Math.ceil(items.length / SMALL_OFFER) }, (_, index) => ({
    items: items.slice(index * SMALL_OFFER, (index + 1) * SMALL_OFFER),
    ...{ isCompact: true, offer: null, before },
  }));
}

function startTrack({ name, items, seeds = [], isCompact = false, refusals = 1 }: Track): TrackState {
  const accepted = items.length === 0 ? [] : seeds;
  const left = items.filter((item) => !accepted.includes(item));
  return {
    ...{ name, refusals, offered: items, accepted, refused: [], cuts: [], unoffered: [], picks: [], connections: 0 },
    pending: left.length === 0 ? [] : [{ items: left, isCompact, offer: null, before: null }],
  };
}

/** A plan for these tracks; names are different, items of a track too. */
export function startPlan(tracks: readonly Track[]): OfferPlan {
  const states = tracks.map(startTrack);
  const nothing = { underWay: [], nextId: 1, isIntolerant: false, tolerated: 0, moods: [] } as const;
  const unknown = { proven: 0, lapses: [], tested: 0, passedControls: 0, failedControls: 0, aloneSince: null } as const;
  return { ...nothing, ...unknown, tracks: states, replies: 0 };
}

/** The plan with further tracks, of names that it has not yet: questions that rise from answers. */
export function withTracks(plan: OfferPlan, tracks: readonly Track[]): OfferPlan {
  return { ...plan, tracks: [...plan.tracks, ...tracks.map(startTrack)] };
}

/**
 * Up to `limit` offers that can be made now, one for each piece that is pending, and the plan with them under way. Echoes come when
 * nothing else is left, those of a track one right after the other: of servers that take turns, two connections in a row meet two.
 */
export function takeOffers(
  plan: OfferPlan,
  limit: number,
): { readonly plan: OfferPlan; readonly offers: readonly Offer[] } {
  const offers: Offer[] = [];
  const isEchoTime = plan.tracks.every(({ pending }) => pending.every(({ isEcho }) => isEcho));
  const atOnce = isEchoTime ? LANES : 1;
  // Each track has its turn before any has a second one.
  for (let turn = 0; turn < LANES / atOnce; turn += 1) plan = takeTurn(plan, limit, offers, { isEchoTime, atOnce });
  const underWay = [...plan.underWay, ...offers.map((offer) => ({ ...offer, since: plan.replies }))];
  return { plan: { ...plan, underWay, nextId: plan.nextId + offers.length }, offers };
}

function takeTurn(
  plan: OfferPlan,
  limit: number,
  offers: Offer[],
  { isEchoTime, atOnce }: { readonly isEchoTime: boolean; readonly atOnce: number },
): OfferPlan {
  const tracks = plan.tracks.map((track) => {
    const split = plan.isIntolerant ? track.pending.flatMap(inPieces) : track.pending;
    const busy = split.filter(({ offer }) => offer !== null).length;
    const most = Math.min(atOnce, limit - offers.length, LANES - busy);
    const isFree = ({ offer, isEcho = false }: Pending): boolean => offer === null && (isEchoTime || !isEcho);
    const taken = most > 0 ? split.filter(isFree).slice(0, most) : [];
    if (taken.length === 0) return track;
    const pending = split.map((each) => {
      if (!taken.includes(each)) return each;
      const id = plan.nextId + offers.length;
      offers.push({ id, track: track.name, items: each.items, isCompact: each.isCompact });
      return { ...each, offer: id };
    });
    return { ...track, pending, connections: track.connections + taken.length };
  });
  return { ...plan, tracks };
}

function inPieces(pending: Pending): readonly Pending[] {
  return pending.isCompact || pending.offer !== null ? [pending] : pieces(pending.items, pending.before);
}

/** What is left of a piece. A long one of a server that has accepted much goes on in two lanes: one connection more, half the time. */
function onward({ items, isCompact }: Pending, accepted: number): readonly Pending[] {
  const fresh = { isCompact, offer: null, before: null };
  if (items.length === 0) return [];
  if (isCompact || accepted !== MANY || items.length < MANY) return [{ ...fresh, items }];
  return [0, 1].map((lane) => ({ ...fresh, items: items.filter((_, index) => index % 2 === lane) }));
}

function onAccepted(track: TrackState, asked: Pending, item: number): TrackState {
  const later = track.pending.filter((each) => each !== asked);
  // Who does not read offers will choose the same again for ever: what is left of this track stays unknown.
  if (!asked.items.includes(item)) return { ...track, unoffered: [...track.unoffered, item], pending: [] };
  const accepted = track.accepted.includes(item) ? track.accepted : [...track.accepted, item];
  const left = { ...asked, items: asked.items.filter((each) => !accepted.includes(each)) };
  return {
    ...track,
    accepted,
    picks: [...track.picks, { offered: asked.items, item, isCompact: asked.isCompact }],
    pending: [...onward(left, accepted.length), ...later],
  };
}

/** What may mean no is heard twice before it is believed; a compact hello is repeated as it was. */
function onCut(track: TrackState, asked: Pending, cut: Cut, { tolerated, at }: CutContext): TrackState {
  const later = track.pending.filter((each) => each !== asked);
  const { items, isCompact, before } = asked;
  const last = { cut, length: isCompact ? 0 : items.length };
  const again = { items, isCompact: true, offer: null, before: last };
  // An alert to an offer of a length that the server bears is not about the length: the next one need not be in pieces.
  const isOfFitLength = cut === "other-alert" && items.length <= tolerated;
  if (!isCompact) return { ...track, pending: [...(isOfFitLength ? [again] : pieces(items, last)), ...later] };
  const isRepeated = before?.cut === cut;
  const isLast = isRepeated || before?.length === 0 || !MAY_BE_A_NO.includes(cut);
  if (!isLast) return { ...track, pending: [...later, again] };
  return { ...track, cuts: [...track.cuts, { items, cut, at, isRepeated }], pending: later };
}

interface CutContext {
  readonly tolerated: number;
  /** The number of this reply. */
  readonly at: number;
}

function advance(track: TrackState, id: number, reply: OfferReply, context: CutContext): TrackState {
  const asked = track.pending.find(({ offer }) => offer === id);
  // Its track has ended meanwhile.
  if (asked === undefined) return track;
  if (reply.kind === "accepted") return onAccepted(track, asked, reply.item);
  if (reply.kind !== "refused") return onCut(track, asked, reply.kind, context);
  return onRefusal(track, asked, context.at);
}

function onRefusal(track: TrackState, asked: Pending, at: number): TrackState {
  const later = track.pending.filter((each) => each !== asked);
  const echo: Pending = { ...asked, offer: null, isEcho: true };
  // Small pieces are many, so that asking each again would be no gentle look.
  const echoes = asked.isEcho || asked.isCompact ? [] : Array.from({ length: track.refusals - 1 }, () => ({ ...echo }));
  const pending = [...later, ...echoes];
  const open = new Set(pending.flatMap(({ items }) => items));
  const items = asked.items.filter((item) => !open.has(item) && !track.accepted.includes(item));
  return items.length === 0 ? { ...track, pending } : { ...track, refused: [...track.refused, { items, at }], pending };
}

/** The plan after a reply. A reply to an offer that is not under way changes nothing. */
export function hear(plan: OfferPlan, id: number, reply: OfferReply): OfferPlan {
  const offer = plan.underWay.find((each) => each.id === id);
  if (offer === undefined) return plan;
  const replies = plan.replies + 1;
  const context = { tolerated: plan.tolerated, at: replies };
  const heard: OfferPlan = {
    ...{ ...plan, replies, passedControls: 0, failedControls: 0 },
    tracks: plan.tracks.map((track) => advance(track, id, reply, context)),
    underWay: plan.underWay.filter((each) => each !== offer),
  };
  if (reply.kind !== "accepted" || !offer.items.includes(reply.item)) return heard;
  const asked = plan.tracks.flatMap(({ pending }) => pending).find((each) => each.offer === id);
  return { ...heard, ...onProof(plan, offer), ...onChangeOfMind(plan, asked?.before ?? null) };
}

/** An acceptance speaks for what was heard before its offer was made, not for what was said while it was on its way. */
function onProof(plan: OfferPlan, { items, isCompact, since }: OfferPlan["underWay"][number]): Partial<OfferPlan> {
  const tolerated = isCompact ? plan.tolerated : Math.max(plan.tolerated, items.length);
  return { tolerated, proven: Math.max(plan.proven, since) };
}

/** Accepted at a further try: either the offer before was too long, or the cut meant nothing. */
function onChangeOfMind(
  { tolerated, moods, isIntolerant }: OfferPlan,
  before: Pending["before"],
): Pick<OfferPlan, "moods" | "isIntolerant"> {
  if (before === null) return { moods, isIntolerant };
  return before.length > tolerated
    ? { moods, isIntolerant: true }
    : { moods: [...new Set([...moods, before.cut])], isIntolerant };
}

/** Nothing is under way and nothing is left to offer. */
export function isSettled(plan: OfferPlan): boolean {
  return plan.underWay.length === 0 && plan.tracks.every(({ pending }) => pending.length === 0);
}
