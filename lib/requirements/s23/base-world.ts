import type { DomainAsset } from "../../core/asset.ts";
import type { WorldZone } from "../../core/scenario.ts";
import { name } from "../../wire/name.ts";

/** A public key of RSA, 2,048 bits (SubjectPublicKeyInfo, DER, base64), in two strings of a TXT record; nobody has its private key. */
const KEY_STRINGS = [
  "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA4kGg4DFAwmp5edGHtCPB3HaSvAeMAV9rCT9nD++E7IlMQ61VQ0k6/H86if8KQXi/mz6zIEaucRHYqXVQIStWkNhIkEoA75DcUsH8wPxO8A8ZheA24CaP7Ozdli5n6nD8ymQ1Xl4c0uiyd8iRkP22DRS/",
  "L/xEgLaWMVmtBOq5snMbtVhjneau/cOkbcVBPpq/b7Y8l3LjEf3Am7FAJXAaPkOnTnzwO3WW1PKXQxAEXEQsZFWIHZQoDLElPRQ/NUzdZ/qh2FZhi87r25IR7HnMmgqPLDxNnAQNOxaw66D9kp0wQdt5Y7oDd+QzXca7VOzsI2WOlvrJH37cZkZaKZmzVQIDAQAB",
] as const;

/** Where the good domain's reports go; the remedy's example and the records agree. */
const REPORTS = "mailto:dmarc@kommune.dk";

/** A domain whose mail is as S23 asks: DMARC reject, SPF, and DKIM with a declared selector. */
const goodRecords = (zone: string): readonly string[] => [
  `@ MX 10 mx.${zone}.`,
  "mx A 192.0.2.25",
  "mx AAAA 2001:db8::25",
  '@ TXT "v=spf1 mx -all"',
  `_dmarc TXT "v=DMARC1; p=reject; rua=${REPORTS}"`,
  `selector1._domainkey TXT "v=DKIM1; k=rsa; p=${KEY_STRINGS[0]}" "${KEY_STRINGS[1]}"`,
];

/** What differs from the good zone. */
export interface ZoneChanges extends Partial<Omit<WorldZone, "records">> {
  /** Which of the good records are left out, as "owner TYPE": "_dmarc TXT". One that there is not throws. */
  readonly without?: readonly string[];
  /** What is put there besides. */
  readonly records?: readonly string[];
}

/** The zone kommune.dk, or another name, in which DMARC, SPF and DKIM are well, with changes. */
export function goodZone({
  name: zone = "kommune.dk",
  without = [],
  records = [],
  ...rest
}: ZoneChanges = {}): WorldZone {
  const good = goodRecords(zone);
  const unknown = without.find((key) => !good.some((record) => isOf(record, key)));
  if (unknown !== undefined) throw new Error(`the good zone has no ${unknown}`);
  const kept = good.filter((record) => !without.some((key) => isOf(record, key)));
  return { name: zone, records: [...kept, ...records], ...rest };
}

/** The asset kommune.dk: it sends mail, signed with selector1. */
export const goodDomain: DomainAsset = {
  kind: "domain",
  id: "domain:kommune.dk",
  name: "kommune.dk",
  domain: name("kommune.dk"),
  dkimSelectors: ["selector1"],
  sendsMail: true,
};

function isOf(record: string, key: string): boolean {
  return record.startsWith(`${key} `);
}
