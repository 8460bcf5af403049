import { Buffer } from "node:buffer";
import type { ResourceRecord } from "./message.ts";
import { fromWire, ROOT, type Name } from "./name.ts";
import { WireProblem } from "./octet-reader.ts";
import { malformed, parsed, type Parsed } from "./parsed.ts";
import { rdataOfTokens } from "./presentation.ts";
import { nameOctets, secondsOf } from "./rdata/text-fields.ts";
import { parseRecordType } from "./record-type.ts";
import { zoneLines, type ZoneLine, type ZoneToken } from "./zone-token.ts";

const TTL_LIMIT = 0x7fff_ffff;

/**
 * Reads a master file of class IN (RFC 1035 section 5, RFC 2308 section 4 for $TTL). Relative names belong to `origin` until
 * an $ORIGIN entry. $INCLUDE and $GENERATE are not supported. A problem names the line of the entry it is in.
 */
export function parseZoneFile(text: string, origin: Name = ROOT): Parsed<readonly ResourceRecord[]> {
  try {
    const zone = new ZoneReader(origin);
    for (const line of zoneLines(text)) zone.read(line);
    return parsed(zone.records);
  } catch (error) {
    if (error instanceof WireProblem) return malformed(error.message);
    throw error;
  }
}

class ZoneReader {
  readonly records: ResourceRecord[] = [];
  #origin: Name;
  #owner: Name | null = null;
  #defaultTtl: number | null = null;
  #lastTtl: number | null = null;

  constructor(origin: Name) {
    this.#origin = origin;
  }

  read(line: ZoneLine): void {
    try {
      this.#entry(line);
    } catch (error) {
      if (error instanceof WireProblem) throw new WireProblem(`line ${line.number}: ${error.message}`);
      throw error;
    }
  }

  #entry(line: ZoneLine): void {
    const [first, ...rest] = line.tokens;
    if (!line.ownerOmitted && first?.text.startsWith("$") === true) {
      this.#directive(first.text.toUpperCase(), rest);
      return;
    }
    if (!line.ownerOmitted) this.#owner = this.#name(first);
    this.#record(line.ownerOmitted ? line.tokens : rest);
  }

  #directive(directive: string, [value]: readonly ZoneToken[]): void {
    if (directive === "$ORIGIN") this.#origin = this.#name(value);
    else if (directive === "$TTL") this.#defaultTtl = ttlOf(value);
    else throw new WireProblem(`the directive ${directive} is not supported`);
  }

  #name(token: ZoneToken | undefined): Name {
    if (token === undefined) throw new WireProblem("a name is missing");
    const found = fromWire(nameOctets(token.text, this.#origin), 0);
    if (!found.ok) throw new WireProblem(found.problem);
    return found.value.name;
  }

  /** TTL and class may stand in either order, or not at all. */
  #record(tokens: readonly ZoneToken[]): void {
    let at = 0;
    let ttl: number | null = null;
    for (let hasClass = false; ; at += 1) {
      const text = tokens[at]?.text ?? "";
      if (!hasClass && text.toUpperCase() === "IN") hasClass = true;
      else if (ttl === null && /^\d/.test(text)) ttl = ttlOf(tokens[at]);
      else break;
    }
    const type = parseRecordType(tokens[at]?.text ?? "");
    if (!type.ok) throw new WireProblem(type.problem);
    if (this.#owner === null) throw new WireProblem("the first record has no owner");
    const octets = rdataOfTokens(type.value, tokens.slice(at + 1), this.#origin);
    this.#lastTtl = ttl ?? this.#defaultTtl ?? this.#lastTtl;
    if (this.#lastTtl === null) throw new WireProblem("the record has no TTL");
    const data = Buffer.from(octets).toString("base64");
    this.records.push({ name: this.#owner, type: type.value, ttl: this.#lastTtl, data });
  }
}

function ttlOf(token: ZoneToken | undefined): number {
  const seconds = secondsOf(token?.text ?? "");
  if (seconds > TTL_LIMIT) throw new WireProblem("the TTL is over 2^31 - 1");
  return seconds;
}
