import type net from "node:net";
import { createSecureContext, TLSSocket } from "node:tls";
import { ignoreClientGone } from "./listener.ts";
import type { WebTls } from "./web-behaviour.ts";
import type { ImapManner } from "./web-hosts.ts";
import { type TakeConnection, tlsOptions } from "./web-server.ts";

const MAX_LINE = 1024;
const CAPABILITIES: Readonly<Record<ImapManner | "over-tls", string>> = {
  "waits-for-tls": "IMAP4rev1 STARTTLS LOGINDISABLED",
  "takes-logins": "IMAP4rev1 STARTTLS AUTH=PLAIN",
  "over-tls": "IMAP4rev1 AUTH=PLAIN",
};

/** IMAP in clear, with STARTTLS (RFC 9051 section 6.2.1). Nobody can log in. */
export function takeImap(manner: ImapManner, tls: WebTls): TakeConnection {
  const secure = securing(tls);
  return (socket) => {
    const hang = converse(socket, CAPABILITIES[manner], () => {
      hang();
      secure(socket, (secured) => void converse(secured, CAPABILITIES["over-tls"], null, false));
    });
  };
}

/** IMAP over TLS from the first octet (RFC 8314 section 3.2). */
export function takeImapSecurely(tls: WebTls): TakeConnection {
  const secure = securing(tls);
  return (socket) => secure(socket, (secured) => void converse(secured, CAPABILITIES["over-tls"], null));
}

function securing(tls: WebTls): (socket: net.Socket, onSecure: (secured: TLSSocket) => void) => void {
  const secureContext = createSecureContext(tlsOptions(tls));
  return (socket, onSecure) => {
    const secured = new TLSSocket(socket, { isServer: true, secureContext });
    secured.on("error", ignoreClientGone);
    secured.once("secure", () => onSecure(secured));
  };
}

/** Greets, unless told otherwise, and answers until the client goes; the result stops listening. */
function converse(
  stream: net.Socket,
  capabilities: string,
  onStartTls: (() => void) | null,
  isGreeting = true,
): () => void {
  let heard = "";
  const listen = (octets: Buffer): void => {
    heard = (heard + octets.toString("latin1")).slice(-MAX_LINE);
    for (let end = heard.indexOf("\n"); end >= 0; end = heard.indexOf("\n")) {
      const [tag = "*", verb = ""] = heard.slice(0, end).trim().split(" ");
      heard = heard.slice(end + 1);
      obey(tag, verb.toUpperCase());
    }
  };
  const obey = (tag: string, verb: string): void => {
    if (verb === "CAPABILITY") stream.write(`* CAPABILITY ${capabilities}\r\n${tag} OK done\r\n`);
    else if (verb === "NOOP") stream.write(`${tag} OK done\r\n`);
    else if (verb === "LOGOUT") stream.end(`* BYE bye\r\n${tag} OK done\r\n`);
    else if (verb === "STARTTLS" && onStartTls !== null) {
      stream.write(`${tag} OK begin\r\n`);
      onStartTls();
    } else stream.write(`${tag} NO [PRIVACYREQUIRED] not here\r\n`);
  };
  stream.on("data", listen);
  if (isGreeting) stream.write(`* OK [CAPABILITY ${capabilities}] ready\r\n`);
  return () => stream.off("data", listen);
}
