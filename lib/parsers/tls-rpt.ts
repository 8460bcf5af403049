/** TLS reports (RFC 8460): the record that says where senders report failures of TLS, those of DANE among them. */
import { parseReportUris, type ReportUri } from "./dmarc-uri.ts";
import { withoutMargins } from "./tag-list.ts";
import { hasVersion, isMeantAs, readFields } from "./versioned-fields.ts";

/** Where reports go. At least one destination is valid. */
export interface TlsReporting {
  readonly rua: readonly ReportUri[];
}

/** `unrelated`: some other text. `version`: meant as one, but senders discard it, since it does not begin with `v=TLSRPTv1;`. */
export type TlsReportingProblem = "unrelated" | "version" | "fields" | "no-destination" | "destination";

export type ParsedTlsReporting =
  { readonly ok: true; readonly value: TlsReporting } | { readonly ok: false; readonly problem: TlsReportingProblem };

const VERSION = "TLSRPTv1";
/** More than senders serve; the rest is not read. */
const MAX_DESTINATIONS = 32;
const SCHEME = /^(?:mailto|https):/i;

/** Reads the text of one TXT record at `_smtp._tls`, its strings joined, one character per octet (RFC 8460 section 3). */
export function parseTlsReporting(text: string): ParsedTlsReporting {
  if (!hasVersion(text, VERSION)) return { ok: false, problem: isMeantAs(text, VERSION) ? "version" : "unrelated" };
  const fields = readFields(text, ["rua"]);
  if (fields === null) return { ok: false, problem: "fields" };
  const value = fields.get("rua");
  if (value === undefined) return { ok: false, problem: "no-destination" };
  const rua = value.split(",", MAX_DESTINATIONS).flatMap(parseDestination);
  return rua.some(({ valid }) => valid) ? { ok: true, value: { rua } } : { ok: false, problem: "destination" };
}

/** DMARC's sizes after "!" are none of this RFC's, and only mail and HTTPS are defined (RFC 8460 sections 3 and 5). */
function parseDestination(entry: string): readonly ReportUri[] {
  const isUsable = SCHEME.test(withoutMargins(entry)) && !entry.includes("!");
  return parseReportUris(entry).map((uri) =>
    isUsable && uri.host !== null ? uri : { ...uri, valid: false, host: null },
  );
}
