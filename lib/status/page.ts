import type { Language } from "../core/messages.ts";

/** What a page needs besides the body of its route. */
export interface View {
  readonly language: Language;
  /** The path and query of this page, for links that keep their place. */
  readonly here: string;
  /** Epoch milliseconds. */
  readonly now: number;
}
