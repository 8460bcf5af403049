import type { Observed } from "../core/observation.ts";
import type { LeavingHints } from "../parsers/meta-refresh-scan.ts";
import type { PageReferences } from "./page-references.ts";

/** What the TLS connection showed. Nothing is enforced: a broken certificate is a fact for checks to read. */
export interface HopTls {
  /** As Node names it, such as TLSv1.3. */
  readonly protocol: string;
  readonly suite: string;
  /** The runtime's verdict on chain, dates and name; `code` is OpenSSL's or Node's name for what is wrong. */
  readonly verification: { readonly trusted: true } | { readonly trusted: false; readonly code: string };
  /** Certificates as sent, all of them and in the server's order: DER in base64. Null where they could not be read. */
  readonly chain: readonly string[] | null;
}

/** What came after the header section. The content itself is not kept. */
export interface HopBody {
  /** As they came, still packed. */
  readonly octets: number;
  /** Of the unpacked octets that were read, hexadecimal. */
  readonly sha256: string;
  /**
   * Why not all was read: `limit` of ours, `time`, a connection that `broke`, a coding that could not be undone. Null: all was.
   */
  readonly cut: "limit" | "time" | "broke" | "coding" | null;
  /** For an HTML page; null for anything else. */
  readonly leaving: LeavingHints | null;
  readonly references: PageReferences | null;
}

/** A whole header section that was heard. */
export interface HopAnswer {
  readonly httpVersion: string;
  readonly status: number;
  /** Status codes of interim answers before it (RFC 9110 section 15.2). */
  readonly interim: readonly number[];
  /** As received: names in lower case, one character per octet in values, duplicates apart and in order. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly tls: HopTls | null;
  readonly body: HopBody;
}

/** One request for one URL at one address. */
export interface Hop {
  /** Absolute, as asked, without a fragment. */
  readonly url: string;
  /** The address dialled, or that would have been; null where none was known. */
  readonly address: string | null;
  readonly answer: Observed<HopAnswer>;
  /** For an unobserved answer: the dialer's or the system's code, such as SPECIAL_ADDRESS or ECONNREFUSED. */
  readonly code: string | null;
}

/** Whether an answer among these gives a cookie, which walks never send along: others may then get further. */
export function givesCookies(hops: readonly Hop[]): boolean {
  return hops.some(({ answer }) => answer.state === "observed" && fieldValues(answer.value, "set-cookie").length > 0);
}

/** All values of a field, in order. `name` in lower case. */
export function fieldValues(answer: Pick<HopAnswer, "fields">, name: string): readonly string[] {
  return answer.fields.filter(([each]) => each === name).map(([, value]) => value);
}
