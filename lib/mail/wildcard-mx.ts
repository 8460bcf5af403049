import type { BogusClassification } from "../dnssec/classification.ts";
import type { BogusReason } from "../dnssec/outcome.ts";
import { isKnown } from "./gateway-host.ts";
import { type MailRoute, wildcardMx } from "./gateways.ts";
import { type Gap, gapOf, isProvenBogus } from "./gap.ts";
import type { GatewaysObservation } from "./observations.ts";
import type { Classify } from "./reading.ts";

/**
 * What keeps us from knowing whether names that nobody has made receive mail. `gap`: no answer. `bogus`: an MX record set that was
 * there and does not hold. `unproven`: a denial that is broken, which keeps us from saying that there is no wildcard.
 */
export type WildcardDoubt =
  | { readonly state: "gap"; readonly gap: Gap }
  | { readonly state: "bogus" | "unproven"; readonly mx: BogusClassification };

/** What is wrong is a proof, of a name that is not there or of a wildcard that may be used, and no record set. */
const DENIAL_REASONS: ReadonlySet<BogusReason> = new Set([
  "denial-missing",
  "denial-invalid",
  "wildcard-proof-missing",
]);

/** Null where it is known, and where the domain's own MX is not known either, which is told already. */
export function wildcardDoubt(
  { domain, randomName }: Pick<GatewaysObservation, "domain" | "randomName">,
  [own]: readonly MailRoute[],
  classify: Classify,
): WildcardDoubt | null {
  if (randomName === domain || own === undefined || own.mx === null || !isKnown(own.mx)) return null;
  const mx = wildcardMx({ randomName }, classify);
  const gap = gapOf(mx);
  if (gap !== null) return { state: "gap", gap };
  if (!isProvenBogus(mx)) return null;
  const isOfMx = mx.record.type === "MX" && !DENIAL_REASONS.has(mx.reason);
  return { state: isOfMx ? "bogus" : "unproven", mx };
}
