/** The outcome of parsing hostile input: a value, or what is wrong with it. "Could not parse" never becomes "fine". */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

export function parsed<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

export function malformed(problem: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem };
}
