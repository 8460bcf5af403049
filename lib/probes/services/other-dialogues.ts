import { DialError } from "../../dial/dial-error.ts";
import {
  mysqlSslRequest,
  POSTGRES_SSL_REQUEST,
  readMysqlOpening,
  readPostgresAnswer,
} from "../../services/database-openings.ts";
import {
  LDAP_FOR_NOW,
  LDAP_ROOT_QUESTION,
  LDAP_START_TLS,
  LDAP_SUCCESS,
  readLdapResult,
  readLdapSearchResult,
} from "../../services/ldap-start-tls.ts";
import { keptCapabilities, type PlainLogin, tidyCapabilities } from "../../services/plain-login.ts";
import {
  RDP_FAILURES,
  RDP_PLAIN,
  RDP_TLS_OR_HYBRID,
  rdpConnectionRequest,
  readRdpAnswer,
} from "../../services/rdp-negotiation.ts";
import {
  readXmppFeatures,
  readXmppProceed,
  XMPP_END,
  XMPP_START_TLS,
  xmppOpening,
} from "../../services/xmpp-features.ts";
import { afterLogin, besides, type Dialog } from "./dialogue-speech.ts";
import type { TimedDialogue } from "./timed-dialogue.ts";

/** RFC 4511 section 4.14.1: what a server says that does not know StartTLS. */
const LDAP_PROTOCOL_ERROR = 2;
const LDAP_CONFIDENTIALITY_REQUIRED = 13;
/** For what only shows something besides. */
const BESIDES_MS = 3_000;

/**
 * RFC 4511 section 4.14. Whether a bind in clear is refused, only a bind would tell, unless the server refuses everything in
 * clear, which it says to a question on a connection of its own.
 */
export const ldapDialogue: Dialog = async (dialogue, { again }) => {
  dialogue.say(LDAP_START_TLS);
  const code = await dialogue.hear(readLdapResult, "waiting for the answer to StartTLS");
  if (LDAP_FOR_NOW.includes(code)) throw new DialError("greylisted", "PUT_OFF", `LDAP result ${code}`);
  const startTls =
    code === LDAP_SUCCESS ? "accepted" : code === LDAP_PROTOCOL_ERROR ? "not-offered" : ("refused" as const);
  const isRefused = code === LDAP_CONFIDENTIALITY_REQUIRED;
  const plainLogin =
    startTls === "accepted" ? await besides(again, questionInClear) : isRefused ? "refused" : "unknown";
  return { protocol: "ldap", capabilities: [], startTls, plainLogin, undecided: null };
};

async function questionInClear(dialogue: TimedDialogue): Promise<PlainLogin> {
  dialogue.say(LDAP_ROOT_QUESTION);
  const code = await dialogue.hear(readLdapSearchResult, "waiting for the root DSE", BESIDES_MS);
  return code === LDAP_CONFIDENTIALITY_REQUIRED ? "refused" : "unknown";
}

/** Failures that say: not without TLS. */
const RDP_WANTS_TLS = [1, 5, 6];

/** [MS-RDPBCGR] section 1.3.1.1: what is said to a client that can only do without TLS, and then to one that can do with it. */
export const rdpDialogue: Dialog = async (dialogue, { again }) => {
  const asked = "waiting for the connection confirm";
  dialogue.say(rdpConnectionRequest(RDP_PLAIN));
  const answer = await dialogue.hear(readRdpAnswer, asked);
  if ("failure" in answer) {
    const name = RDP_FAILURES[answer.failure];
    if (!RDP_WANTS_TLS.includes(answer.failure))
      throw new DialError("protocol-error", "UNEXPECTED_FAILURE", `RDP refuses with code ${answer.failure}`);
    const capabilities = name === undefined ? [] : [name];
    return { protocol: "rdp", capabilities, startTls: "accepted", plainLogin: "refused", undecided: null };
  }
  const selected = answer.selected ?? RDP_PLAIN;
  if (selected !== RDP_PLAIN)
    throw new DialError("protocol-error", "NOT_ASKED_FOR", `RDP selects ${selected}, which nobody asked for`);
  return afterLogin({ protocol: "rdp", capabilities: [], plainLogin: "offered" }, async () => {
    const second = await again();
    second.say(rdpConnectionRequest(RDP_TLS_OR_HYBRID));
    const other = await second.hear(readRdpAnswer, asked);
    if ("failure" in other) return "refused";
    return (other.selected ?? RDP_PLAIN) === RDP_PLAIN ? "not-offered" : "accepted";
  });
};

/** Without TLS a login would be in clear, but whether anybody is let in so, only a login would tell. */
export const postgresDialogue: Dialog = async (dialogue) => {
  dialogue.say(POSTGRES_SSL_REQUEST);
  const answer = await dialogue.hear(readPostgresAnswer, "waiting for the answer to SSLRequest");
  const startTls = answer === "accepted" ? answer : "not-offered";
  return { protocol: "postgres", capabilities: [], startTls, plainLogin: "unknown", undecided: null };
};

/** As for PostgreSQL. A server that turns us away for our address may let others in. */
export const mysqlDialogue: Dialog = async (dialogue, { takesTls }) => {
  const opening = await dialogue.hear(readMysqlOpening, "waiting for the greeting");
  if ("error" in opening)
    throw new DialError("vantage-blocked", "TURNED_AWAY", `the server greets us with error ${opening.error}`);
  const said = { protocol: "mysql", plainLogin: "unknown", undecided: null } as const;
  if (!opening.hasTls) return { ...said, capabilities: [], startTls: "not-offered" };
  dialogue.say(mysqlSslRequest());
  const startTls = (await takesTls(dialogue)) ? "accepted" : "refused";
  return { ...said, capabilities: ["SSL"], startTls };
};

/** RFC 6120 sections 5 and 6. */
export const xmppDialogue: Dialog = async (dialogue, { host }) => {
  dialogue.say(xmppOpening(host));
  const features = await dialogue.hear(readXmppFeatures, "waiting for the stream's features");
  if (features === null) throw new DialError("vantage-blocked", "TURNED_AWAY", "the stream begins with an error");
  const { hasStartTls, isTlsRequired, mechanisms } = features;
  const capabilities = keptCapabilities(tidyCapabilities([...(hasStartTls ? ["STARTTLS"] : []), ...mechanisms]));
  const isRefused = isTlsRequired || mechanisms.length === 0;
  const said = { protocol: "xmpp", capabilities, plainLogin: isRefused ? "refused" : "offered" } as const;
  if (!hasStartTls) {
    dialogue.say(XMPP_END);
    return { ...said, startTls: "not-offered", undecided: null };
  }
  return afterLogin(said, async () => {
    dialogue.say(XMPP_START_TLS);
    return dialogue.hear(readXmppProceed, "waiting for the answer to starttls");
  });
};
