import { createFamilies, type Families } from "./families.ts";
import type { StatusContext } from "./status-context.ts";

/** What routes answer from: the context, and what is derived from it and kept at hand between requests. */
export interface StatusReading extends StatusContext {
  readonly families: Families;
  /** The OpenAPI document, as its text. */
  readonly document: () => Promise<string>;
  /** Makes the cursor of the next page; bound to the request it answers. */
  readonly nextPage: (position: unknown) => string;
}

/** The part that all requests share. */
export type SharedReading = Omit<StatusReading, "nextPage">;

/** Loading what makes the document takes longer than most answers, so that it waits until somebody asks. */
export function createSharedReading(context: StatusContext): SharedReading {
  let text: Promise<string> | null = null;
  const document = (): Promise<string> => (text ??= import("./openapi.ts").then(({ openApiText }) => openApiText()));
  return { ...context, families: createFamilies(context), document };
}
