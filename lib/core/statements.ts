import type { RequirementId } from "./requirement-id.ts";

/** Who stands behind a statement. */
export interface Signatory {
  readonly name: string;
  readonly role?: string;
}

/** A written declaration of something no probe can see (requirements.md section 5.2). Never renewed by itself. */
export interface Attestation {
  readonly requirement: RequirementId;
  readonly clause: string;
  /** Asset ids, or every asset the requirement applies to. */
  readonly assets: "all" | readonly string[];
  readonly statement: string;
  readonly evidence?: { readonly file: string; readonly sha256: string };
  readonly by: Signatory;
  /** Epoch milliseconds; the last moment the statement counts. */
  readonly validUntil: number;
}

/** A recorded decision to accept that an asset does not fulfil a requirement. */
export interface Exemption {
  readonly requirement: RequirementId;
  readonly asset: string;
  readonly reason: string;
  readonly by: Signatory;
  readonly validUntil: number;
}

/** Permission to scan address ranges actively. */
export interface Authorisation {
  readonly id: string;
  readonly ranges: readonly string[];
  readonly by: Signatory;
  readonly validFrom: number;
  readonly validUntil: number;
}

/** The declaration that the inventory is complete. */
export interface InventoryAttestation {
  readonly by: Signatory;
  readonly validUntil: number;
}

export interface Statements {
  readonly attestations: readonly Attestation[];
  readonly exemptions: readonly Exemption[];
}

export const NO_STATEMENTS: Statements = { attestations: [], exemptions: [] };

/** Whether a statement counts at `at` (epoch milliseconds). */
export function isValidAt(
  statement: { readonly validFrom?: number; readonly validUntil: number },
  at: number,
): boolean {
  return (statement.validFrom ?? Number.NEGATIVE_INFINITY) <= at && at <= statement.validUntil;
}
