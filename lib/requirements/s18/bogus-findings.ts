import type { Finding, FindingMaker } from "../../core/finding.ts";
import type { Bogus, BogusReason } from "../../dnssec/outcome.ts";
import type { ZoneStep } from "../../dnssec/zone-walk.ts";
import type { Question, Reply } from "../../wire/message.ts";
import type { Name } from "../../wire/name.ts";
import type { RecordType } from "../../wire/record-type.ts";
import { parseRrsig } from "../../wire/rdata/rrsig.ts";
import type { messages } from "./messages.ts";
import { plainList, plainName, plainRecord, plainTime } from "../wording.ts";

type Make = FindingMaker<typeof messages>;

const DENIAL_REASONS: ReadonlySet<BogusReason> = new Set([
  "denial-missing",
  "denial-invalid",
  "wildcard-proof-missing",
]);
const DENIAL_TYPES: ReadonlySet<RecordType> = new Set(["NSEC", "NSEC3"]);

/** What is wrong with a date is told as such, whatever was signed. */
const DATE_REASONS: ReadonlySet<BogusReason> = new Set(["signature-expired", "signature-not-yet-valid"]);

/** A fault, and the question that brought it to light where that is not for the record itself. */
export type Fault = Bogus & { readonly question?: Question };

/**
 * Findings for what does not validate in the domain's own zone: one for each kind of fault, naming every record set that
 * shows it. `replyTo` gives the reply at fault, for the dates on its signatures.
 */
export function bogusFindings(
  faults: readonly Fault[],
  replyTo: (question: Question) => Reply | null,
  finding: Make,
): readonly Finding[] {
  const groups = Map.groupBy(faults, (fault) => `${fault.zone} ${fault.reason} ${String(isDenialFault(fault))}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [faultFinding(first, group, replyTo, finding)];
  });
}

function faultFinding(
  first: Fault,
  group: readonly Fault[],
  replyTo: (question: Question) => Reply | null,
  finding: Make,
): Finding {
  const { zone: apex, reason, detail } = first;
  const zone = plainName(apex);
  const record = plainList(group.map(faultyRecord));
  if (isDenialFault(first) && !DATE_REASONS.has(reason)) return finding("S18_DENIAL_BROKEN", { zone, record, reason });
  const dates = (): readonly SignatureDates[] => group.flatMap((fault) => datesOf(replyTo(fault.record), fault));
  switch (reason) {
    case "no-signature":
      return finding("S18_SIGNATURE_MISSING", { zone, record });
    case "signature-expired": {
      const ends = dates().map(({ expiration }) => expiration);
      return finding("S18_SIGNATURE_EXPIRED", {
        zone,
        record,
        expired: ends.length > 0 ? plainTime(Math.max(...ends)) : "?",
      });
    }
    case "signature-not-yet-valid": {
      const starts = dates().map(({ inception }) => inception);
      const begins = starts.length > 0 ? plainTime(Math.min(...starts)) : "?";
      return finding("S18_SIGNATURE_NOT_YET_VALID", { zone, record, begins });
    }
    case "signature-invalid":
    case "no-matching-key":
    case "signer-mismatch":
      return finding("S18_SIGNATURE_INVALID", { zone, record, reason });
    default:
      return finding("S18_BOGUS", { zone, record, reason, detail });
  }
}

/** The record set at fault, as people speak of it; for a proof that something does not exist, what was asked for. */
export function faultyRecord(fault: Fault): string {
  return plainRecord(isDenialFault(fault) ? (fault.question ?? fault.record) : fault.record, fault.zone);
}

/** Whether what is wrong is the proof that something does not exist. */
function isDenialFault({ reason, record }: Fault): boolean {
  return DENIAL_REASONS.has(reason) || DENIAL_TYPES.has(record.type);
}

interface SignatureDates {
  readonly inception: number;
  readonly expiration: number;
}

/** The dates on the signatures over the record set at fault, in seconds since 1970 (unsigned 32 bits, as sent). */
function datesOf(reply: Reply | null, { record }: Bogus): readonly SignatureDates[] {
  if (reply === null) return [];
  return [...reply.answer, ...reply.authority]
    .filter(({ name, type }) => type === "RRSIG" && name === record.name)
    .flatMap(({ data }) => {
      const rrsig = parseRrsig(data);
      return rrsig.ok && rrsig.value.typeCovered === record.type ? [rrsig.value] : [];
    });
}

/** The finding for a zone whose keys the parent's DS does not lead to; null when something else is wrong with it. */
export function entryFinding(step: ZoneStep, failure: Bogus, parentZone: Name, finding: Make): Finding | null {
  const zone = plainName(step.zone);
  const parent = plainName(parentZone);
  const keyTags = plainList(step.ds.map(({ keyTag }) => keyTag));
  if (failure.reason === "dnskey-missing") return finding("S18_DNSKEY_MISSING", { zone, parent, keyTags });
  if (failure.reason !== "no-key-matches-ds") return null;
  return finding("S18_DS_MISMATCH", { zone, parent, keyTags, published: publishedKeys(step) });
}

function publishedKeys({ keys }: ZoneStep): string {
  const entryKeys = keys.filter(({ sep }) => sep);
  return plainList((entryKeys.length > 0 ? entryKeys : keys).map(({ keyTag }) => keyTag));
}
