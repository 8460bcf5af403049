import type net from "node:net";
import { TLSSocket } from "node:tls";
import type { Speech } from "./smtp-behaviour.ts";

/** Says or does it, for as long as the stream is open. Characters stand for octets. */
export function speak(stream: net.Socket, speech: Speech): void {
  if (typeof speech === "string") write(stream, speech);
  else if ("act" in speech) {
    if (speech.act === "hang-up") stream.end();
    if (speech.act === "reset") reset(stream);
  } else if ("after" in speech) {
    whileOpen(
      stream,
      setTimeout(() => speak(stream, speech.say), speech.after),
    );
  } else if ("trickle" in speech) trickle(stream, speech.trickle, speech.everyMs);
  else flood(stream, speech.endless);
}

/** Below TLS there is no handle to reset: there it is a hang-up without close_notify. */
function reset(stream: net.Socket): void {
  if (stream instanceof TLSSocket) stream.destroy();
  else stream.resetAndDestroy();
}

function write(stream: net.Socket, text: string): boolean {
  return stream.writable && stream.write(Buffer.from(text, "latin1"));
}

function trickle(stream: net.Socket, text: string, everyMs: number): void {
  let said = 0;
  const timer = setInterval(() => {
    write(stream, text.charAt(said));
    said += 1;
    if (said >= text.length) clearInterval(timer);
  }, everyMs);
  whileOpen(stream, timer);
}

/** As fast as the client reads, a turn of the event loop at a time. */
function flood(stream: net.Socket, text: string): void {
  const sayMore = (): void => {
    if (stream.destroyed || !stream.writable) return;
    if (write(stream, text)) setImmediate(sayMore);
    else stream.once("drain", sayMore);
  };
  sayMore();
}

function whileOpen(stream: net.Socket, timer: NodeJS.Timeout): void {
  stream.once("close", () => clearTimeout(timer));
}
