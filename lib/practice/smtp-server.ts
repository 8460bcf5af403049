import net from "node:net";
import { createSecureContext, TLSSocket } from "node:tls";
import { ignoreClientGone, listenOn, stopper } from "./listener.ts";
import {
  EHLO_WITH_STARTTLS,
  EHLO_WITHOUT_STARTTLS,
  FAREWELL,
  PRACTICE_GREETING,
  type SmtpBehaviour,
  type Speech,
  STARTTLS_ACCEPTED,
  type TlsBehaviour,
} from "./smtp-behaviour.ts";
import { speak } from "./smtp-speech.ts";

/** What a client did in one connection. `commands` in clear and over TLS, in order, without line ends. */
export interface SmtpTranscript {
  readonly commands: readonly string[];
  /** The name in SNI; null without, or without a handshake. */
  readonly serverName: string | null;
  /** Whether a handshake came about. */
  readonly isSecured: boolean;
}

/** A practice mail gateway on a loopback port. */
export interface SmtpServer {
  readonly port: number;
  /** Every connection so far, in the order in which they came. */
  readonly transcripts: readonly SmtpTranscript[];
  /** Behaves like this from the next connection on. */
  become(behaviour: SmtpBehaviour): void;
  stop(): Promise<void>;
}

const MAX_COMMAND = 1024;
const IDLE_MS = 120_000;
const JUNK = "220 this is no TLS at all\r\n";
/** A record with HelloRequest, which a client that is shaking hands already must ignore (RFC 5246 section 7.4.1.1). */
const HELLO_REQUEST = Buffer.from([22, 3, 3, 0, 4, 0, 0, 0, 0]).toString("latin1");
const RECORDS_AT_ONCE = 100;
const FATAL = 2;

/**
 * Starts a gateway. With a list, the first connection meets the first behaviour, and so on; the last one stays. It takes no mail:
 * any command but EHLO, STARTTLS and QUIT is refused with 502 and stands in the transcript.
 */
export async function listenSmtp(behaviour: SmtpBehaviour | readonly SmtpBehaviour[]): Promise<SmtpServer> {
  let coming: readonly SmtpBehaviour[] = [behaviour].flat();
  const transcripts: SmtpTranscript[] = [];
  const listener = net.createServer({ noDelay: true }, (socket) => {
    const [now = {}, ...later] = coming;
    if (later.length > 0) coming = later;
    const session = new Session(socket, now);
    transcripts.push(session.transcript);
  });
  const stop = stopper(listener);
  const port = await listenOn(listener, 0);
  return {
    port,
    transcripts,
    become: (next) => (coming = [next]),
    stop,
  };
}

class Session {
  readonly transcript = { commands: new Array<string>(), serverName: null as string | null, isSecured: false };
  readonly #socket: net.Socket;
  readonly #behaviour: SmtpBehaviour;
  #heard = "";

  constructor(socket: net.Socket, behaviour: SmtpBehaviour) {
    this.#socket = socket;
    this.#behaviour = behaviour;
    socket.setTimeout(IDLE_MS, () => socket.destroy()).on("error", ignoreClientGone);
    socket.on("data", this.#listenInClear);
    speak(socket, behaviour.greeting ?? PRACTICE_GREETING);
  }

  readonly #listenInClear = (octets: Buffer): void => this.#listen(this.#socket, octets);

  #listen(stream: net.Socket, octets: Buffer): void {
    this.#heard = (this.#heard + octets.toString("latin1")).slice(-MAX_COMMAND);
    for (let end = this.#heard.indexOf("\n"); end >= 0; end = this.#heard.indexOf("\n")) {
      const command = this.#heard.slice(0, end).replace(/\r$/, "");
      this.#heard = this.#heard.slice(end + 1);
      this.transcript.commands.push(command);
      this.#obey(stream, command.toUpperCase().split(" ", 1)[0]);
    }
  }

  #obey(stream: net.Socket, verb: string | undefined): void {
    const { tls, startTls } = this.#behaviour;
    if (verb === "EHLO") speak(stream, this.#overTls() ?? this.#behaviour.ehlo ?? this.#usualEhlo());
    else if (verb === "QUIT") this.#takeLeave(stream);
    else if (verb !== "STARTTLS" || this.transcript.isSecured) speak(stream, "502 5.5.1 Not here\r\n");
    else if (tls !== undefined) this.#startTls(startTls ?? STARTTLS_ACCEPTED, tls);
    else speak(stream, startTls ?? "502 5.5.1 Not here\r\n");
  }

  #usualEhlo(): Speech {
    const { tls, startTls } = this.#behaviour;
    return tls === undefined && startTls === undefined ? EHLO_WITHOUT_STARTTLS : EHLO_WITH_STARTTLS;
  }

  #overTls(): Speech | null {
    const { tls } = this.#behaviour;
    if (!this.transcript.isSecured || typeof tls !== "object" || "alert" in tls) return null;
    return tls.overTls ?? null;
  }

  #takeLeave(stream: net.Socket): void {
    const said = this.#overTls() ?? this.#behaviour.quit;
    speak(stream, said ?? FAREWELL);
    if (said === undefined) stream.end();
  }

  #startTls(reply: Speech, tls: TlsBehaviour): void {
    const socket = this.#socket;
    socket.off("data", this.#listenInClear);
    speak(socket, reply);
    if (tls === "silence") socket.resume();
    else if (tls === "hang-up") socket.end();
    else if (tls === "junk") socket.once("data", () => speak(socket, JUNK));
    else if (tls === "endless")
      socket.once("data", () => speak(socket, { endless: HELLO_REQUEST.repeat(RECORDS_AT_ONCE) }));
    else if ("alert" in tls) {
      socket.once("data", () => socket.end(Buffer.from([21, 3, 3, 0, 2, FATAL, tls.alert])));
    } else this.#secure(tls);
  }

  #secure({
    certificates,
    minVersion = "TLSv1",
    maxVersion = "TLSv1.3",
  }: Extract<TlsBehaviour, { certificates: unknown }>): void {
    const secureContext = createSecureContext({
      key: certificates.map(({ key }) => key),
      cert: certificates.map(({ chain }) => chain),
      ...{ minVersion, maxVersion, ciphers: "TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256:DEFAULT:@SECLEVEL=0" },
    });
    const secured = new TLSSocket(this.#socket, { isServer: true, secureContext });
    secured.on("error", ignoreClientGone);
    secured.on("secure", () => {
      this.transcript.isSecured = true;
      const { servername } = secured as unknown as { readonly servername?: unknown };
      this.transcript.serverName = typeof servername === "string" ? servername : null;
    });
    secured.on("data", (octets: Buffer) => this.#listen(secured, octets));
  }
}
