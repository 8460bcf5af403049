import type * as z from "zod";
import type { Asset } from "../core/asset.ts";
import type { Evaluation } from "../core/evaluate.ts";
import type { JudgedFinding } from "../core/finding.ts";
import type { Observation } from "../core/observation.ts";
import type { RequirementId } from "../core/requirement-id.ts";
import { canonicalJson } from "../core/transition.ts";
import type { Judged, ClauseVerdict } from "../core/verdict.ts";
import { type Inventory, inventoryOfAssets } from "../inventory/inventory.ts";
import { malformed, type Parsed, parsed } from "../wire/parsed.ts";
import { inventoryForm, judgementForm, observationsForm } from "./evidence-form.ts";
import { firstIssue } from "./observation-form.ts";
import { addressOf, stableText } from "./stable-form.ts";

/** A text and the content address it is kept under: `sha256:` and hex. */
export interface Sealed {
  readonly address: string;
  readonly text: string;
}

/** What was concluded about one asset for one requirement, as it is kept: an evaluation by its parts' names. */
export interface StoredJudgement extends Judged {
  readonly requirement: RequirementId;
  /** The asset's id. */
  readonly asset: string;
  /** As `rulesOf` names them. */
  readonly rules: string;
  readonly clauses: readonly ClauseVerdict[];
  readonly findings: readonly JudgedFinding[];
}

const SCHEMA = "kravvagt/evidence/1";

/**
 * What was seen at one visit. The address is the same for every look at an unchanged asset: times, times to live, the
 * random name and the order of arrival are no part of it. The text keeps all but the time, so that it can be judged again.
 */
export function sealObservations(observations: readonly Observation[]): Sealed {
  const kept = observations.map(({ kind, asset, target, result }) => ({ kind, asset, target, result }));
  const text = JSON.stringify({ schema: SCHEMA, kind: "observations", observations: kept });
  return { address: addressOfObservations(observations), text };
}

/** What was concluded from them. `rules` as `rulesOf` names them. */
export function sealJudgement({ requirement, asset, ...judged }: Evaluation, rules: string): Sealed {
  const { verdict, cause, clauses, findings } = judged;
  return sealWhole("judgement", {
    ...{ requirement: requirement.id, asset: asset.id, rules, verdict, cause, clauses, findings },
  } satisfies StoredJudgement);
}

/**
 * What was declared, as far as verdicts depend on it. Contacts, the network and places in the file are left out: evidence
 * is kept for ever, and who is to be told is nobody's business then.
 */
export function sealInventory(inventory: Inventory): Sealed {
  const { municipality, reading, assets, attestations, exemptions, authorisations, ...rest } = inventory;
  const { settings, inventoryAttestation } = rest;
  return sealWhole("inventory", {
    ...{ municipality, reading, assets, attestations, exemptions, authorisations, inventoryAttestation, settings },
  });
}

/** Reads observations that were made at `at` (UTC, ISO 8601 with milliseconds). Refused unless they fit their address. */
export function openObservations(address: string, text: string, at: string): Parsed<readonly Observation[]> {
  const read = readAs(observationsForm, text);
  if (!read.ok) return read;
  const observations = read.value.observations.map((each) => ({ ...each, observedAt: at }) as Observation);
  return addressOfObservations(observations) === address ? parsed(observations) : malformed(UNFIT);
}

/** Reads a judgement. Refused unless it fits its address. */
export function openJudgement(address: string, text: string): Parsed<StoredJudgement> {
  if (addressOf(text) !== address) return malformed(UNFIT);
  const read = readAs(judgementForm, text);
  if (!read.ok) return read;
  const { requirement, asset, rules, verdict, cause, clauses, findings } = read.value;
  return parsed({ requirement, asset, rules, verdict, cause, clauses, findings });
}

/** Reads an inventory; what was not kept of it is at its default. Refused unless it fits its address. */
export function openInventory(address: string, text: string): Parsed<Inventory> {
  if (addressOf(text) !== address) return malformed(UNFIT);
  const read = readAs(inventoryForm, text);
  if (!read.ok) return read;
  const { municipality, reading, assets, attestations, exemptions, authorisations, ...rest } = read.value;
  const { settings, inventoryAttestation } = rest;
  const declared = {
    ...{ municipality, reading, attestations, exemptions, authorisations, inventoryAttestation, settings },
  };
  // The inventory's own reader had validated what the form leaves open.
  return parsed({ ...inventoryOfAssets(assets as unknown as readonly Asset[]), ...(declared as unknown as Inventory) });
}

const UNFIT = "the content does not fit its address";

/** Several observations are a set: sorted by their text, one a line. */
function addressOfObservations(observations: readonly Observation[]): string {
  const lines = observations.map((observation) => `${stableText(observation)}\n`);
  return addressOf(`${SCHEMA} observations\n${lines.sort().join("")}`);
}

/** What has neither time nor chance in it is addressed by its very text. */
function sealWhole(kind: "judgement" | "inventory", content: object): Sealed {
  const text = canonicalJson({ schema: SCHEMA, kind, ...content });
  return { address: addressOf(text), text };
}

function readAs<F extends z.ZodType>(form: F, text: string): Parsed<z.infer<F>> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return malformed("is not JSON");
  }
  const result = form.safeParse(content);
  return result.success ? parsed(result.data) : malformed(firstIssue(result.error));
}
