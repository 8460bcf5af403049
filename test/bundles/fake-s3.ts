import { listen, type Listening } from "./listening.ts";

/** S3 as far as it is used: objects by bucket and key, put if absent. */
export interface FakeS3 extends Listening {
  readonly objects: ReadonlyMap<string, Buffer>;
  /** How often something that was there was to be put again, and was not. */
  refused(): number;
}

export async function startS3(): Promise<FakeS3> {
  const objects = new Map<string, Buffer>();
  let refused = 0;
  const server = await listen(({ method, path, headers, body }) => {
    const place = decodeURIComponent(path.split("?")[0] ?? "");
    if (method === "PUT") {
      if (headers["if-none-match"] === "*" && objects.has(place)) {
        refused += 1;
        return problem(412, "PreconditionFailed");
      }
      if (headers["content-encoding"]?.includes("aws-chunked") === true) return problem(501, "NotImplemented");
      objects.set(place, body);
      return { status: 200 };
    }
    const found = objects.get(place);
    if (method !== "GET" || found === undefined) return problem(404, "NoSuchKey");
    return { status: 200, type: "application/octet-stream", body: found };
  });
  return { ...server, objects, refused: () => refused };
}

function problem(status: number, code: string) {
  const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;
  return { status, type: "application/xml", body };
}
