import { MAIL_RECIPES, sharedMail, TAKES_REPORTS, wellMail } from "./mail-recipes.ts";
import { DEFAULT_KEYS, type DsPlan, keyPair, type KeyPlan, type Recipe } from "./recipe.ts";
import { CLOUD_ZONE } from "./servers.ts";

const RSASHA1 = 5;
const RSASHA1_NSEC3 = 7;
const RSASHA256 = 8;
const RSASHA512 = 10;
const ECC_GOST = 12;
const P256 = 13;
const P384 = 14;
const ED25519 = 15;
const ED448 = 16;
const UNASSIGNED_ALGORITHM = 200;
const UNASSIGNED_DIGEST = 99;
const NSEC3 = { iterations: 0, salt: null, optOut: false } as const;
const UNSIGNED: Recipe = { keys: [], ds: [] };
const FIRST_KEY: DsPlan = { key: 0, digest: 2 };
const LARGE_TXT_RECORDS = 18;

/** How the zone of each class of case is made; null: there is no such zone. */
export const RECIPES: Readonly<Record<string, Recipe | null>> = {
  // Others receive mail at the gateway of this one; mail.oevelse.dk is an asset of its own, which sends nothing.
  signed: wellMail("oevelse.dk", TAKES_REPORTS),
  "signed-with-one-key": { ...sharedMail(), keys: [{ algorithm: P256, role: "both", use: "sign" }] },
  unsigned: UNSIGNED,
  // Its web host sends visitors to .dk, and it takes no mail: there is nothing left of it outside (S17).
  "unsigned-below-opt-out": { ...UNSIGNED, without: ["mail"] },
  "ds-without-signatures": { keys: [absentKey()], ds: [FIRST_KEY] },
  expired: { validity: "expired" },
  "not-yet-valid": { validity: "future" },
  "ds-digest-wrong": { ds: [{ key: 0, digest: 2, corrupt: true }] },
  "ds-of-other-key": { keys: [...DEFAULT_KEYS, absentKey()], ds: [{ key: 2, digest: 2 }] },
  island: { ds: [] },
  "ds-standby": { keys: [...DEFAULT_KEYS, absentKey()], ds: [FIRST_KEY, { key: 2, digest: 2 }] },
  "key-rollover": {
    keys: [
      ...DEFAULT_KEYS,
      { algorithm: P256, role: "ksk", use: "sign" },
      { algorithm: P256, role: "zsk", use: "publish" },
    ],
    ds: [FIRST_KEY, { key: 2, digest: 2 }],
  },
  "algorithm-rollover": {
    keys: [...keyPair(RSASHA256, 2048), ...keyPair(P256)],
    ds: [FIRST_KEY, { key: 2, digest: 2 }],
    edits: [{ kind: "drop-signatures-by", algorithm: P256, except: "DNSKEY" }],
  },
  "below-unsigned-top-level": { ds: [], without: ["mail"] },
  "below-bogus-top-level": {},
  "key-revoked": {
    keys: [
      { algorithm: P256, role: "ksk", use: "sign", revoked: true },
      { algorithm: P256, role: "zsk", use: "sign" },
    ],
  },

  rsasha1: { keys: keyPair(RSASHA1, 2048) },
  "rsasha1-nsec3": { keys: keyPair(RSASHA1_NSEC3, 2048), denial: NSEC3 },
  "rsa-2048": { ...wellMail("havn-oevelse.dk"), keys: keyPair(RSASHA256, 2048), weakened: true },
  "rsa-4096": { keys: keyPair(RSASHA256, 4096) },
  "rsa-1024": { keys: keyPair(RSASHA256, 1024) },
  "rsa-768": { keys: keyPair(RSASHA256, 768) },
  rsasha512: { keys: keyPair(RSASHA512, 2048) },
  "ecdsa-p384": { keys: keyPair(P384) },
  ed25519: { keys: keyPair(ED25519) },
  ed448: { keys: keyPair(ED448) },
  "unknown-algorithm": { edits: [{ kind: "renumber-algorithm", to: UNASSIGNED_ALGORITHM }] },
  "retired-algorithm": { edits: [{ kind: "renumber-algorithm", to: ECC_GOST }] },
  "ds-sha1-only": { ds: [{ key: 0, digest: 1 }] },
  "ds-sha1-beside-sha256": { ds: [{ key: 0, digest: 1 }, FIRST_KEY] },
  "ds-sha256-wrong-sha1-right": {
    ds: [
      { key: 0, digest: 1 },
      { key: 0, digest: 2, corrupt: true },
    ],
  },
  "ds-sha384": { ds: [{ key: 0, digest: 4 }] },
  "ds-unknown-digest": { ds: [{ key: 0, digest: 2, claimedDigest: UNASSIGNED_DIGEST }] },

  nsec3: { ...sharedMail(), denial: NSEC3 },
  "nsec3-salt": { denial: { ...NSEC3, salt: "a1b2c3d4" } },
  "nsec3-iterations-100": { denial: { ...NSEC3, iterations: 100 } },
  "nsec3-iterations-120": { denial: { ...NSEC3, iterations: 120 } },
  "nsec3-iterations-500": { denial: { ...NSEC3, iterations: 500 } },
  "nsec3-opt-out": { denial: { ...NSEC3, optOut: true } },
  "denial-stripped": { edits: [{ kind: "drop-records", types: ["NSEC"] }] },
  "denial-signature-broken": { edits: [{ kind: "corrupt-signatures", covering: "NSEC" }] },
  "nsec3-stripped": { denial: NSEC3, edits: [{ kind: "drop-records", types: ["NSEC3"] }] },
  "compact-denial": { servers: ["compact1", "compact2"], records: ["dyb.tom A 185.20.80.1"] },
  "empty-non-terminal": { records: ["dyb.tom A 185.20.80.1"] },
  wildcard: { records: ["* A 185.20.80.1", '* TXT "jokertegn"'] },
  "wildcard-nsec3": { denial: NSEC3, records: ["* A 185.20.80.1", '* TXT "jokertegn"'] },
  "wildcard-unproven": { records: ["* A 185.20.80.1"], edits: [{ kind: "drop-records", types: ["NSEC"] }] },

  "missing-rrsig-soa": { edits: [{ kind: "drop-signatures", covering: "SOA" }] },
  "missing-rrsig-a": { edits: [{ kind: "drop-signatures", covering: "A" }] },
  "missing-rrsig-mx": { edits: [{ kind: "drop-signatures", covering: "MX" }] },
  "missing-rrsig-txt": { edits: [{ kind: "drop-signatures", covering: "TXT" }] },
  "missing-rrsig-dnskey": { edits: [{ kind: "drop-signatures", covering: "DNSKEY" }] },
  "expired-mx": { edits: [{ kind: "expire-signatures", covering: "MX" }] },
  "cname-into-unsigned": { without: ["www"], records: [`www CNAME selvbetjening.${CLOUD_ZONE}.`] },
  dname: { records: ["gammel DNAME ny", "www.ny A 185.20.80.1"] },
  "mixed-case": { edits: [{ kind: "mix-case" }] },
  "large-txt": { records: largeTxtSet() },
  bare: { without: ["apex", "spf", "www", "mail"] },
  "cname-loop": { without: ["www"], records: ["www CNAME hjem", "hjem CNAME www"] },
  "short-lived": { validity: "short-lived" },
  "live-signer": { validity: "live" },

  "one-server-unsigned": { servers: ["ns1", "copy"], copy: "unsigned" },
  "one-server-older": { servers: ["ns1", "copy"], copy: "older" },
  "one-server-expired": { servers: ["ns1", "copy"], copy: "expired" },
  "one-server-without-denial": { servers: ["ns1", "copy"], copy: "without-denial" },
  "one-server-other-keys": { servers: ["ns1", "copy"], copy: "other-keys" },
  "each-server-own-keys": {
    keys: [...DEFAULT_KEYS, absentKey(), { algorithm: P256, role: "zsk", use: "absent" }],
    ds: [FIRST_KEY, { key: 2, digest: 2 }],
    servers: ["ns1", "copy"],
    copy: "standby-keys",
  },
  "one-truncating-without-tcp": { servers: ["ns1", "udpOnly1"] },
  "one-server-without-address": { servers: ["ns1", "ghost"] },
  "one-family-unsigned": { servers: ["ns1", "split"], copy: "unsigned" },
  "one-lame": { servers: ["ns1", "lame1"] },
  "all-lame": { servers: ["lame1", "lame2"] },
  "one-silent": { servers: ["ns1", "silent1"] },
  "all-silent": { servers: ["silent1", "silent2"] },
  truncating: { servers: ["short1", "short2"] },
  "truncating-without-tcp": { servers: ["udpOnly1", "udpOnly2"] },
  "ns-mismatch": { servers: ["ns1", "ns2"], ownServers: ["ns1", "ns3"] },

  "not-registered": null,
  "child-insecure": {},
  "child-secure": {},
  "zone-below": {},
  "zone-below-unsigned": UNSIGNED,
  "child-bogus": {},
  "zone-below-bogus": { keys: [absentKey()], ds: [FIRST_KEY] },
  "name-in-zone": null,
  "name-not-in-zone": null,
  alias: { without: ["mail"] },
  "other-top-level": {},
  idn: {},

  ...MAIL_RECIPES,
};

function absentKey(): KeyPlan {
  return { algorithm: P256, role: "ksk", use: "absent" };
}

function largeTxtSet(): readonly string[] {
  const filler = "v".repeat(220);
  return Array.from({ length: LARGE_TXT_RECORDS }, (_, index) => `@ TXT "tjeneste-${String(index)}=${filler}"`);
}
