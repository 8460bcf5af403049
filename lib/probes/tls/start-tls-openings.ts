import { DialError } from "../../dial/dial-error.ts";
import {
  mysqlSslRequest,
  POSTGRES_SSL_REQUEST,
  readMysqlOpening,
  readPostgresAnswer,
} from "../../services/database-openings.ts";
import { LDAP_FOR_NOW, LDAP_START_TLS, LDAP_SUCCESS, readLdapResult } from "../../services/ldap-start-tls.ts";
import { RDP_PLAIN, RDP_TLS_OR_HYBRID, rdpConnectionRequest, readRdpAnswer } from "../../services/rdp-negotiation.ts";
import { readXmppFeatures, readXmppProceed, XMPP_START_TLS, xmppOpening } from "../../services/xmpp-features.ts";
import type { StartTlsProtocol } from "../../tls/observations.ts";
import type { TimedDialogue } from "../services/timed-dialogue.ts";
import { putOff, refused } from "./start-tls-errors.ts";

/** `hello`: the EHLO command. `host`: the name of the server. */
export type Opening = (
  dialogue: TimedDialogue,
  words: { readonly hello: string; readonly host: string },
) => Promise<void>;

/** Speaks up to the point where a TLS hello may be said, in protocols that are no lines of text. */
export const OTHER_OPENINGS = {
  /** RFC 4511 section 4.14. */
  async ldap(dialogue) {
    dialogue.say(LDAP_START_TLS);
    const code = await dialogue.hear(readLdapResult, "waiting for the answer to StartTLS");
    if (LDAP_FOR_NOW.includes(code)) throw putOff(code);
    if (code !== LDAP_SUCCESS) throw refused(`the server answers StartTLS with ${code}`);
  },
  /** [MS-RDPBCGR] section 1.3.1.1. CredSSP begins with TLS, too. */
  async rdp(dialogue) {
    dialogue.say(rdpConnectionRequest(RDP_TLS_OR_HYBRID));
    const answer = await dialogue.hear(readRdpAnswer, "waiting for the connection confirm");
    if ("failure" in answer) throw refused(`the server answers a request for TLS with failure ${answer.failure}`);
    if ((answer.selected ?? RDP_PLAIN) === RDP_PLAIN) throw refused("the server chooses its own security, without TLS");
  },
  async postgres(dialogue) {
    dialogue.say(POSTGRES_SSL_REQUEST);
    const answer = await dialogue.hear(readPostgresAnswer, "waiting for the answer to SSLRequest");
    if (answer !== "accepted") throw refused("the server answers SSLRequest with no");
  },
  /** The server says nothing more before the hello. */
  async mysql(dialogue) {
    const opening = await dialogue.hear(readMysqlOpening, "waiting for the greeting");
    if ("error" in opening)
      throw new DialError("vantage-blocked", "TURNED_AWAY", `the server greets us with error ${opening.error}`);
    if (!opening.hasTls) throw refused("the server does not offer TLS");
    dialogue.say(mysqlSslRequest());
  },
  /** RFC 6120 section 5. */
  async xmpp(dialogue, { host }) {
    dialogue.say(xmppOpening(host));
    const features = await dialogue.hear(readXmppFeatures, "waiting for the stream's features");
    if (features === null) throw new DialError("vantage-blocked", "TURNED_AWAY", "the stream begins with an error");
    if (!features.hasStartTls) throw refused("the server does not offer STARTTLS");
    dialogue.say(XMPP_START_TLS);
    const answer = await dialogue.hear(readXmppProceed, "waiting for the answer to starttls");
    if (answer !== "accepted") throw refused("the server answers starttls with a failure");
  },
} as const satisfies Partial<Record<StartTlsProtocol, Opening>>;
