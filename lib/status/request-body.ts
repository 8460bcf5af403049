import type { IncomingMessage } from "node:http";

/** More than any form of ours has. */
export const LARGEST_REQUEST_BODY = 64 * 1024;

/** Reads a body as UTF-8; null when it is larger than is taken. Rejects when the connection ends before it does. */
export async function readRequestBody(request: IncomingMessage): Promise<string | null> {
  if (Number(request.headers["content-length"] ?? 0) > LARGEST_REQUEST_BODY) return null;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_REQUEST_BODY) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** The field of a form that was posted; null where there is none, or more than one. */
export function formField(body: string, name: string): string | null {
  const [value, ...more] = new URLSearchParams(body).getAll(name);
  return value === undefined || more.length > 0 ? null : value;
}
