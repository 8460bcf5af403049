import { Buffer } from "node:buffer";
import { malformed, parsed } from "../wire/parsed.ts";
import type { Reading } from "./reading.ts";

/** What a server offers in a stream without TLS (RFC 6120 sections 5.3.1 and 6.3.3). */
export interface XmppFeatures {
  readonly hasStartTls: boolean;
  readonly isTlsRequired: boolean;
  readonly mechanisms: readonly string[];
}

export const XMPP_START_TLS = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";
export const XMPP_END = "</stream:stream>";

const MOST_OCTETS = 16_384;
const MOST_MECHANISMS = 64;
const BEGINNING = /^\s*(?:<\?xml|<stream:|$)/u;
const SHORTEST_BEGINNING = 64;
const ENDS = ["</stream:features>", "<stream:features/>", "</features>"];
const START_TLS = "<starttls";
const START_TLS_END = "</starttls>";
const MECHANISM = /<mechanism\b[^>]*>\s*(?<name>[A-Z0-9_-]{1,32})\s*<\/mechanism>/gu;
const PROCEED = /<proceed\b[^>]*>/u;
const FAILURE = /<(?:failure|stream:error)\b[^>]*>/u;
const STREAM_ERROR = /<stream:error\b/u;

/** The head of a stream to the host, as a client opens it. */
export function xmppOpening(host: string): string {
  const safe = host.replaceAll(/[^a-z0-9.:-]/giu, "");
  return (
    `<?xml version='1.0'?><stream:stream to='${safe}' version='1.0' xmlns='jabber:client' ` +
    "xmlns:stream='http://etherx.jabber.org/streams'>"
  );
}

/** The features of the stream; `null` for a stream that begins with an error. */
export const readXmppFeatures: Reading<XmppFeatures | null> = (octets) => {
  const text = Buffer.from(octets.subarray(0, MOST_OCTETS)).toString("latin1");
  if (text.length >= SHORTEST_BEGINNING && !BEGINNING.test(text)) return malformed("no stream of XMPP");
  if (STREAM_ERROR.test(text)) return parsed({ value: null, used: octets.length });
  const end = ENDS.map((mark) => text.indexOf(mark)).find((at) => at >= 0);
  if (end === undefined) return octets.length > MOST_OCTETS ? malformed("no features within 16 KB") : parsed(null);
  const inside = text.slice(0, end);
  const startTls = inside.indexOf(START_TLS);
  const startTlsEnd = startTls < 0 ? -1 : inside.indexOf(START_TLS_END, startTls);
  const mechanisms = [...inside.matchAll(MECHANISM)].slice(0, MOST_MECHANISMS);
  const value = {
    hasStartTls: startTls >= 0,
    isTlsRequired: startTlsEnd >= 0 && inside.slice(startTls, startTlsEnd).includes("<required"),
    mechanisms: mechanisms.map((each) => each.groups?.name ?? ""),
  };
  return parsed({ value, used: text.indexOf(">", end) + 1 });
};

/** The answer to a request for TLS (RFC 6120 section 5.4.2). */
export const readXmppProceed: Reading<"accepted" | "refused"> = (octets) => {
  const text = Buffer.from(octets.subarray(0, MOST_OCTETS)).toString("latin1");
  const proceed = PROCEED.exec(text);
  if (proceed !== null) return parsed({ value: "accepted", used: proceed.index + proceed[0].length });
  if (FAILURE.test(text)) return parsed({ value: "refused", used: octets.length });
  return octets.length > MOST_OCTETS ? malformed("neither yes nor no") : parsed(null);
};
