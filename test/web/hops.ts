import { observed, unobserved } from "../../lib/core/observation.ts";
import type { Cause } from "../../lib/core/cause.ts";
import type { Hop, HopBody, HopTls } from "../../lib/web/hop.ts";
import type { PageReferences } from "../../lib/web/page-references.ts";

/** A hop as vectors write it: what is not said is ordinary. */
export interface WrittenHop {
  readonly url: string;
  readonly status?: number;
  readonly fields?: readonly (readonly [string, string])[];
  /** `trusted`, or the code of what is wrong; by default trusted over HTTPS, null over HTTP. */
  readonly tls?: string | null;
  readonly refreshes?: readonly string[];
  readonly base?: string;
  readonly script?: boolean;
  readonly references?: PageReferences;
  readonly octets?: number;
  readonly cut?: HopBody["cut"];
  readonly cause?: Cause;
  readonly code?: string;
}

export function tlsOf(code: string | null): HopTls | null {
  if (code === null) return null;
  const verification = code === "trusted" ? ({ trusted: true } as const) : ({ trusted: false, code } as const);
  return { protocol: "TLSv1.3", suite: "TLS_AES_256_GCM_SHA384", verification, chain: [] };
}

export function hopOf(written: WrittenHop): Hop {
  const { url, status = 200, fields = [], cause, code = null, refreshes = [], base = null, script = false } = written;
  if (cause !== undefined) return { url, address: null, answer: unobserved(cause, "as written"), code };
  const leaving = { refreshes, base, scriptMentionsLocation: script };
  const body = {
    octets: written.octets ?? 0,
    sha256: "",
    cut: written.cut ?? null,
    leaving,
    references: written.references ?? null,
  };
  const tls = tlsOf(written.tls === undefined ? (url.startsWith("https:") ? "trusted" : null) : written.tls);
  const answer = observed({ httpVersion: "1.1", status, interim: [], fields, tls, body });
  return { url, address: "185.20.60.80", answer, code: null };
}

export function hopsOf(...written: readonly WrittenHop[]): readonly Hop[] {
  return written.map(hopOf);
}
