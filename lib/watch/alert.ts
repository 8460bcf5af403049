import type { Cause } from "../core/cause.ts";
import type { RequirementId } from "../core/requirement-id.ts";
import type { Deciding, TransitionKind } from "../core/transition.ts";
import type { Verdict } from "../core/verdict.ts";
import type { Suspicion } from "./run.ts";

interface Common {
  /** 32 hexadecimal digits, the same whenever the same run is closed again: the Message-ID and the file are named by it. */
  readonly id: string;
  readonly municipality: string;
  /** The run that filed it. */
  readonly run: string;
  /** UTC, ISO 8601. */
  readonly createdAt: string;
}

/** One message to people. What it says in words is rendered from this, in Danish or English. */
export type Alert = TransitionAlert | GapAlert | DoubtAlert | ForecastAlert | DigestAlert;

export type AlertKind = Alert["kind"];

/** One cause, one alert: transitions of one kind that the same tag about the same thing decided. */
export interface TransitionAlert extends Common {
  readonly kind: "regression" | "recovery" | "change";
  readonly requirement: RequirementId;
  readonly deciding: Deciding;
  /** How many assets; `members` lists the first `MOST_MEMBERS` of them. */
  readonly total: number;
  readonly members: readonly Member[];
}

export interface Member {
  readonly asset: string;
  readonly number: number;
  readonly kind: TransitionKind;
  readonly from: Verdict | null;
  readonly to: Verdict;
  readonly cause: Cause | null;
  readonly since: string;
  readonly confirmedAt: string;
  readonly firstSlot: string;
  readonly slot: string;
  readonly evidence: string;
  readonly judgement: string;
  readonly appeared: readonly string[];
}

export const MOST_MEMBERS = 50;

/** Assets that have given no answer for two cadences, for one cause. */
export interface GapAlert extends Common {
  readonly kind: "gap";
  readonly requirement: RequirementId;
  readonly cause: Cause;
  readonly total: number;
  /** `observedAt` is when the latest look with an answer was made; null when none ever had one. */
  readonly members: readonly { readonly asset: string; readonly observedAt: string | null }[];
}

/** To the operator: a run that we do not believe ourselves. Nobody is blamed until another run says the same. */
export interface DoubtAlert extends Common {
  readonly kind: "doubt";
  readonly suspicion: Suspicion;
  readonly worse: number;
  readonly well: number;
}

/** A statement whose end is near, or has come. */
export interface ForecastAlert extends Common {
  readonly kind: "forecast";
  readonly what: "attestation" | "exemption" | "authorisation" | "inventory";
  readonly requirement: RequirementId | null;
  /** Asset id, authorisation id or clause: whatever names the statement to a person. */
  readonly name: string;
  readonly validUntil: string;
}

/** The day's calmer news, and what is still open. */
export interface DigestAlert extends Common {
  readonly kind: "digest";
  /** The Danish date it is for, YYYY-MM-DD. */
  readonly date: string;
  readonly total: number;
  readonly members: readonly (Member & { readonly requirement: RequirementId })[];
  /** How many regressions are still open; `open` lists the first of them. */
  readonly openTotal: number;
  readonly open: readonly { readonly requirement: RequirementId; readonly asset: string; readonly since: string }[];
}

/** An alert and where it has been handed over: the sink's name to the moment, UTC. */
export interface FiledAlert {
  readonly alert: Alert;
  readonly delivered: Readonly<Record<string, string>>;
}
