import type { Bilingual } from "../core/messages.ts";
import type { RequirementId } from "../core/requirement-id.ts";
import type { Family } from "../inventory/inventory.ts";
import type { Fault } from "../practice/faults.ts";
import { gatewayOf } from "../practice/gateways.ts";

/** The practice domain that the accidents befall while the service watches. */
export const STAR = "havn-oevelse.dk";

/** One accident and its mending: what befalls the star, and what must be seen of it. */
export interface Turn {
  readonly fault: Fault;
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

export const TURNS: readonly Turn[] = [
  {
    fault: "signatures-stripped",
    family: "domains",
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
];
