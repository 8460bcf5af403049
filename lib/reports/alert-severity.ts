import type { RequirementId } from "../core/requirement-id.ts";
import type { Alert } from "../watch/alert.ts";

/** `high`: somebody should know within the hour, wherever they are. `low`: it can wait until they read their mail. */
export type Severity = "high" | "low";

/** Worse than before, no longer seen, or not to be believed: high. Better, other, or to come: low. */
export function severityOf({ kind }: Pick<Alert, "kind">): Severity {
  return kind === "regression" || kind === "gap" || kind === "doubt" ? "high" : "low";
}

/** The requirement that the alert is about; null when it is about several or none. */
export function requirementIn(alert: Alert): RequirementId | null {
  return "requirement" in alert ? alert.requirement : null;
}
