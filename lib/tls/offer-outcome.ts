import {
  type Cut,
  MAY_BE_A_NO,
  type Offer,
  type OfferPlan,
  type OfferReply,
  SMALL_OFFER,
  type TrackState,
} from "./offer-plan.ts";

/** What was found out in one track. */
export interface TrackOutcome {
  readonly name: string;
  /** In the order of the server's choice. */
  readonly accepted: readonly number[];
  /** Proven not to be taken, by alert, or by the way this server says no (see `outcomes`). */
  readonly refused: readonly number[];
  /** Not known, with the reason. While it is not empty, "not supported" may not be concluded of its items. */
  readonly undecided: readonly { readonly items: readonly number[]; readonly cause: OpenCause }[];
  readonly unoffered: readonly number[];
  /**
   * `server`: it chose against the order of an offer. `client`: it took the first that it accepts every time, among two or
   * more: likely, and `preferenceOffer` settles it. `unknown`: fewer than two accepted.
   */
  readonly preference: "server" | "client" | "unknown";
  readonly connections: number;
}

/** `lapsed`: refused, but so was at last what had been accepted. `not-asked`: the offer, or the control of a refusal. */
export type OpenCause = Cut | "unoffered" | "not-asked" | "lapsed";

/** So many controls in a row are accepted before a cut means no; after so many that were cut the server counts as changed. */
const CONTROLS = 2;

function preferenceOf({ picks, accepted }: TrackState): TrackOutcome["preference"] {
  const isTaken = new Set(accepted);
  const overlooked = picks.some(({ offered, item }) => offered.find((each) => isTaken.has(each)) !== item);
  if (overlooked) return "server";
  return accepted.length < 2 ? "unknown" : "client";
}

/** Whether the server accepted anything: only then can it be seen whether it goes on as before. */
function isAlive({ tracks }: OfferPlan): boolean {
  return tracks.some(({ picks }) => picks.length > 0);
}

/** Why a no of this time is not to be believed; null if it is. One that never accepted anything has no other word than its no. */
function doubtOf(plan: OfferPlan, at: number): OpenCause | null {
  if (!isAlive(plan)) return null;
  const lapse = plan.lapses.find(({ from, to }) => from < at && at <= to);
  if (lapse !== undefined) return lapse.kind === "refused" || lapse.kind === "other-alert" ? "lapsed" : lapse.kind;
  return at <= plan.proven ? null : "not-asked";
}

/**
 * Which cuts count as refusals, on a server that is known to answer since it accepted something in some track: those that came at two
 * tries, while no other offer shows that they mean nothing. The end of a connection does only if this track knows no other way of
 * saying no: everything not accepted was cut in the same way, and no refusal came.
 */
function isRefusal(each: TrackState["cuts"][number], track: TrackState, plan: OfferPlan): boolean {
  const { cut, at } = each;
  if (!isAlive(plan) || !mayBeRefusal(each, plan) || at > plan.tested) return false;
  return cut === "other-alert" || (track.refused.length === 0 && track.cuts.every((other) => other.cut === cut));
}

function mayBeRefusal({ cut, isRepeated }: TrackState["cuts"][number], { moods }: OfferPlan): boolean {
  return isRepeated && MAY_BE_A_NO.includes(cut) && !moods.includes(cut);
}

function outcomeOf(track: TrackState, plan: OfferPlan): TrackOutcome {
  const { name, accepted, unoffered, connections, refused, cuts } = track;
  const taken = cuts.filter((each) => isRefusal(each, track, plan));
  const open = cuts.filter((each) => !taken.includes(each));
  const noes = [...refused, ...taken].map(({ items, at }) => ({ items, cause: doubtOf(plan, at) }));
  const settled = new Set([...accepted, ...[...refused, ...cuts].flatMap(({ items }) => items)]);
  const left = track.offered.filter((item) => !settled.has(item));
  const cause = unoffered.length > 0 ? ("unoffered" as const) : ("not-asked" as const);
  return {
    ...{ name, accepted, unoffered, connections },
    refused: noes.flatMap((each) => (each.cause === null ? each.items : [])),
    undecided: [
      ...open.map(({ items, cut }) => ({ items, cause: cut })),
      ...noes.flatMap((each) => (each.cause === null ? [] : { items: each.items, cause: each.cause })),
      ...(left.length > 0 ? [{ items: left, cause }] : []),
    ],
    preference: preferenceOf(track),
  };
}

/** Doubts that go away when the server is asked less at a time. */
const PASSING: readonly (OpenCause | null)[] = ["closed", "reset", "other-alert", "lapsed"];

/**
 * The plan in which everything is asked again, one thing at a time, that was cut or refused in doubt by a server that answers others;
 * and once more what it hung up on, if that is to mean no: it may have been too much at once. The same plan where there is nothing.
 */
export function reopened(plan: OfferPlan): OfferPlan {
  if (!isAlive(plan)) return plan;
  const tracks = plan.tracks.map((track): TrackState => {
    const noes = track.cuts.filter((each) => isRefusal(each, track, plan) && doubtOf(plan, each.at) === null);
    const ends = noes.filter(({ cut, at }) => cut !== "other-alert" && at <= (plan.aloneSince ?? Infinity));
    const cuts = track.cuts.filter((each) => !noes.includes(each) && PASSING.includes(each.cut));
    const refused = track.refused.filter(({ at }) => PASSING.includes(doubtOf(plan, at)));
    const items = [...cuts, ...refused].flatMap((each) => each.items);
    if (items.length === 0 && ends.length === 0) return track;
    const again = { isCompact: true, offer: null } as const;
    return {
      ...track,
      cuts: track.cuts.filter((each) => !cuts.includes(each) && !ends.includes(each)),
      refused: track.refused.filter((each) => !refused.includes(each)),
      pending: [
        ...track.pending,
        ...(items.length === 0 ? [] : [{ ...again, items, isCompact: items.length <= SMALL_OFFER, before: null }]),
        ...ends.map((end) => ({ ...again, items: end.items, before: { cut: end.cut, length: 0 } })),
      ],
    };
  });
  const isSame = tracks.every((track, index) => track === plan.tracks[index]);
  return isSame ? plan : { ...plan, tracks, aloneSince: plan.aloneSince ?? plan.replies };
}

/** The outcome of each track; before the plan is settled and its control made, what is not proven yet is undecided. */
export function outcomes(plan: OfferPlan): readonly TrackOutcome[] {
  return plan.tracks.map((track) => outcomeOf(track, plan));
}

/**
 * What to offer once the plan is settled, when something was refused after the last acceptance: what the server accepted before, in
 * the form in which it did. Refuses it that too, then it has stopped answering as before, and those refusals say nothing. Cuts take
 * two such offers. Null where there is nothing to prove, or it was tried often enough.
 */
export function controlOffer(plan: OfferPlan): Omit<Offer, "id"> | null {
  const { tracks, proven, tested, lapses } = plan;
  const [known] = tracks.toSorted((a, b) => b.picks.length - a.picks.length);
  const last = known?.picks.at(-1);
  const given = Math.max(0, ...lapses.map(({ to }) => to));
  const isInDoubt = tracks.some(
    ({ refused, cuts }) =>
      refused.some(({ at }) => at > Math.max(proven, given)) ||
      cuts.some((each) => each.at > Math.max(tested, given) && mayBeRefusal(each, plan)),
  );
  if (known === undefined || last === undefined || !isInDoubt) return null;
  const sameForm = known.picks.filter(({ isCompact }) => isCompact === last.isCompact).map(({ item }) => item);
  return { track: known.name, items: sameForm.slice(0, SMALL_OFFER), isCompact: last.isCompact };
}

/** The plan after the reply to `controlOffer`: an alert or the end of a connection has a second try, as everywhere. */
export function hearControl(plan: OfferPlan, { kind }: OfferReply): OfferPlan {
  const heard = { ...plan, replies: plan.replies + 1 };
  if (kind === "accepted") {
    const passedControls = plan.passedControls + 1;
    const tested = passedControls < CONTROLS ? plan.tested : plan.replies;
    return { ...heard, proven: plan.replies, passedControls, tested };
  }
  const failedControls = plan.failedControls + 1;
  const changed = { ...heard, passedControls: 0, failedControls };
  const cut = MAY_BE_A_NO.find((each) => each === kind);
  if (cut !== undefined && failedControls < CONTROLS) return { ...changed, moods: [...plan.moods, cut] };
  return { ...changed, lapses: [...plan.lapses, { from: plan.proven, to: plan.replies, kind }] };
}

/**
 * Whether the server's order rules, by one more connection: all accepted items, last choice first. Null when it is known
 * already or cannot matter. The server that has an order of its own chooses `accepted[0]` again.
 */
export function preferenceOffer({ accepted, preference }: TrackOutcome): readonly number[] | null {
  return preference === "client" ? [...accepted].reverse() : null;
}
