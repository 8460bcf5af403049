import type { Parsed } from "../wire/parsed.ts";
import { type Alert, parseAlert } from "./alert.ts";
import {
  type CertificateRequest,
  parseCertificateMessage,
  parseCertificateRequest,
  parseCertificateStatus,
} from "./certificate-message.ts";
import { HANDSHAKE, HandshakeReader, type HandshakeMessage } from "./handshake.ts";
import { CONTENT } from "./record-octets.ts";
import { RecordReader, type TlsRecord } from "./record.ts";
import { parseServerHello, type ServerHello } from "./server-hello.ts";
import { parseServerKeyExchange, type ServerKeyExchange } from "./server-key-exchange.ts";
import { suiteOf } from "./suites.ts";

/** Everything of the server's first flight that is in clear. A field is null until its message has come. */
export interface ServerFlight {
  readonly hello: ServerHello | null;
  /** As sent, leaf first. Octets are copies of nothing: views of what arrived. */
  readonly certificates: readonly Uint8Array[] | null;
  readonly ocspResponse: Uint8Array | null;
  readonly keyExchange: ServerKeyExchange | null;
  readonly certificateRequest: CertificateRequest | null;
  readonly isDone: boolean;
  /** In the order of their coming, warnings too. */
  readonly alerts: readonly Alert[];
  /** What could not be read. Nothing after it is read; what stands in other fields came before it. */
  readonly problem: string | null;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** All that a server may send in clear: certificates, a staple and parameters come to some tens of kilobytes. */
export const FLIGHT_OCTETS_LIMIT = 0x4_0000;
const ALERTS_LIMIT = 8;
const MESSAGES_LIMIT = 32;

/** Reads a server's answer to one hello, as it arrives. Bounded in octets, messages and alerts; never throws. */
export class ServerFlightReader {
  readonly #records = new RecordReader();
  readonly #messages = new HandshakeReader();
  #octets = 0;
  #count = 0;
  readonly #flight: Mutable<ServerFlight> = {
    hello: null,
    certificates: null,
    ocspResponse: null,
    keyExchange: null,
    certificateRequest: null,
    isDone: false,
    alerts: [],
    problem: null,
  };

  /** What has been read so far; a snapshot. */
  get flight(): ServerFlight {
    return { ...this.#flight };
  }

  /** Octets that came so far. */
  get octets(): number {
    return this.#octets;
  }

  /**
   * Nothing more in clear can follow: the flight is done, a fatal alert came, TLS 1.3's ServerHello or HelloRetryRequest
   * came, or something could not be read.
   */
  get isSettled(): boolean {
    const { hello, isDone, alerts, problem } = this.#flight;
    return isDone || problem !== null || hello?.version === "TLSv1.3" || alerts.some(({ level }) => level === "fatal");
  }

  /** A record or message has begun and is not whole: an end of the stream here is a cut, not an answer. */
  get isMidway(): boolean {
    return this.#records.unfinished > 0 || this.#messages.unfinished > 0;
  }

  /** Takes the next octets; what comes once the flight is settled is left unread. */
  push(chunk: Uint8Array): void {
    if (this.isSettled) return;
    this.#octets += chunk.length;
    for (const record of this.#records.push(chunk)) if (!this.isSettled) this.#readRecord(record);
    if (!this.isSettled && this.#records.problem !== null) this.#flight.problem = this.#records.problem;
    if (!this.isSettled && this.#octets > FLIGHT_OCTETS_LIMIT)
      this.#flight.problem = `more than ${FLIGHT_OCTETS_LIMIT} octets`;
  }

  #readRecord({ type, content }: TlsRecord): void {
    if (content.length === 0) return;
    if (type === CONTENT.alert) this.#readAlert(content);
    else if (type === CONTENT.handshake) this.#readHandshake(content);
    else this.#flight.problem = `a record of type ${type} before the flight was done`;
  }

  #readAlert(content: Uint8Array): void {
    const alert = this.#accept("the alert", parseAlert(content));
    if (alert === null) return;
    this.#flight.alerts = [...this.#flight.alerts, alert];
    if (this.#flight.alerts.length > ALERTS_LIMIT) this.#flight.problem = `more than ${ALERTS_LIMIT} alerts`;
  }

  #readHandshake(content: Uint8Array): void {
    for (const message of this.#messages.push(content)) {
      if (this.isSettled) return;
      this.#count += 1;
      if (this.#count > MESSAGES_LIMIT) this.#flight.problem = `more than ${MESSAGES_LIMIT} messages`;
      else this.#readMessage(message);
    }
    if (!this.isSettled && this.#messages.problem !== null) this.#flight.problem = this.#messages.problem;
  }

  #readMessage({ type, body }: HandshakeMessage): void {
    const flight = this.#flight;
    if (type === HANDSHAKE.helloRequest && body.length === 0) return;
    if (type === HANDSHAKE.serverHello && flight.hello === null) {
      flight.hello = this.#accept("the hello", parseServerHello(body));
      return;
    }
    const hello = flight.hello;
    const version = hello?.version ?? null;
    if (hello === null || version === null || type === HANDSHAKE.serverHello) {
      flight.problem = `a message of type ${type} where none can stand`;
      return;
    }
    this.#readAfterHello(type, body, { suite: hello.suite, version });
  }

  #readAfterHello(
    type: number,
    body: Uint8Array,
    hello: { readonly suite: number; readonly version: NonNullable<ServerHello["version"]> },
  ): void {
    const flight = this.#flight;
    if (type === HANDSHAKE.certificate && flight.certificates === null)
      flight.certificates = this.#accept("the certificates", parseCertificateMessage(body));
    else if (type === HANDSHAKE.certificateStatus && flight.ocspResponse === null)
      flight.ocspResponse = this.#accept("the status", parseCertificateStatus(body));
    else if (type === HANDSHAKE.serverKeyExchange && flight.keyExchange === null) {
      const suite = suiteOf(hello.suite);
      if (suite !== null)
        flight.keyExchange = this.#accept("the key exchange", parseServerKeyExchange(body, suite, hello.version));
    } else if (type === HANDSHAKE.certificateRequest && flight.certificateRequest === null)
      flight.certificateRequest = this.#accept("the request", parseCertificateRequest(body, hello.version));
    else if (type === HANDSHAKE.serverHelloDone && body.length === 0) flight.isDone = true;
    else flight.problem = `a message of type ${type} where none can stand`;
  }

  #accept<T>(what: string, read: Parsed<T>): T | null {
    if (read.ok) return read.value;
    this.#flight.problem = `${what}: ${read.problem}`;
    return null;
  }
}
