import { PROVIDER_GATEWAY } from "../../lib/practice/gateways.ts";
import { dkimKey, dkimRecord, gatewayAddresses, REJECT, tlsa, TLSA_OF_BOTH, txt } from "./mail-records.ts";
import type { Recipe } from "./recipe.ts";

const WITHOUT = ["mail", "spf"] as const;
/** What sends for the municipality is another machine than what receives. */
const SPF = '@ TXT "v=spf1 ip4:185.20.97.0/28 -all"';
const NO_MAIL_SENT = '@ TXT "v=spf1 -all"';
const WEB_SENDS_NOTHING = 'www TXT "v=spf1 -all"';
const GATEWAY_SENDS_NOTHING = 'mail TXT "v=spf1 -all"';
const SENDER: readonly string[] = [SPF, WEB_SENDS_NOTHING, REJECT, dkimKey()];
const SHARED_GATEWAY = "@ MX 10 mail.oevelse.dk.";
const LOOKUPS = 11;
const VOID_LOOKUPS = 3;

/** A domain with its own gateway, of which only the TLSA records differ. */
function ownGateway(domain: string, tlsaRecords: readonly string[], more: Omit<Recipe, "records"> = {}): Recipe {
  const gateway = ["@ MX 10 mail", ...gatewayAddresses(domain), GATEWAY_SENDS_NOTHING, ...tlsaRecords];
  return { ...more, without: WITHOUT, records: [...gateway, ...SENDER] };
}

/** What a domain whose mail is as it should be adds to its recipe; `more`: further records. */
export function wellMail(domain: string, ...more: readonly string[]): Recipe {
  return ownGateway(domain, [...TLSA_OF_BOTH, ...more]);
}

/** oevelse.dk takes in the DMARC reports of everybody (RFC 7489 section 7.1). */
export const TAKES_REPORTS = '*._report._dmarc TXT "v=DMARC1"';

/** What a domain adds that lets the gateway of another receive for it, and of which only the policies differ. */
export function sharedMail(...records: readonly string[]): Recipe {
  const own = records.length === 0 ? SENDER : records;
  return { without: WITHOUT, records: [SHARED_GATEWAY, ...own] };
}

/** How the zones are made of the cases about mail. */
export const MAIL_RECIPES: Readonly<Record<string, Recipe>> = {
  "mail-well": wellMail("brevdue-oevelse.dk"),
  "mx-unsigned-provider": { without: WITHOUT, records: [`@ MX 10 ${PROVIDER_GATEWAY}.`, ...SENDER] },
  "mx-cname-insecure": { without: WITHOUT, records: ["@ MX 10 mail", `mail CNAME ${PROVIDER_GATEWAY}.`, ...SENDER] },
  "null-mx": {
    without: WITHOUT,
    records: ["@ MX 0 .", NO_MAIL_SENT, WEB_SENDS_NOTHING, REJECT, '*._domainkey TXT "v=DKIM1; p="'],
  },
  "no-mail": { without: ["apex", "www", ...WITHOUT], records: [NO_MAIL_SENT, REJECT] },

  "tlsa-missing": ownGateway("frimaerke-oevelse.dk", []),
  "tlsa-mismatch": ownGateway("konvolut-oevelse.dk", [tlsa("mail", 3, "mail-other-rsa")]),
  "tlsa-bogus": ownGateway("postkasse-oevelse.dk", TLSA_OF_BOTH, {
    edits: [{ kind: "corrupt-signatures", covering: "TLSA" }],
  }),
  "tlsa-unusable": ownGateway("kuvert-oevelse.dk", [tlsa("mail", 1, "mail-rsa"), tlsa("mail", 1, "mail-ecdsa")]),
  "one-address-bad": ownGateway("stempel-oevelse.dk", TLSA_OF_BOTH),
  "ecdsa-bad": ownGateway("porto-oevelse.dk", TLSA_OF_BOTH),
  "usage-2-well": ownGateway("segl-oevelse.dk", [tlsa("mail", 2, "mail-ca")]),
  "usage-2-missing-anchor": ownGateway("laksegl-oevelse.dk", [tlsa("mail", 2, "mail-ca")]),
  "no-starttls": ownGateway("postkort-oevelse.dk", TLSA_OF_BOTH),
  "greylisting-gateway": ownGateway("budstikke-oevelse.dk", TLSA_OF_BOTH),
  "tarpit-gateway": ownGateway("telegraf-oevelse.dk", TLSA_OF_BOTH),

  "dmarc-quarantine": withDmarc("v=DMARC1; p=quarantine; rua=mailto:dmarc@oevelse.dk"),
  "dmarc-sp-none": withDmarc("v=DMARC1; p=reject; sp=none; rua=mailto:dmarc@oevelse.dk"),
  "dmarc-two-records": withDmarc(
    "v=DMARC1; p=reject; rua=mailto:dmarc@oevelse.dk",
    "v=DMARC1; p=reject; rua=mailto:rapport@oevelse.dk",
  ),
  "dmarc-test-mode": withDmarc("v=DMARC1; p=reject; t=y; rua=mailto:dmarc@oevelse.dk"),
  "spf-eleven-lookups": withSpf(
    `v=spf1 ${repeated(LOOKUPS, (index) => `include:spf${index}.postliste-oevelse.dk`)} -all`,
    ...Array.from(
      { length: LOOKUPS },
      (_, index) => `spf${String(index)} TXT "v=spf1 ip4:185.20.96.${String(index)} -all"`,
    ),
  ),
  "spf-plus-all": withSpf("v=spf1 ip4:185.20.97.0/28 +all"),
  "spf-void": withSpf(`v=spf1 ${repeated(VOID_LOOKUPS, (index) => `a:nedlagt${index}.postbud-oevelse.dk`)} -all`),
  // Its key stands at a selector that nobody would guess: reports show it.
  "dkim-unknown": { ...sharedMail(SPF, REJECT, "* A 185.20.80.1", dkimKey()), keys: [], ds: [] },
  "dkim-revoked": sharedMail(SPF, WEB_SENDS_NOTHING, REJECT, dkimRecord("v=DKIM1; k=rsa; p=")),
  "dkim-1024": sharedMail(SPF, WEB_SENDS_NOTHING, REJECT, dkimKey("dkim-1024")),
};

function withDmarc(...texts: readonly string[]): Recipe {
  return sharedMail(SPF, WEB_SENDS_NOTHING, dkimKey(), ...texts.map((text) => txt("_dmarc", text)));
}

function withSpf(text: string, ...records: readonly string[]): Recipe {
  return sharedMail(txt("@", text), WEB_SENDS_NOTHING, REJECT, dkimKey(), ...records);
}

function repeated(count: number, term: (index: string) => string): string {
  return Array.from({ length: count }, (_, index) => term(String(index))).join(" ");
}
