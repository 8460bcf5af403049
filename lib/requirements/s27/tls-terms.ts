import { TLS_PROFILES } from "../../../data/tls-profiles/index.ts";
import type { Bilingual } from "../../core/messages.ts";
import type { PathProblem } from "../../tls/certificate-path.ts";
import { SOURCE_TERMS } from "./source-terms.ts";

/** What tls-absence.ts says of why there is nothing to judge. */
const NOTHING = {
  "nothing: closed": { da: "porten er lukket", en: "the port is closed" },
  "nothing: no-tls": { da: "der kommer ingen TLS i stand", en: "no TLS comes about" },
  "nothing: not-here": { da: "adressen kan ikke nås herfra", en: "the address is out of reach from here" },
  "nothing: no-address": { da: "navnet har ingen adresse", en: "the name has no address" },
  "nothing: no-tls-service": { da: "tjenesten bruger ikke TLS", en: "the service does not use TLS" },
} as const;

/** Settings and their states, as a sentence about a server says them. */
const STATES = {
  "compression: DEFLATE": { da: "TLS-komprimering (DEFLATE) er slået til", en: "TLS compression (DEFLATE) is on" },
  "compression: other": { da: "en ukendt TLS-komprimering er slået til", en: "an unknown TLS compression is on" },
  "secure-renegotiation: missing": {
    da: "sikker genforhandling mangler (RFC 5746)",
    en: "secure renegotiation is missing (RFC 5746)",
  },
  "client-renegotiation: limited": {
    da: "klienter kan genforhandle nogle gange",
    en: "clients can renegotiate a few times",
  },
  "client-renegotiation: unlimited": {
    da: "klienter kan genforhandle uden grænse",
    en: "clients can renegotiate without limit",
  },
  "early-data: accepted": { da: "tidlige data (0-RTT) tages imod", en: "early data (0-RTT) is accepted" },
  "ocsp-staple: absent": { da: "der følger intet OCSP-svar med", en: "no OCSP response comes with it" },
  "ocsp-staple: invalid": { da: "OCSP-svaret, der følger med, gælder ikke", en: "the OCSP response is not valid" },
  "ocsp-staple: must-staple-missing": {
    da: "certifikatet kræver et OCSP-svar, som mangler",
    en: "the certificate demands an OCSP response that is missing",
  },
  "extended-master-secret: absent": {
    da: "extended master secret mangler (RFC 7627)",
    en: "the extended master secret is missing (RFC 7627)",
  },
  "preference: not-enforced": {
    da: "serveren sætter ikke stærke ciphersuiter først",
    en: "the server does not put strong suites first",
  },
  "exchange-hash: no-sha2": {
    da: "nøgleudvekslingen kan ikke signeres med SHA-2",
    en: "the key exchange cannot be signed with SHA-2",
  },
  "exchange-hash: none": { da: "nøgleudvekslingen signeres med EdDSA", en: "the key exchange is signed with EdDSA" },
  "accepted-hash: SHA1": {
    da: "nøgleudvekslingen signeres også med SHA-1",
    en: "the key exchange is also signed with SHA-1",
  },
  "accepted-hash: SHA224": {
    da: "nøgleudvekslingen signeres også med SHA-224",
    en: "the key exchange is also signed with SHA-224",
  },
  "accepted-hash: other": {
    da: "nøgleudvekslingen signeres også med en ukendt hash",
    en: "the key exchange is also signed with an unknown hash",
  },
  "accepted-hash: MD5": {
    da: "nøgleudvekslingen signeres også med MD5",
    en: "the key exchange is also signed with MD5",
  },
} as const;

const HASHES_ONLY = {
  da: "Lad kun SHA-256, SHA-384 og SHA-512 signere nøgleudvekslingen.",
  en: "Let only SHA-256, SHA-384 and SHA-512 sign the key exchange.",
} as const;

/** The one change for each kind of fact. */
const CHANGES = {
  "change: version": { da: "Brug kun TLS 1.2 og 1.3.", en: "Use TLS 1.2 and 1.3 only." },
  "change: suite": {
    da: "Brug kun ECDHE med AES-GCM eller ChaCha20-Poly1305.",
    en: "Use only ECDHE with AES-GCM or ChaCha20-Poly1305.",
  },
  "change: group": {
    da: "Begræns grupperne til x25519, secp256r1 og secp384r1.",
    en: "Restrict the groups to x25519, secp256r1 and secp384r1.",
  },
  "change: dh": { da: "Slå DHE fra, eller brug ffdhe3072.", en: "Disable DHE, or use ffdhe3072." },
  "change: certificate-key": {
    da: "Udsted certifikatet med en nøgle på RSA 3072 eller ECDSA secp256r1.",
    en: "Issue the certificate with a key of RSA 3072 or ECDSA secp256r1.",
  },
  "change: certificate-hash": {
    da: "Udsted certifikatet igen, signeret med SHA-256.",
    en: "Issue the certificate again, signed with SHA-256.",
  },
  "change: exchange-hash": HASHES_ONLY,
  "change: accepted-hash": HASHES_ONLY,
  "change: preference": {
    da: "Lad serverens egen rækkefølge gælde, de stærkeste først.",
    en: "Let the server's own order rule, the strongest first.",
  },
  "change: compression": { da: "Slå TLS-komprimering fra.", en: "Disable TLS compression." },
  "change: secure-renegotiation": {
    da: "Opdatér serverens TLS-bibliotek, så det kender RFC 5746.",
    en: "Update the server's TLS library to one that knows RFC 5746.",
  },
  "change: client-renegotiation": {
    da: "Slå genforhandling fra klienter fra.",
    en: "Disable renegotiation by clients.",
  },
  "change: early-data": {
    da: "Slå 0-RTT fra, eller svar 425 på tidlige data (RFC 8470).",
    en: "Disable 0-RTT, or answer early data with 425 (RFC 8470).",
  },
  "change: ocsp-staple": {
    da: "Slå OCSP-stapling til, eller udsted certifikatet uden kravet om det.",
    en: "Enable OCSP stapling, or issue the certificate without the demand for it.",
  },
  "change: extended-master-secret": {
    da: "Opdatér serverens TLS-bibliotek, så det kender RFC 7627.",
    en: "Update the server's TLS library to one that knows RFC 7627.",
  },
} as const;

/** Why a chain proves nothing; dates have messages of their own. */
const PATHS: Readonly<Record<Exclude<PathProblem, "expired" | "not-yet-valid" | "not-understood">, Bilingual>> = {
  "signature-invalid": { da: "en signatur passer ikke", en: "a signature does not fit" },
  "not-an-authority": { da: "en udsteder er ikke en autoritet", en: "an issuer is no authority" },
  "path-too-long": { da: "den har for mange led", en: "it has too many links" },
  "not-for-servers": { da: "et led gælder ikke for servere", en: "a link is not for servers" },
  "name-not-permitted": { da: "udstederen må ikke bruge navnet", en: "the issuer may not use the name" },
};

/** What the leaf's own key may not do. */
const USES: Readonly<Record<string, Bilingual>> = {
  "key-may-not-sign": { da: "nøglen må ikke signere (keyUsage)", en: "the key may not sign (keyUsage)" },
};

/** Decision 3: a profile that stands in for another says so in its own words. */
const CAVEATS = Object.fromEntries(
  TLS_PROFILES.flatMap(({ id, caveat }) => (caveat === null ? [] : [[`caveat: ${id}`, caveat] as const])),
);

/** What codes in the evidence of S27's TLS checks are called in a sentence. */
export const TLS_TERMS: Readonly<Record<string, Bilingual>> = {
  ...NOTHING,
  ...STATES,
  ...CHANGES,
  ...PATHS,
  ...USES,
  ...CAVEATS,
  ...SOURCE_TERMS,
  ipv4: { da: "IPv4", en: "IPv4" },
  ipv6: { da: "IPv6", en: "IPv6" },
};
