import { readFileSync, readdirSync } from "node:fs";
import { name, type Name } from "../../../lib/wire/name.ts";
import type { ResourceRecord } from "../../../lib/wire/message.ts";
import { parseAnchorFile } from "../../../lib/dnssec/anchor-file.ts";
import type { TrustAnchor } from "../../../lib/dnssec/trust-anchor.ts";
import { parseZoneFile } from "../../../lib/wire/zone-file.ts";

const folder = new URL("../../vectors/dnssec/signed/", import.meta.url);

/** Zones by apex, as records. */
export type Zones = ReadonlyMap<Name, readonly ResourceRecord[]>;

/** Changes the text of a zone before it is read: how a test breaks what the signer made. */
export type ZoneEdit = (text: string) => string;

/** The zones that test/vectors/dnssec/make.sh signed, with `edits` by file name applied. */
export function signedZones(edits: Readonly<Record<string, ZoneEdit>> = {}): Zones {
  const files = readdirSync(folder).filter((file) => file !== "anchors");
  for (const file of Object.keys(edits)) if (!files.includes(file)) throw new Error(`no zone ${file}`);
  return new Map(
    files.map((file) => {
      const text = readFileSync(new URL(file, folder), "utf8");
      const edited = edits[file]?.(text) ?? text;
      if (edits[file] !== undefined && edited === text) throw new Error(`the edit changes nothing in ${file}`);
      return [file === "root" ? name(".") : name(file), edited === text ? asSigned(file, text) : readZone(edited)];
    }),
  );
}

const signed = new Map<string, readonly ResourceRecord[]>();

/** Zones without edits are read once. */
function asSigned(file: string, text: string): readonly ResourceRecord[] {
  const records = signed.get(file) ?? readZone(text);
  signed.set(file, records);
  return records;
}

/** The trust anchor of the test root. */
export function testAnchors(): readonly TrustAnchor[] {
  const anchors = parseAnchorFile(readFileSync(new URL("anchors", folder), "utf8"));
  if (!anchors.ok) throw new Error(anchors.problem);
  return anchors.value;
}

/** A moment inside the validity of every signature: 2026-11-23T12:00:00Z. */
export const TEST_TIME = Date.UTC(2026, 10, 23, 12) / 1000;

/** Zone text as records; throws when it cannot be read. */
export function readZone(text: string): readonly ResourceRecord[] {
  const records = parseZoneFile(text);
  if (!records.ok) throw new Error(records.problem);
  return records.value;
}
