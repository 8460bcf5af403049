import { DEFAULT_TLS_PROFILE } from "../../data/tls-profiles/index.ts";
import type { Asset, AssetKind } from "./asset.ts";
import type { Finding, FindingMaker } from "./finding.ts";
import type { Bilingual, Messages } from "./messages.ts";
import type { Observation, ObservationKind } from "./observation.ts";
import type { ObservationKinds } from "./observation-kinds.ts";
import type { Reading, RequirementId } from "./requirement-id.ts";
import type { TlsProfile } from "../tls/profile.ts";

/** What a check may know besides its observations. Nothing here comes from the network. */
export interface JudgeContext {
  readonly asset: Asset;
  readonly reading: Reading;
  /** Epoch milliseconds: when the observations were made. Validity periods are judged against this, never against "now". */
  readonly at: number;
  /** All targets that the check runs for, those included of which nothing is known. */
  readonly targets: readonly string[];
  /** By which S27(c) grades; every finding of that clause names it. */
  readonly profile: TlsProfile;
  /** Every observation of the kinds that the check names in `beside`, of whatever target and whatever came of it. */
  readonly beside?: readonly Observation[];
}

/** The values of the observations that a check has declared, and nothing else. */
export type Seen<Needs extends ObservationKind> = { readonly [K in Needs]: ObservationKinds[K] };

/**
 * A pure function of declared observations. It runs once per target, and only when every declared observation was
 * made: for a missing one the engine answers indeterminate, so that no check can take silence for an answer.
 */
export interface Check<Needs extends ObservationKind = ObservationKind> {
  readonly id: string;
  readonly clause: string;
  readonly needs: readonly Needs[];
  /** Kinds that may contradict what it sees, or tell what else was looked at. Nothing is missing where there are none. */
  readonly beside?: readonly ObservationKind[];
  judge(seen: Seen<Needs>, context: JudgeContext): readonly Finding[];
}

/** Declares a check: `judge` receives exactly the observations named in `needs`. */
export function defineCheck<const Needs extends ObservationKind, M extends Messages>(
  messages: M,
  check: {
    readonly id: string;
    readonly clause: string;
    readonly needs: readonly [Needs, ...Needs[]];
    readonly beside?: readonly ObservationKind[];
    readonly judge: (seen: Seen<Needs>, context: JudgeContext, finding: FindingMaker<M>) => readonly Finding[];
  },
): Check<Needs> {
  const tags = new Set(Object.keys(messages));
  const finding: FindingMaker<M> = (tag, evidence) => {
    if (!tags.has(tag)) throw new Error(`${check.id} makes the undeclared tag ${tag}`);
    return { tag, evidence };
  };
  return { ...check, judge: (seen, context) => check.judge(seen, context, finding) };
}

export interface Clause {
  readonly id: string;
  readonly text: Bilingual;
  /** Whether a written statement may stand in where nothing can be observed. */
  readonly attestable: boolean;
}

export interface Requirement {
  readonly id: RequirementId;
  /** Raised with every change that can change a verdict: such a change is a rule change, not a regression. */
  readonly version: number;
  readonly title: Bilingual;
  /** The Danish source's own words; null where it gives none. */
  readonly wording: string;
  readonly fulfilledWhen: string;
  readonly appliesTo: readonly AssetKind[];
  readonly clauses: readonly Clause[];
  readonly messages: Messages;
  /** What codes that stand in evidence are called in a sentence; a code without an entry is shown as it is. */
  readonly terms?: Readonly<Record<string, Bilingual>>;
  readonly checks: readonly Check[];
  /** Its verdicts depend on the TLS profile in force, which is then part of its rules. */
  readonly usesTlsProfile?: true;
}

/** Declares a requirement and refuses, at load, what the types cannot see: foreign tags, unknown clauses, repeated ids. */
export function defineRequirement(
  requirement: Omit<Requirement, "checks"> & { readonly checks: readonly AnyCheck[] },
): Requirement {
  const clauses = requirement.clauses.map((clause) => clause.id);
  requireUnique(requirement.id, "clause", clauses);
  requireUnique(
    requirement.id,
    "check",
    requirement.checks.map((check) => check.id),
  );
  for (const check of requirement.checks) {
    if (!clauses.includes(check.clause)) throw new Error(`${check.id} judges the unknown clause ${check.clause}`);
    if (!check.id.startsWith(`${requirement.id.toLowerCase()}.`))
      throw new Error(`${check.id} is not of ${requirement.id}`);
  }
  for (const tag of Object.keys(requirement.messages)) {
    if (!tag.startsWith(`${requirement.id}_`)) throw new Error(`${tag} is not a tag of ${requirement.id}`);
  }
  return requirement;
}

/** A check of any needs: parameter types are contravariant, so the list of checks forgets them. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- see above; defineCheck has verified each one
export type AnyCheck = Check<any>;

function requireUnique(requirement: string, what: string, ids: readonly string[]): void {
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) throw new Error(`${requirement} declares the ${what} ${repeated} twice`);
}

/** What a verdict was judged by, as states and history keep it: the requirement's version, the reading and the TLS profile. */
export function rulesOf(
  { id, version, usesTlsProfile }: Requirement,
  reading: Reading,
  profile: TlsProfile = DEFAULT_TLS_PROFILE,
): string {
  const base = `${id}@${String(version)} ${reading}`;
  return usesTlsProfile === true ? `${base} ${profile.id}@${profile.hash.slice(0, PROFILE_HASH_LENGTH)}` : base;
}

/** Hexadecimal digits of a profile's hash that tell two profiles of one id apart. */
const PROFILE_HASH_LENGTH = 12;
