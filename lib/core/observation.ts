import type { Cause } from "./cause.ts";
import type { ObservationKinds } from "./observation-kinds.ts";

/** What a probe saw, or why it saw nothing. There is no third form, and no default. */
export type Observed<T> = { readonly state: "observed"; readonly value: T } | Unobserved;

/** Only silence, our own fault, or being blocked from here: a refusal that was heard is a value. */
export interface Unobserved {
  readonly state: "unobserved";
  readonly cause: Cause;
  /** One line in English for people who debug; never octets that an asset sent. */
  readonly detail: string;
}

export type ObservationKind = keyof ObservationKinds;

/** One visit to one target, as stored, hashed and replayed. */
export interface Observation<K extends ObservationKind = ObservationKind> {
  readonly kind: K;
  /** The id of the asset it was made for. */
  readonly asset: string;
  /** The asset's id when the observation concerns the asset as a whole, else the address, gateway or URL probed. */
  readonly target: string;
  /** UTC, ISO 8601 with milliseconds: the moment against which validity periods are judged. */
  readonly observedAt: string;
  readonly result: Observed<ObservationKinds[K]>;
}

export function observed<T>(value: T): Observed<T> {
  return { state: "observed", value };
}

export function unobserved(cause: Cause, detail: string): Unobserved {
  return { state: "unobserved", cause, detail };
}
