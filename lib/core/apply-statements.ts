import type { Asset } from "./asset.ts";
import type { JudgedFinding } from "./finding.ts";
import type { Requirement } from "./requirement.ts";
import { type Attestation, isValidAt, type Statements } from "./statements.ts";

interface Applied {
  readonly findings: readonly JudgedFinding[];
  /** Clauses for which a valid attestation stands in where nothing could be observed. */
  readonly attestedClauses: ReadonlySet<string>;
}

/**
 * Lets written statements bear on findings: an exemption turns a fail into one that is shown as exempted; an
 * attestation stands in for what could not be observed, on clauses that allow it. An observed fail overrides an attestation.
 */
export function applyStatements(
  requirement: Requirement,
  { asset, asOf, statements }: { readonly asset: Asset; readonly asOf: number; readonly statements: Statements },
  found: readonly JudgedFinding[],
): Applied {
  const exemption = statements.exemptions.find(
    (candidate) =>
      candidate.requirement === requirement.id && candidate.asset === asset.id && isValidAt(candidate, asOf),
  );
  const findings = found.map((finding): JudgedFinding => {
    if (finding.outcome !== "fail" || exemption === undefined) return finding;
    const { reason, by, validUntil } = exemption;
    return { ...finding, exempted: { reason, by: by.name, validUntil: new Date(validUntil).toISOString() } };
  });
  const attestable = requirement.clauses.filter((clause) => clause.attestable);
  const attestedClauses = attestable
    .filter(({ id }) =>
      statements.attestations.some(
        (attestation) => covers(attestation, requirement, id, asset) && isValidAt(attestation, asOf),
      ),
    )
    .map(({ id }) => id);
  return { findings, attestedClauses: new Set(attestedClauses) };
}

function covers(attestation: Attestation, requirement: Requirement, clause: string, asset: Asset): boolean {
  return (
    attestation.requirement === requirement.id &&
    attestation.clause === clause &&
    (attestation.assets === "all" || attestation.assets.includes(asset.id))
  );
}
