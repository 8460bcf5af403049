import * as z from "zod";
import { CAUSES } from "../core/cause.ts";
import { anchor, base64, book, dnsName } from "./dns-forms.ts";

const reading = {
  domain: dnsName,
  anchors: z.array(anchor),
  book,
  source: z.string(),
  discarded: z.array(z.string()),
};

const gateways = z.strictObject({ ...reading, randomName: dnsName, declaredGateways: z.array(dnsName) });

const smtpReply = z.strictObject({ code: z.int().min(0).max(999), lines: z.array(z.string()) });

const handshake = z.strictObject({
  type: z.enum(["rsa", "ecdsa"]),
  outcome: z.enum(["completed", "not-offered", "failed", "unobserved"]),
  cause: z.enum(CAUSES).nullable(),
  detail: z.string(),
  protocol: z.string().nullable(),
  suite: z.string().nullable(),
  chain: z.array(base64),
});

const where = { host: dnsName, serverName: dnsName, address: z.string() };

const gateway = z.discriminatedUnion("state", [
  z.strictObject({
    state: z.literal("visited"),
    ...where,
    greeting: smtpReply,
    ehlo: smtpReply.nullable(),
    keywords: z.array(z.string()),
    startTls: smtpReply.nullable(),
    handshakes: z.array(handshake),
    injected: z.boolean(),
  }),
  z.strictObject({ state: z.literal("not-here"), ...where, family: z.enum(["ipv4", "ipv6"]) }),
  z.strictObject({ state: z.literal("nothing-to-visit"), why: z.enum(["no-gateway", "no-tlsa"]) }),
]);

const dmarc = z.strictObject({
  ...reading,
  randomName: dnsName,
  namesBelow: z.array(dnsName),
  organisations: z.array(z.strictObject({ author: dnsName, organisation: dnsName.nullable() })),
  suffixes: z.string(),
});

const spf = z.strictObject({ ...reading, namesBelow: z.array(dnsName) });

const dkim = z.strictObject({
  ...reading,
  randomSibling: dnsName,
  randomSelector: dnsName,
  sought: z.array(
    z.discriminatedUnion("origin", [
      z.strictObject({ selector: z.string(), origin: z.enum(["declared", "reported"]) }),
      z.strictObject({ selector: z.string(), origin: z.literal("provider"), provider: z.string() }),
    ]),
  ),
  reported: z.array(
    z.strictObject({
      selector: z.string(),
      passed: z.int().min(0),
      firstDay: z.string(),
      lastDay: z.string(),
      reporters: z.array(z.string()),
    }),
  ),
  servers: z.array(z.strictObject({ server: dnsName, address: z.string(), book })),
});

/** The value of each kind of observation about mail, see lib/mail/observations.ts. */
export const MAIL_VALUES = {
  "dns.gateways": gateways,
  "dns.dane": gateways,
  "smtp.gateway": gateway,
  "dns.dmarc": dmarc,
  "dns.spf": spf,
  "dns.dkim": dkim,
} as const;
