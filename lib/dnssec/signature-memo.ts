/** Remembers which signature verifications succeeded, so that an RRset seen from ten servers is verified once. */
export interface SignatureMemo {
  /** Undefined: never verified, or forgotten since. */
  readonly recall: (key: string) => boolean | undefined;
  readonly remember: (key: string, valid: boolean) => void;
}

const DEFAULT_ENTRIES = 4_096;

/** A memo that forgets its oldest entry when it holds `limit` of them. */
export function createSignatureMemo(limit: number = DEFAULT_ENTRIES): SignatureMemo {
  const results = new Map<string, boolean>();
  return {
    recall: (key) => results.get(key),
    remember: (key, valid) => {
      const oldest = results.keys().next();
      if (results.size >= limit && !results.has(key) && oldest.done !== true) results.delete(oldest.value);
      results.set(key, valid);
    },
  };
}
