import http from "node:http";
import type { AddressInfo } from "node:net";

/** A server of this machine alone, and how to end it. */
export interface Listening {
  readonly url: string;
  stop(): Promise<void>;
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Answer {
  readonly status: number;
  readonly type?: string;
  readonly body?: string | Buffer;
}

/** Serves a function of whole requests on a free port of 127.0.0.1. What it throws is a 500 with the words. */
export async function listen(answer: (asked: Asked) => Answer | Promise<Answer>): Promise<Listening> {
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url = "/", headers } = request;
      const asked = { method, path: url, headers, body: Buffer.concat(chunks) };
      void Promise.resolve()
        .then(() => answer(asked))
        .catch((error: unknown): Answer => ({ status: 500, body: String(error) }))
        .then(({ status, type = "text/plain", body = "" }) => {
          response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(body) }).end(body);
        });
    });
  });
  return started(server);
}

export async function started(server: http.Server): Promise<Listening> {
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
