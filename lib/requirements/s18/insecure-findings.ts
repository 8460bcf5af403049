import type { Finding, FindingMaker } from "../../core/finding.ts";
import { algorithmRow, digestRow } from "../../dnssec/policy.ts";
import type { ZoneStep } from "../../dnssec/zone-walk.ts";
import { DNSSEC_POLICY } from "../../../data/dnssec-policy.ts";
import type { Reply } from "../../wire/message.ts";
import type { Name } from "../../wire/name.ts";
import { parseDnskey } from "../../wire/rdata/dnskey.ts";
import type { messages } from "./messages.ts";
import { plainList, plainName } from "../wording.ts";

/** RSA with SHA-1: signed in form, no longer protection (RFC 9905 section 2). */
const SHA1_ALGORITHMS: ReadonlySet<number> = new Set([5, 7]);

/**
 * Why a domain is not protected at all. `step` is the insecure zone, `parentZone` the last secure one above it, `keys` the
 * reply about the domain's own DNSKEY, which tells an unsigned zone from one whose DS is missing.
 */
export function insecureFinding(
  step: ZoneStep,
  { domain, parentZone, keys }: { readonly domain: Name; readonly parentZone: Name; readonly keys: Reply | null },
  finding: FindingMaker<typeof messages>,
): Finding {
  const zone = plainName(step.zone);
  const parent = plainName(parentZone);
  if (step.zone !== domain) return finding("S18_PARENT_UNSIGNED", { domain: plainName(domain), zone });
  if (step.insecure === "unsupported-algorithm") {
    const numbers = step.ds.map(({ algorithm }) => algorithm);
    const algorithms = plainList(numbers.map(algorithmName));
    const isSha1 = numbers.every((number) => SHA1_ALGORITHMS.has(number));
    return finding(isSha1 ? "S18_SHA1_ALGORITHM" : "S18_ALGORITHM_UNSUPPORTED", { zone, algorithms });
  }
  if (step.insecure === "unsupported-digest") {
    return finding("S18_DIGEST_UNSUPPORTED", {
      zone,
      digests: plainList(step.ds.map(({ digestType }) => digestName(digestType))),
    });
  }
  const keyTags = publishedKeyTags(keys, domain);
  return keyTags.length > 0
    ? finding("S18_ISLAND", { zone, parent, keyTags: plainList(keyTags) })
    : finding("S18_UNSIGNED", { zone, parent, provenBy: step.provenBy });
}

/** "RSASHA1 (5)"; the number alone for one that has no name. */
export function algorithmName(number: number): string {
  const row = algorithmRow(DNSSEC_POLICY, number);
  return row === null ? String(number) : `${row.mnemonic} (${number})`;
}

function digestName(number: number): string {
  const row = digestRow(DNSSEC_POLICY, number);
  return row === null ? String(number) : `${number} (${row.mnemonic})`;
}

const SEP_FLAG = 0x0001;

/** Tags of the keys a zone publishes, those that a DS should name if any is marked so. */
function publishedKeyTags(reply: Reply | null, domain: Name): readonly number[] {
  const keys = (reply?.answer ?? [])
    .filter(({ name, type }) => type === "DNSKEY" && name === domain)
    .flatMap(({ data }) => {
      const key = parseDnskey(data);
      return key.ok ? [key.value] : [];
    });
  const entry = keys.filter(({ flags }) => (flags & SEP_FLAG) !== 0);
  return (entry.length > 0 ? entry : keys).map(({ keyTag }) => keyTag);
}
