/** What a browser makes of an answer's Strict-Transport-Security fields: RFC 6797 sections 8.1 and 8.1.1. */
import { parseWebUrl } from "../parsers/location.ts";
import { parseHsts, type HstsField, type HstsProblem } from "../parsers/hsts.ts";
import { fieldValues, type HopAnswer } from "./hop.ts";

/**
 * `noted`: the host becomes, or stays, known; `ended` with max-age=0. `ignored`: `insecure` over plain HTTP, `certificate` over
 * TLS with an error (section 8.1), `address` for a host that is an IP literal (section 8.1.1), `not-web` for a URL that is no
 * web address, or how the first field is malformed. `absent`: there is no field.
 */
export type HstsPolicy =
  | { readonly state: "noted" | "ended"; readonly field: HstsField }
  | {
      readonly state: "ignored";
      readonly why: "insecure" | "certificate" | "address" | "not-web" | HstsProblem;
    }
  | { readonly state: "absent" };

export interface HstsReading {
  readonly policy: HstsPolicy;
  /** How many fields there were; the first alone counts, and a server must send one at most (section 7.1). */
  readonly fields: number;
  /** What the first field says, wherever it stands: for advice, never for a verdict. Null when absent or malformed. */
  readonly written: HstsField | null;
}

export interface HstsAnswer extends Pick<HopAnswer, "fields" | "tls"> {
  readonly url: string;
}

export function readHsts(answer: HstsAnswer): HstsReading {
  const values = fieldValues(answer, "strict-transport-security");
  const [first] = values;
  if (first === undefined) return { policy: { state: "absent" }, fields: 0, written: null };
  const parsed = parseHsts(first);
  const written = parsed.ok ? parsed.value : null;
  const read = (policy: HstsPolicy): HstsReading => ({ policy, fields: values.length, written });
  const ignored = (why: Extract<HstsPolicy, { state: "ignored" }>["why"]): HstsReading =>
    read({ state: "ignored", why });
  const url = parseWebUrl(answer.url);
  if (!url.ok) return ignored("not-web");
  if (url.value.scheme !== "https" || answer.tls === null) return ignored("insecure");
  if (!answer.tls.verification.trusted) return ignored("certificate");
  if (url.value.isAddress) return ignored("address");
  if (!parsed.ok) return ignored(parsed.problem);
  return read({ state: parsed.value.maxAge === 0 ? "ended" : "noted", field: parsed.value });
}
