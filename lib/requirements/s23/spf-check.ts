import type { Asset } from "../../core/asset.ts";
import type { Finding } from "../../core/finding.ts";
import { defineCheck, type JudgeContext } from "../../core/requirement.ts";
import { undecided } from "../../core/unobserved.ts";
import { readMxSet } from "../../mail/gateway-mx.ts";
import { classifierOf } from "../../mail/reading.ts";
import { auditSpf, type SpfAudit } from "../../mail/spf/audit.ts";
import { type DnsView, validatedView } from "../../mail/spf/dns-view.ts";
import { MAX_LOOKUPS } from "../../mail/spf/limits.ts";
import type { Name } from "../../wire/name.ts";
import { plainName } from "./dmarc-wording.ts";
import { belowFindings } from "./spf-below-findings.ts";
import { spfMessages, spfOutcome } from "./spf-messages.ts";
import { type MakeSpf, recordFindings } from "./spf-record-findings.ts";
import { plainTerm } from "./spf-wording.ts";

const NOT_THERE = { cause: "asset-not-found", detail: "the domain does not exist" } as const;

/** Rows 23.11 to 23.16: one SPF record, usable by receivers, that turns foreign senders down; and the names below. */
export const spfCheck = defineCheck(spfMessages, {
  id: "s23.spf",
  clause: "3",
  needs: ["dns.spf"],
  judge: ({ "dns.spf": reading }, context, finding) => {
    const { domain, namesBelow } = reading;
    const dns = validatedView(classifierOf(reading, context.at));
    const audit = auditSpf(domain, dns);
    const below = belowFindings(namesBelow, { domain, dns, reading: context.reading, finding });
    return [...domainFindings(domain, audit, dns, context, finding), ...below];
  },
});

function domainFindings(
  domain: Name,
  audit: SpfAudit,
  dns: DnsView,
  { asset }: JudgeContext,
  finding: MakeSpf,
): readonly Finding[] {
  const { policy } = audit;
  const about = { domain: plainName(domain) };
  if (policy.state === "none") {
    return [policy.noName ? undecided("S23", about.domain, NOT_THERE) : finding("S23_SPF_MISSING", about)];
  }
  if (policy.state === "several") return [finding("S23_SPF_SEVERAL", { ...about, count: policy.count })];
  const found = recordFindings(domain, audit, finding);
  const all =
    sendsNoMail(asset, domain, dns) && isWider(audit) ? [...found, finding("S23_SPF_NO_MAIL_WIDER", about)] : found;
  const ending = soundEnding(audit);
  if (ending === null || all.some(({ tag }) => spfOutcome(tag) !== "warn")) return all;
  return [...all, finding("S23_SPF_SOUND", { ...about, ending: plainTerm(ending), lookups: audit.lookups })];
}

/** The term that turns foreign senders down; null unless receivers can evaluate the way to it, and every way ends so. */
function soundEnding({ policy, endings, lookups }: SpfAudit): string | null {
  if (policy.state !== "policy" || lookups > MAX_LOOKUPS) return null;
  const terms = endings.map((ending) =>
    ending.kind === "matched" && (ending.qualifier === "-" || ending.qualifier === "~") ? ending.term : null,
  );
  return terms.includes(null) ? null : (terms[0] ?? null);
}

/** Row 23.14: more than `v=spf1 -all`, as far as its meaning goes (RFC 7208 section 10.1.2). */
function isWider({ policy, endings, authorises }: SpfAudit): boolean {
  if (policy.state !== "policy") return false;
  return authorises || endings.some((ending) => ending.kind !== "matched" || ending.qualifier !== "-");
}

/** What the inventory says; where it does not, whether the domain says so itself by a null MX. */
function sendsNoMail(asset: Asset, domain: Name, dns: DnsView): boolean {
  const sends = asset.kind === "domain" ? (asset.sendsMail ?? "unknown") : "unknown";
  return sends === "unknown" ? hasNullMx(domain, dns) : !sends;
}

/** A null MX says that nobody receives mail here, and that nobody should send from here (RFC 7505 section 4.2). */
function hasNullMx(domain: Name, dns: DnsView): boolean {
  const answer = dns({ name: domain, type: "MX" });
  if (answer.state !== "records") return false;
  const { exchanges, nullPreferences } = readMxSet(answer.records);
  return exchanges.length === 0 && nullPreferences.length > 0;
}
