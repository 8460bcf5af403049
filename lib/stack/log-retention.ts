import { RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Settings } from "./settings-form.ts";

/** The days that may be set, as CDK names them; what the form takes and CDK does not know would not compile. */
export const LOG_RETENTION: Readonly<Record<Settings["logs"]["days"], RetentionDays>> = {
  30: RetentionDays.ONE_MONTH,
  60: RetentionDays.TWO_MONTHS,
  90: RetentionDays.THREE_MONTHS,
  120: RetentionDays.FOUR_MONTHS,
  150: RetentionDays.FIVE_MONTHS,
  180: RetentionDays.SIX_MONTHS,
  365: RetentionDays.ONE_YEAR,
  400: RetentionDays.THIRTEEN_MONTHS,
  545: RetentionDays.EIGHTEEN_MONTHS,
  731: RetentionDays.TWO_YEARS,
  1096: RetentionDays.THREE_YEARS,
  1827: RetentionDays.FIVE_YEARS,
  3653: RetentionDays.TEN_YEARS,
};
