import type { Target } from "./target.ts";
import { AGGREGATE_REPORTS } from "./targets/aggregate-reports.ts";
import { CERTIFICATES } from "./targets/certificates.ts";
import { COMPANION_RECORDS } from "./targets/companion-records.ts";
import { DKIM_KEYS } from "./targets/dkim-keys.ts";
import { DMARC_RECORDS } from "./targets/dmarc-records.ts";
import { DNS_MESSAGES } from "./targets/dns-messages.ts";
import { MAIL_RDATA } from "./targets/mail-rdata.ts";
import { REPORT_ARCHIVES } from "./targets/report-archives.ts";
import { CLIENT_HELLOS } from "./targets/client-hellos.ts";
import { OCSP_RESPONSES } from "./targets/ocsp-responses.ts";
import { SERVER_FLIGHTS } from "./targets/server-flights.ts";
import { SMTP_REPLIES } from "./targets/smtp-replies.ts";
import { SPF_RECORDS } from "./targets/spf-records.ts";
import { SPF_ZONES } from "./targets/spf-zones.ts";
import { HSTS_FIELDS, LOCATIONS_OF_REDIRECTS, META_REFRESHES } from "./targets/web-fields.ts";

/** Everything that `npm run fuzz` tries. */
export const TARGETS: readonly Target[] = [
  DNS_MESSAGES,
  MAIL_RDATA,
  SPF_RECORDS,
  SPF_ZONES,
  DMARC_RECORDS,
  DKIM_KEYS,
  COMPANION_RECORDS,
  SMTP_REPLIES,
  CERTIFICATES,
  OCSP_RESPONSES,
  CLIENT_HELLOS,
  SERVER_FLIGHTS,
  HSTS_FIELDS,
  LOCATIONS_OF_REDIRECTS,
  META_REFRESHES,
  AGGREGATE_REPORTS,
  REPORT_ARCHIVES,
];

/** Throws for a name that no target has. */
export function targetNamed(name: string): Target {
  const target = TARGETS.find((each) => each.name === name);
  if (target === undefined) throw new TypeError(`there is no target "${name}"`);
  return target;
}
