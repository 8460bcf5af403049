import { randomBytes } from "node:crypto";
import net from "node:net";
import { isTlsAnswer } from "../../services/first-words.ts";
import type { Reading } from "../../services/reading.ts";
import { clientHelloRecords } from "../../tls/client-hello.ts";
import { helloFor } from "../../tls/hello-offer.ts";
import { parsed } from "../../wire/parsed.ts";

/** Suites that servers of any age have; one that has none of them answers with an alert, which is TLS as well. */
const SUITES = [
  ...[0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0x009e, 0xc009, 0xc013, 0xc014],
  ...[0x009c, 0x009d, 0x0033, 0x002f, 0x0035, 0x000a],
];
const RANDOM_OCTETS = 32;

/** A hello to find out whether anybody speaks TLS. `small`: for servers that take no other. */
export function someHello(host: string, size: "usual" | "small"): Uint8Array {
  const indicated = net.isIP(host) === 0 ? host : null;
  const random = new Uint8Array(randomBytes(RANDOM_OCTETS));
  const isCompact = size === "small";
  return clientHelloRecords(helloFor({ version: "TLSv1.2", suites: SUITES, random, host: indicated, isCompact }));
}

/** What answered a hello: TLS, or else the octets that came, which are left to be heard. */
export const readHelloAnswer: Reading<"tls" | Uint8Array> = (octets) => {
  const isTls = isTlsAnswer(octets);
  if (isTls === null) return parsed(null);
  return parsed(isTls ? { value: "tls", used: octets.length } : { value: octets, used: 0 });
};

/** The first octets of whoever speaks first, which are left to be heard. */
export const readFirstWords: Reading<Uint8Array> = (octets) =>
  parsed(octets.length === 0 ? null : { value: octets, used: 0 });

const LF = 0x0a;
/** What has no line by then is no text. */
const ENOUGH_OCTETS = 64;

/** The same, as far as the first line, or enough to tell. */
export const readFirstLine: Reading<Uint8Array> = (octets) =>
  parsed(octets.includes(LF) || octets.length >= ENOUGH_OCTETS ? { value: octets, used: 0 } : null);
