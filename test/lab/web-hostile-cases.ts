import { WEB_ZONE } from "./web-case.ts";

/** Where clouds answer with secrets; nobody is led there by a stranger. */
export const TRAP_ADDRESS = "169.254.169.254";
export const TRAP_LOG = "trap.log";
export const HOSTILE_READY = "hostile.ready";

/** How a hostile server meets everybody, on port 80 and, unless it is about TLS itself, inside TLS on port 443. */
export type HostileManner =
  | ("tarpit" | "reset" | "reset-on-request" | "junk" | "close" | "trickle" | "trickled-body" | "short-body")
  | ("endless-body" | "endless-chunk" | "endless-header" | "endless-interim" | "endless-redirects")
  | ("gzip-bomb" | "brotli-bomb" | "big-header" | "many-headers" | "many-cookies")
  | ("tls-junk" | "tls-endless-records" | "tls-trickle" | "tls-huge-certificate" | "tls-alerts")
  | ("to-metadata" | "to-metadata-by-name" | "to-metadata-mapped" | "to-metadata-number" | "to-file" | "to-cr-lf")
  | "to-javascript";

export interface HostileCase {
  readonly manner: HostileManner;
  readonly host: string;
  readonly address: string;
  /** What S27 and K11 may be. */
  readonly S27: readonly string[];
  readonly K11: readonly string[];
}

const OPEN = ["indeterminate"];
/** What was proved before, or by the start of an answer, may fail it. */
const EITHER = ["indeterminate", "fail"];
/** The header stood in every answer before its content began, so that K11 may hold whatever comes after. */
const PROVED = ["pass", "indeterminate", "fail"];

const VERDICTS: Readonly<Record<HostileManner, readonly [readonly string[], readonly string[]]>> = {
  tarpit: [OPEN, OPEN],
  reset: [OPEN, OPEN],
  "reset-on-request": [OPEN, OPEN],
  junk: [EITHER, EITHER],
  close: [EITHER, EITHER],
  trickle: [OPEN, OPEN],
  "trickled-body": [EITHER, EITHER],
  "short-body": [EITHER, EITHER],
  "endless-body": [EITHER, PROVED],
  "endless-chunk": [EITHER, PROVED],
  "endless-header": [OPEN, OPEN],
  "endless-interim": [OPEN, OPEN],
  "endless-redirects": [EITHER, EITHER],
  "gzip-bomb": [EITHER, PROVED],
  "brotli-bomb": [EITHER, PROVED],
  "big-header": [OPEN, OPEN],
  "many-headers": [OPEN, OPEN],
  "many-cookies": [OPEN, OPEN],
  "tls-junk": [EITHER, EITHER],
  "tls-endless-records": [EITHER, EITHER],
  "tls-trickle": [EITHER, EITHER],
  "tls-huge-certificate": [EITHER, EITHER],
  "tls-alerts": [EITHER, EITHER],
  "to-metadata": [EITHER, EITHER],
  "to-metadata-by-name": [EITHER, EITHER],
  "to-metadata-mapped": [EITHER, EITHER],
  "to-metadata-number": [EITHER, EITHER],
  "to-file": [EITHER, EITHER],
  "to-cr-lf": [EITHER, EITHER],
  "to-javascript": [EITHER, EITHER],
};

/** A name of the municipality's own zone that leads to where nothing is ever dialled. */
export const METADATA_HOST = `metadata.${WEB_ZONE}`;

export const HOSTILE_CASES: readonly HostileCase[] = (Object.keys(VERDICTS) as HostileManner[]).map(
  (manner, index) => ({
    manner,
    host: `hostile-${manner}.${WEB_ZONE}`,
    address: `185.21.9.${String(index + 1)}`,
    S27: VERDICTS[manner][0],
    K11: VERDICTS[manner][1],
  }),
);
