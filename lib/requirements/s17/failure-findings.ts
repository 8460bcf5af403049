import type { Finding, FindingMaker } from "../../core/finding.ts";
import { undecided } from "../../core/unobserved.ts";
import type { NameVisit } from "../../web/origin-endings.ts";
import type { messages } from "./messages.ts";
import type { Place } from "./place.ts";

/** Facts 17.4 and 17.5, and every other way not to end up under .dk: what one start shows. */
export function failureFinding(
  { start, ending }: NameVisit,
  where: { readonly host: string; readonly address: string },
  { isDomain }: Place,
  finding: FindingMaker<typeof messages>,
): Finding {
  const evidence = { ...where, start, final: ending.host };
  switch (ending.kind) {
    case "content":
      if (ending.script) return finding("S17_SCRIPT_ONLY", { ...evidence, status: ending.status });
      return finding(isDomain ? "S17_CONTENT" : "S17_SERVICE_OUTSIDE_DK", { ...evidence, status: ending.status });
    case "delayed":
      return finding("S17_REFRESH_DELAYED", { ...evidence, seconds: ending.seconds });
    case "error":
      return finding("S17_ERROR_PAGE", { ...evidence, status: ending.status });
    case "location":
      return finding("S17_LOCATION_UNUSABLE", { ...evidence, problem: ending.problem });
    case "loop":
      return finding("S17_LOOP", evidence);
    case "certificate":
      return finding("S17_CERTIFICATE_STOPS", { ...evidence, code: ending.code });
    case "special":
    case "no-address":
      return finding("S17_LED_NOWHERE", evidence);
    default:
      return undecided("S17", start, { cause: "internal", detail: `${ending.kind} is no failure` });
  }
}
