/** What an HTTPS record does for visits by plain HTTP: RFC 9460 section 9.5. */
import { parseSvcb } from "../wire/rdata/svcb.ts";

/** RFC 9460 section 8: keys that must be understood, or the record is not compatible. */
const MANDATORY = 0;
/** Those of RFC 9460 section 14.3.2 that browsers know: mandatory to ipv6hint. */
const HIGHEST_KNOWN_KEY = 6;
const ALIAS_MODE = 0;

/**
 * Whether a browser that has this record asks by HTTPS although the URL says HTTP: it is in AliasMode, or in ServiceMode with no
 * mandatory parameter that browsers do not know. `data`: RDATA in base64. Malformed RDATA does nothing.
 */
export function upgradesToHttps(data: string): boolean {
  const record = parseSvcb(data);
  if (!record.ok) return false;
  const { priority, target, params } = record.value;
  // An alias to the root says that there is no such service (section 2.5.1).
  if (priority === ALIAS_MODE) return target !== ".";
  return mandatoryKeys(params.get(MANDATORY)).every(
    (key) => key > MANDATORY && key <= HIGHEST_KNOWN_KEY && params.has(key),
  );
}

/** Keys are 16 bits each; an odd octet at the end is a key that nobody knows. */
function mandatoryKeys(value: Uint8Array | undefined): readonly number[] {
  const octets = [...(value ?? [])];
  return octets.flatMap((high, at) => (at % 2 === 0 ? [high * 256 + (octets[at + 1] ?? 255)] : []));
}
