import type { Transition } from "../core/transition.ts";
import type { Alert } from "./alert.ts";
import type { Run } from "./run.ts";

/** What the watch does, as it happens, for whoever follows it at a terminal or in a log. */
export type WatchEvent =
  | { readonly kind: "run-started"; readonly run: Run }
  | { readonly kind: "run-closed"; readonly run: Run; readonly seconds: number }
  /** A look came out otherwise than what is confirmed; a second look follows at `due` (UTC, ISO 8601), or at the next run when null. */
  | {
      readonly kind: "second-look-planned";
      readonly run: string;
      readonly assets: readonly string[];
      readonly due: string | null;
    }
  | { readonly kind: "transition"; readonly transition: Transition }
  | { readonly kind: "alert"; readonly alert: Alert }
  /** A sink could not take an alert; it is tried again. */
  | { readonly kind: "undelivered"; readonly alert: Alert; readonly sink: string; readonly problem: string }
  | { readonly kind: "clock-jumped"; readonly seconds: number }
  /** The watch was not running between the two moments (UTC, ISO 8601). */
  | { readonly kind: "was-away"; readonly from: string; readonly to: string };
