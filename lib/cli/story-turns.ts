import type { Bilingual } from "../core/messages.ts";
import type { RequirementId } from "../core/requirement-id.ts";
import type { Family } from "../inventory/inventory.ts";
import type { Fault } from "../practice/faults.ts";
import { gatewayOf } from "../practice/gateways.ts";

/** The practice domain that the accidents befall while the service watches. */
export const STAR = "havn-oevelse.dk";
const WEB_SITE = `www.${STAR}`;

/** One accident and its mending: what befalls the star, and what must be seen of it. */
export interface Turn {
  readonly fault: Fault;
  /** The id of the asset at which it shows, and its name. */
  readonly asset: string;
  readonly on: string;
  /** The family whose looks show it. */
  readonly family: Family;
  /** Requirements that fall; those that are not built are left out. */
  readonly falls: readonly RequirementId[];
  /** What every alert must name besides the domain; null for nothing. */
  readonly names: string | null;
  readonly accident: Bilingual;
  readonly mended: Bilingual;
  /** What the accident is called in the account. */
  readonly called: Bilingual;
}

const GATEWAY = gatewayOf(STAR).host;
const ON_DOMAIN = { asset: `domain:${STAR}`, on: STAR } as const;
const ON_WEB_SITE = { asset: `host:${WEB_SITE}`, on: WEB_SITE } as const;

export const TURNS: readonly Turn[] = [
  {
    fault: "signatures-stripped",
    family: "domains",
    ...ON_DOMAIN,
    // A name that does not validate is out of reach for everything that rests on it.
    falls: ["S18", "S19", "S23"],
    names: null,
    accident: {
      da: `Et uheld: ${STAR} flyttes til navneservere, der ikke signerer, mens DS-posten bliver stående. Der ses efter:`,
      en: `An accident: ${STAR} moves to name servers that do not sign, while its DS record stays. A look:`,
    },
    mended: {
      da: `Operatøren retter fejlen: ${STAR} er signeret igen. Der ses efter:`,
      en: `The operator mends it: ${STAR} is signed again. A look:`,
    },
    called: { da: "Tabet af signaturer", en: "The loss of signatures" },
  },
  {
    fault: "certificate-renewed",
    family: "mail",
    ...ON_DOMAIN,
    falls: ["S20"],
    names: GATEWAY,
    accident: {
      da: `Et certifikat fornyes: ${GATEWAY} får nye nøgler, men TLSA-posterne følger ikke med. Der ses efter:`,
      en: `A certificate is renewed: ${GATEWAY} gets new keys, but its TLSA records do not follow. A look:`,
    },
    mended: {
      da: `Operatøren sætter det gamle certifikat tilbage på ${GATEWAY}. Der ses efter:`,
      en: `The operator puts the old certificate back on ${GATEWAY}. A look:`,
    },
    called: { da: "Certifikatet uden TLSA-post", en: "The certificate without its TLSA record" },
  },
  {
    fault: "policy-weakened",
    family: "domains",
    ...ON_DOMAIN,
    falls: ["S23"],
    names: null,
    accident: {
      da: `En politik svækkes: DMARC for ${STAR} ændres fra reject til quarantine. Der ses efter:`,
      en: `A policy is weakened: DMARC of ${STAR} is changed from reject to quarantine. A look:`,
    },
    mended: {
      da: `Operatøren skriver reject igen i DMARC for ${STAR}. Der ses efter:`,
      en: `The operator writes reject again in the DMARC record of ${STAR}. A look:`,
    },
    called: { da: "Den svækkede politik", en: "The weakened policy" },
  },
  {
    fault: "hsts-lost",
    family: "web",
    ...ON_WEB_SITE,
    falls: ["K11"],
    names: null,
    accident: {
      da: `En opdatering: webserveren på ${WEB_SITE} sender ikke længere HSTS. Der ses efter:`,
      en: `An update: the web server at ${WEB_SITE} sends no HSTS any more. A look:`,
    },
    mended: {
      da: `Operatøren tilføjer HSTS igen på ${WEB_SITE}. Der ses efter:`,
      en: `The operator adds HSTS again at ${WEB_SITE}. A look:`,
    },
    called: { da: "Tabet af HSTS", en: "The loss of HSTS" },
  },
  {
    fault: "old-tls",
    family: "web",
    ...ON_WEB_SITE,
    falls: ["S27"],
    names: null,
    accident: {
      da: `En gammel opsætning: TLS 1.0 slås til på ${WEB_SITE}. Der ses efter:`,
      en: `An old configuration: TLS 1.0 is switched on at ${WEB_SITE}. A look:`,
    },
    mended: {
      da: `Operatøren slår TLS 1.0 fra igen på ${WEB_SITE}. Der ses efter:`,
      en: `The operator switches TLS 1.0 off again at ${WEB_SITE}. A look:`,
    },
    called: { da: "TLS 1.0", en: "TLS 1.0" },
  },
];
