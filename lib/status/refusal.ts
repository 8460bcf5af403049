import type { Bilingual } from "../core/messages.ts";

/** What went wrong, by name: the last part of a problem's `type`. Names are promised to programs. */
export type RefusalKind =
  | "not-found"
  | "unknown-requirement"
  | "unknown-asset"
  | "unknown-evidence"
  | "nothing-remembered"
  | "method-not-allowed"
  | "malformed-path"
  | "malformed-query"
  | "unknown-parameter"
  | "repeated-parameter"
  | "bad-parameter"
  | "bad-cursor"
  | "too-long"
  | "evidence-unfit"
  | "store-unavailable"
  | "internal";

interface Answered {
  readonly status: number;
  readonly kind: RefusalKind;
  readonly title: Bilingual;
  readonly detail: Bilingual;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that is answered with a problem (RFC 9457). Thrown anywhere behind the handler; both languages are written out. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly answered: Answered;

  constructor(answered: Answered) {
    super(answered.detail.en);
    this.answered = answered;
  }
}

const TITLES = {
  missing: { da: "Findes ikke", en: "Not found" },
  malformed: { da: "Forespørgslen kan ikke læses", en: "The request cannot be read" },
} as const satisfies Record<string, Bilingual>;

/** 404: nothing is there, or nothing that may be shown. */
export function missing(kind: RefusalKind, da: string, en: string): Refusal {
  return new Refusal({ status: 404, kind, title: TITLES.missing, detail: { da, en } });
}

/** 400: what was asked is not of a form that has an answer. */
export function malformed(kind: RefusalKind, da: string, en: string): Refusal {
  return new Refusal({ status: 400, kind, title: TITLES.malformed, detail: { da, en } });
}
