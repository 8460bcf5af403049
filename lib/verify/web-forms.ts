import * as z from "zod";
import { CAUSES } from "../core/cause.ts";
import { START_TLS_PROTOCOLS } from "../tls/observations.ts";
import { TLS_VERSIONS } from "../tls/versions.ts";
import { anchor, base64, book, dnsName, observedForm } from "./dns-forms.ts";

const count = z.int().min(0);
const port = z.int().min(1).max(65_535);
const family = z.enum(["ipv4", "ipv6"]);
const absence = z.enum(["no-route", "silent"]);
const undecided = z.strictObject({ cause: z.enum(CAUSES), detail: z.string() });

const references = z.strictObject({
  plain: z.array(z.strictObject({ kind: z.enum(["link", "form", "canonical", "resource"]), url: z.string() })),
  page: z.string().nullable(),
  resource: z.string().nullable(),
});

const hopTls = z.strictObject({
  protocol: z.string(),
  suite: z.string(),
  verification: z.discriminatedUnion("trusted", [
    z.strictObject({ trusted: z.literal(true) }),
    z.strictObject({ trusted: z.literal(false), code: z.string() }),
  ]),
  chain: z.array(base64).nullable(),
});

const hopAnswer = z.strictObject({
  httpVersion: z.string(),
  status: z.int().min(0).max(999),
  interim: z.array(z.int().min(0).max(999)),
  fields: z.array(z.tuple([z.string(), z.string()])),
  tls: hopTls.nullable(),
  body: z.strictObject({
    octets: count,
    sha256: z.string(),
    cut: z.enum(["limit", "time", "broke", "coding"]).nullable(),
    leaving: z
      .strictObject({
        refreshes: z.array(z.string()),
        base: z.string().nullable(),
        scriptMentionsLocation: z.boolean(),
      })
      .nullable(),
    references: references.nullable(),
  }),
});

const hop = z.strictObject({
  url: z.string(),
  address: z.string().nullable(),
  answer: observedForm(hopAnswer),
  code: z.string().nullable(),
});

const origin = z.strictObject({
  scheme: z.enum(["http", "https"]),
  port,
  state: z.enum(["open", "closed", "silent"]),
  walks: z.array(
    z.strictObject({
      purpose: z.enum(["front", "deep", "missing", "robots", "favicon", "resource", "front-h2"]),
      hops: z.array(hop),
    }),
  ),
});

const webPlace = { host: z.string(), address: z.string(), role: z.enum(["own", "entry", "random-label"]) };

const web = z.discriminatedUnion("state", [
  z.strictObject({
    state: z.literal("visited"),
    ...webPlace,
    origins: z.array(origin),
    ownHosts: z.array(z.string()).exactOptional(),
  }),
  z.strictObject({ state: z.literal("not-here"), ...webPlace, family, why: absence }),
  z.strictObject({
    state: z.literal("nothing-to-visit"),
    why: z.enum(["under-dk", "no-address", "not-web", "no-entry"]),
  }),
]);

const names = z.strictObject({
  names: z.array(
    z.strictObject({
      host: z.string(),
      addresses: observedForm(z.array(z.string())),
      hasHttpsRecord: observedForm(z.boolean()),
      mail: observedForm(z.enum(["none", "null-mx", "mx"])).nullable(),
    }),
  ),
});

const httpsRecord = z.strictObject({
  ...{ domain: dnsName, anchors: z.array(anchor), book, source: z.string(), discarded: z.array(z.string()) },
  host: z.string(),
});

const preload = z.strictObject({
  host: z.string(),
  state: z.enum(["preloaded", "pending", "absent", "unknown"]),
  entry: z.string().nullable(),
  source: z.string(),
  asOf: z.string(),
  detail: z.string(),
});

const version = z.enum(TLS_VERSIONS);
const trial = { version, accepted: z.array(count), open: z.array(count), undecided: undecided.nullable() };
const outcome = z.enum(["accepted", "refused", "undecided"]);

const tlsPlace = {
  host: z.string(),
  serverName: z.string().nullable(),
  address: z.string(),
  port,
  startTls: z.enum(START_TLS_PROTOCOLS).nullable(),
};

const tlsVisited = z.strictObject({
  state: z.literal("visited"),
  ...tlsPlace,
  versions: z.array(z.strictObject({ version, outcome, undecided: undecided.nullable() })),
  suites: z.array(z.strictObject({ ...trial, preference: z.enum(["server", "client", "unknown"]) })),
  groups: z.array(z.strictObject(trial)),
  dhPrimes: z.array(z.strictObject({ version, group: z.string().nullable(), bits: count })),
  dhOpen: undecided.exactOptional(),
  signatures: z
    .strictObject({
      chosen: z.array(count),
      weak: z.array(z.strictObject({ hash: z.enum(["SHA1", "SHA224"]), outcome, undecided: undecided.nullable() })),
      strong: outcome,
      strongOpen: undecided.exactOptional(),
    })
    .nullable(),
  chains: z.array(
    z.strictObject({
      kind: z.enum(["RSA", "ECDSA", "EdDSA", "other"]),
      version,
      chain: z.array(base64),
      anchor: base64.nullable(),
      staple: base64.nullable(),
    }),
  ),
  chainsOpen: z.array(z.strictObject({ kind: z.enum(["RSA", "ECDSA", "EdDSA"]), undecided })),
  legacy: z
    .strictObject({
      compression: z.enum(["none", "DEFLATE", "other", "undecided"]),
      compressionOpen: undecided.exactOptional(),
      renegotiationInfo: z.boolean(),
      extendedMasterSecret: z.boolean(),
      encryptThenMac: z.boolean(),
    })
    .nullable(),
  otherNames: z.array(
    z.strictObject({
      indicated: z.enum(["none", "unknown-name"]),
      outcome: z.enum(["same-certificate", "other-certificate", "refused", "undecided"]),
    }),
  ),
  clientRenegotiation: z.enum(["not-tried", "not-possible", "refused", "limited", "unlimited", "undecided"]),
  earlyData: z.enum(["not-tried", "not-possible", "off", "accepted", "undecided"]),
  rootStore: z.strictObject({ name: z.string(), date: z.string(), extra: count }),
  connections: count,
});

const tls = z.discriminatedUnion("state", [
  tlsVisited,
  z.strictObject({ state: z.literal("closed"), ...tlsPlace }),
  z.strictObject({ state: z.literal("no-tls"), ...tlsPlace, detail: z.string() }),
  z.strictObject({ state: z.literal("not-here"), ...tlsPlace, family, why: absence }),
  z.strictObject({ state: z.literal("nothing-to-visit"), why: z.enum(["no-address", "no-tls-service"]) }),
]);

const servicePlace = { scheme: z.string(), host: z.string(), address: z.string(), port };

const speech = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("tls") }),
  z.strictObject({
    kind: z.literal("dialogue"),
    protocol: z.enum(["smtp", "imap", "pop3", "ftp", "ldap", "rdp", "postgres", "mysql", "xmpp"]),
    capabilities: z.array(z.string()),
    startTls: z.enum(["accepted", "refused", "not-offered"]),
    plainLogin: z.enum(["refused", "offered", "unknown"]),
  }),
  z.strictObject({ kind: z.literal("banner"), looksLike: z.string().nullable() }),
  z.strictObject({ kind: z.literal("mute") }),
]);

const service = z.discriminatedUnion("state", [
  z.strictObject({ state: z.literal("visited"), ...servicePlace, speech, undecided: undecided.nullable() }),
  z.strictObject({ state: z.literal("closed"), ...servicePlace }),
  z.strictObject({ state: z.literal("not-here"), ...servicePlace, family }),
  z.strictObject({ state: z.literal("nothing-to-visit"), why: z.enum(["no-address", "not-a-service", "not-tcp"]) }),
]);

/** The value of each kind of observation about hosts and services, see lib/web, lib/tls and lib/services/observations.ts. */
export const WEB_VALUES = {
  "web.names": names,
  "web.redirects": web,
  "web.visit": web,
  "web.entry": web,
  "dns.https": httpsRecord,
  "hsts.preload": preload,
  "tls.endpoint": tls,
  "service.visit": service,
} as const;
