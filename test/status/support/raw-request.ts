import { connect } from "node:net";

/** What came back on a connection until the other side ended it, and after how long (milliseconds). */
export interface RawAnswer {
  readonly text: string;
  /** Of the first answer; 0 when there is none. */
  readonly status: number;
  readonly milliseconds: number;
}

/** Sends these texts on one connection, `pause` milliseconds apart, and reads until the other side ends it. */
export function rawRequest(port: number, texts: readonly string[], pause = 0): Promise<RawAnswer> {
  const started = performance.now();
  const { promise, resolve, reject } = Promise.withResolvers<RawAnswer>();
  const socket = connect({ port, host: "127.0.0.1" });
  let text = "";
  let timer: NodeJS.Timeout | undefined;
  const left = [...texts];
  const send = (): void => {
    const next = left.shift();
    if (next === undefined || socket.destroyed) return;
    socket.write(next);
    timer = setTimeout(send, pause);
  };
  socket.on("connect", send);
  socket.on("data", (chunk) => (text += chunk.toString("latin1")));
  // A connection that is reset has ended too: what was said before counts.
  socket.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "ECONNRESET" && error.code !== "EPIPE") reject(error);
  });
  socket.on("close", () => {
    clearTimeout(timer);
    const status = Number(/^HTTP\/1\.1 (\d{3})/u.exec(text)?.[1] ?? 0);
    resolve({ text, status, milliseconds: performance.now() - started });
  });
  return promise;
}
