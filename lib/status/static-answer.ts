import { answerHeaders } from "./answer-headers.ts";
import type { StaticAssets } from "./renderer.ts";
import type { StatusRequest, StatusResponse } from "./status-request.ts";

const FOLDER = "/assets/";

/** A static file; null when there is none of that very name. A name is looked up, never made into a path. */
export function staticAnswer({ path, method }: StatusRequest, assets: StaticAssets): StatusResponse | null {
  if (!path.startsWith(FOLDER) || (method !== "GET" && method !== "HEAD")) return null;
  const asset = assets.get(path.slice(FOLDER.length));
  if (asset === undefined) return null;
  return { status: 200, headers: answerHeaders(asset.type, "forever"), body: asset.body };
}
