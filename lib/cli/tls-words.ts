import type { Bilingual } from "../core/messages.ts";
import type { OtherName } from "../tls/observations.ts";
import type { Grade } from "../tls/profile.ts";
import type { TlsPicture } from "./tls-picture.ts";

/** The four grades, as CFCS's guide of 2020 translates them. */
export const GRADE_WORDS: Readonly<Record<Grade, Bilingual>> = {
  good: { da: "god", en: "good" },
  sufficient: { da: "tilstrækkelig", en: "sufficient" },
  "phase-out": { da: "bør udfases", en: "phase out" },
  insufficient: { da: "utilstrækkelig", en: "insufficient" },
};

/** Headings of the table, by the profile's parameter. */
export const PARAMETER_WORDS: Readonly<Record<string, Bilingual | undefined>> = {
  suite: { da: "Cipher suites", en: "Cipher suites" },
  group: { da: "Nøgleudveksling, grupper", en: "Key exchange, groups" },
  dhGroup: { da: "DH-grupper", en: "DH groups" },
  dhBits: { da: "DH-grupper", en: "DH groups" },
  certificateKey: { da: "Certifikatets nøgle", en: "The certificate's key" },
  certificateCurve: { da: "Certifikatets nøgle", en: "The certificate's key" },
  rsaBits: { da: "Certifikatets nøgle", en: "The certificate's key" },
  certificateHash: { da: "Certifikatets signatur", en: "The certificate's signature" },
  exchangeHash: { da: "Nøgleudvekslingens signatur", en: "Signature of the key exchange" },
  acceptedHash: { da: "Signaturer, der også tages imod", en: "Signatures that are accepted, too" },
  preference: { da: "Rækkefølge", en: "Order" },
  compression: { da: "Kompression", en: "Compression" },
  secureRenegotiation: { da: "Sikker genforhandling", en: "Secure renegotiation" },
  clientRenegotiation: { da: "Genforhandling fra klienten", en: "Renegotiation by the client" },
  earlyData: { da: "0-RTT", en: "0-RTT" },
  ocspStaple: { da: "OCSP-svar", en: "OCSP response" },
  extendedMasterSecret: { da: "Extended master secret", en: "Extended master secret" },
};

/** What became of an address that could not be profiled. */
export const STATE_WORDS: Readonly<Record<TlsPicture["state"], Bilingual>> = {
  visited: { da: "set", en: "seen" },
  closed: { da: "✗ porten er lukket", en: "✗ the port is closed" },
  "no-tls": { da: "✗ svarer, men ikke med TLS", en: "✗ it answers, but not with TLS" },
  "not-here": { da: "– ingen rute herfra", en: "– no route from here" },
  "nothing-to-visit": { da: "– der er ingen adresse at se på", en: "– there is no address to look at" },
  unobserved: { da: "? kan ikke afgøres", en: "? not known" },
};

/** What the server answers under no name, and under one that it does not know. */
export const OTHER_NAME_WORDS: Readonly<Record<OtherName["indicated"] | OtherName["outcome"], Bilingual>> = {
  none: { da: "uden SNI", en: "without SNI" },
  "unknown-name": { da: "med et ukendt navn i SNI", en: "with an unknown name in SNI" },
  "same-certificate": { da: "samme certifikat", en: "the same certificate" },
  "other-certificate": { da: "et andet certifikat", en: "another certificate" },
  refused: { da: "afvist", en: "refused" },
  undecided: { da: "uafgjort", en: "not known" },
};

/** Settings that are as they should be; those that are not have words of their own in S27. */
export const SETTING_WORDS: Readonly<Record<string, Bilingual | undefined>> = {
  none: { da: "ingen", en: "none" },
  supported: { da: "understøttes", en: "supported" },
  present: { da: "bruges", en: "used" },
  refused: { da: "afvises", en: "refused" },
  off: { da: "slået fra", en: "off" },
  enforced: { da: "serverens egen rækkefølge", en: "the server's own order" },
  "not-needed": { da: "uden betydning her", en: "does not matter here" },
  absent: { da: "intet", en: "none" },
  valid: { da: "gyldigt", en: "valid" },
};
