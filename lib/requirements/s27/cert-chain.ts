import { Buffer } from "node:buffer";
import { pathFrom, pathProblem } from "../../tls/certificate-path.ts";
import { type Certificate, parseCertificate } from "../../tls/certificate.ts";
import type { PresentedChain } from "../../tls/observations.ts";

/** A presented chain that could be read. */
export interface ReadChain {
  readonly leaf: Certificate;
  /** What was sent beside the leaf, as sent; what could not be read is left out and counted. */
  readonly others: readonly Certificate[];
  readonly unreadable: number;
  /** The trusted root that the prober found above the leaf. */
  readonly anchor: Certificate | null;
  /** The leaf, and above it what was sent or trusted, as far as it goes. */
  readonly path: readonly Certificate[];
  /** Whether the path ends at the anchor. */
  readonly isAnchored: boolean;
}

/** Certificates of one chain that are looked at; no server in use sends near as many. */
const CHAIN_LIMIT = 32;
/** Certificates on one path, the root among them. */
const PATH_LIMIT = 8;
/** Paths that are held against each other, and links that are tried to find them: what the net sends may be made to cost. */
const PATHS_LIMIT = 8;
const LINKS_LIMIT = 256;

/**
 * Reads a chain and finds its path at the time when it was seen, with nothing but what was sent and the trusted root: missing
 * links are not fetched (RFC 8446 section 4.4.2). As browsers do, one good path is enough, and the root is sought before what was
 * sent. Null where the leaf, or the root, cannot be read.
 */
export function readChain({ chain, anchor }: PresentedChain, at: number): ReadChain | null {
  const [leaf = null, ...sent] = chain.slice(0, CHAIN_LIMIT).map(read);
  const trusted = anchor === null ? null : read(anchor);
  if (leaf === null || (anchor !== null && trusted === null)) return null;
  const others = sent.filter((one) => one !== null);
  const anchored = trusted === null ? [] : pathsUp(leaf, others, trusted);
  const path = bestOf(anchored, at) ?? pathFrom(leaf, others, at);
  const unreadable = sent.length - others.length;
  return { leaf, others, unreadable, anchor: trusted, path, isAnchored: anchored.length > 0 };
}

/** A path that holds; else one whose signatures do, so that what is wrong with it is what a client would say; else the first. */
function bestOf(paths: readonly (readonly Certificate[])[], at: number): readonly Certificate[] | undefined {
  const judged = paths.map((path) => ({ path, problem: pathProblem(path, at) }));
  const best = judged.find(({ problem }) => problem === null);
  return (best ?? judged.find(({ problem }) => problem !== "signature-invalid") ?? judged[0])?.path;
}

function read(base64: string): Certificate | null {
  const certificate = parseCertificate(new Uint8Array(Buffer.from(base64, "base64")));
  return certificate.ok ? certificate.value : null;
}

const isSame = (a: Certificate, b: Certificate): boolean => Buffer.compare(a.octets, b.octets) === 0;

/** Paths from the leaf to the root by names alone, the root sought first: everything else is for pathProblem to judge. */
function pathsUp(
  leaf: Certificate,
  others: readonly Certificate[],
  anchor: Certificate,
): readonly (readonly Certificate[])[] {
  const found: (readonly Certificate[])[] = [];
  let links = 0;
  const climb = (path: readonly Certificate[], last: Certificate): void => {
    if (isSame(last, anchor)) {
      found.push(path);
      return;
    }
    for (const issuer of path.length < PATH_LIMIT ? [anchor, ...others] : []) {
      links += 1;
      if (links > LINKS_LIMIT || found.length === PATHS_LIMIT) return;
      const isNamed = Buffer.compare(last.issuer, issuer.subject) === 0;
      if (isNamed && !path.some((one) => isSame(one, issuer))) climb([...path, issuer], issuer);
    }
  };
  climb([leaf], leaf);
  return found;
}
