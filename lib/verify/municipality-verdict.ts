import { combine, type Judged, type Verdict, VERDICTS } from "../core/verdict.ts";

/** A municipality's verdict on one requirement, and how many assets have which. */
export interface MunicipalityVerdict extends Judged {
  readonly assets: Readonly<Record<Verdict, number>>;
}

/**
 * The rule for clauses, over assets. No asset at all proves nothing, and a declaration of completeness that has lapsed keeps
 * a municipality from passing.
 */
export function municipalityVerdict(judged: readonly Judged[], isInventoryLapsed: boolean): MunicipalityVerdict {
  const assets = Object.fromEntries(
    VERDICTS.map((verdict) => [verdict, judged.filter((each) => each.verdict === verdict).length]),
  ) as Record<Verdict, number>;
  return { ...overall(judged, isInventoryLapsed), assets };
}

function overall(judged: readonly Judged[], isInventoryLapsed: boolean): Judged {
  if (judged.length === 0) return { verdict: "indeterminate", cause: "no-inventory" };
  const { verdict, cause } = combine(judged);
  if (isInventoryLapsed && verdict === "pass") return { verdict: "indeterminate", cause: "attestation-expired" };
  return { verdict, cause };
}
