import { Buffer } from "node:buffer";
import { datedOf, pathProblem } from "./certificate-path.ts";
import type { Certificate } from "./certificate.ts";
import { isSignedWith, publicKeyOf } from "./certificate-signature.ts";

/** Trusted roots, found by their subject. */
export interface RootStore {
  readonly bySubject: ReadonlyMap<string, readonly Certificate[]>;
}

/** Certificates on a path that is followed; longer ones are in no use. */
const PATH_LIMIT = 8;
/** Signatures that are looked at for one chain, and paths that are held against each other: what the net sends may cost. */
const SIGNATURE_LIMIT = 64;
const PATHS_LIMIT = 8;

const keyOf = (name: Uint8Array): string => Buffer.from(name).toString("base64");
const isSame = (a: Certificate, b: Certificate): boolean => Buffer.compare(a.octets, b.octets) === 0;

export function rootStoreOf(roots: readonly Certificate[]): RootStore {
  const bySubject = new Map<string, Certificate[]>();
  for (const root of roots) {
    const key = keyOf(root.subject);
    bySubject.set(key, [...(bySubject.get(key) ?? []), root]);
  }
  return { bySubject };
}

/**
 * The root that the presented chain leads to by signatures that hold, sent or not; null where none does. Of several, a
 * cross-signed chain's, that of a path which holds at some time, and of these of the one that holds longest: so a path that is
 * out of date loses against one that is not, in whatever order they were sent. Where all is equal the first counts, each issuer
 * being sought among the roots before it is sought among what was sent, as browsers do.
 */
export function trustAnchorOf(presented: readonly Certificate[], store: RootStore): Certificate | null {
  const [leaf, ...others] = presented;
  if (leaf === undefined) return null;
  const search = new Search([leaf, ...others], store);
  search.climb(leaf, [leaf]);
  const paths = search.found.map(measured).toSorted(byWorth);
  return paths[0]?.path.at(-1) ?? null;
}

/** A path with the time in which all of it is in date, in epoch milliseconds. */
interface Measured {
  readonly path: readonly Certificate[];
  readonly begins: number;
  readonly ends: number;
  /** Whether nothing but the time can be wrong with it. */
  readonly holds: boolean;
}

function measured(path: readonly Certificate[]): Measured {
  const dated = datedOf(path);
  const begins = Math.max(...dated.map(({ notBefore }) => notBefore));
  const ends = Math.min(...dated.map(({ notAfter }) => notAfter));
  return { path, begins, ends, holds: pathProblem(path, begins) === null };
}

/** The better path first: of those that end with the leaf, as most do, the one that has begun longest ago. */
function byWorth(a: Measured, b: Measured): number {
  return Number(b.holds) - Number(a.holds) || b.ends - a.ends || a.begins - b.begins;
}

class Search {
  /** Paths from the leaf to a root, both among them. */
  readonly found: (readonly Certificate[])[] = [];
  readonly #sent: readonly Certificate[];
  readonly #store: RootStore;
  #left = SIGNATURE_LIMIT;

  constructor(sent: readonly Certificate[], store: RootStore) {
    this.#sent = sent.filter((one, index) => sent.findIndex((other) => isSame(other, one)) === index);
    this.#store = store;
  }

  climb(certificate: Certificate, path: readonly Certificate[]): void {
    if (this.#rootsNamed(certificate.subject).some((root) => isSame(root, certificate))) {
      this.#keep(path);
      return;
    }
    const roots = this.#rootsNamed(certificate.issuer).filter((root) => this.#isIssuedBy(certificate, root));
    for (const root of roots) this.#keep([...path, root]);
    if (path.length >= PATH_LIMIT) return;
    for (const issuer of this.#sent) {
      if (roots.some((root) => isSame(root, issuer)) || path.includes(issuer)) continue;
      if (keyOf(issuer.subject) === keyOf(certificate.issuer) && this.#isIssuedBy(certificate, issuer))
        this.climb(issuer, [...path, issuer]);
    }
  }

  /** Those that end last first. */
  #rootsNamed(name: Uint8Array): readonly Certificate[] {
    return (this.#store.bySubject.get(keyOf(name)) ?? []).toSorted((a, b) => b.notAfter - a.notAfter);
  }

  #keep(path: readonly Certificate[]): void {
    if (this.found.length < PATHS_LIMIT) this.found.push(path);
  }

  #isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
    if (this.#left === 0 || this.found.length === PATHS_LIMIT) return false;
    this.#left -= 1;
    return isSignedWith(certificate, publicKeyOf(issuer));
  }
}
