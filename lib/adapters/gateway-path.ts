/** Routes whose one segment may hold any text: what stands before it, and what may stand after it. */
const ASSET = /^\/v1\/assets\/(?<asset>.+?)(?<rest>\/requirements\/[^/]+\/history)?$/su;

/**
 * The percent-encoded path that an HTTP API of API Gateway was asked for, made anew from `rawPath`, which despite its name
 * comes decoded: an asset's id then holds slashes that part nothing. (What followed an encoded question mark is lost.)
 */
export function gatewayPath(rawPath: string): string {
  const found = ASSET.exec(rawPath)?.groups;
  const asset = found?.asset;
  if (asset === undefined) return encodedSegments(rawPath);
  return `/v1/assets/${encodeURIComponent(asset.toWellFormed())}${encodedSegments(found?.rest ?? "")}`;
}

function encodedSegments(path: string): string {
  return path
    .split("/")
    .map((segment) => encodeURIComponent(segment.toWellFormed()))
    .join("/");
}
