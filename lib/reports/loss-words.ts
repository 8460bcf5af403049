import type { Bilingual } from "../core/messages.ts";
import type { Loss } from "../watch/recall.ts";
import { printable } from "./printable.ts";

/** What it means that something cannot be read back from the evidence. */
export function lossWords({ loss, address, detail }: Loss): Bilingual {
  return loss === "missing"
    ? { da: `${address} mangler i datamappen`, en: `${address} is missing from the data folder` }
    : {
        da: `${address} passer ikke til sit indhold eller kan ikke læses (${printable(detail)})`,
        en: `${address} does not fit its content or cannot be read (${printable(detail)})`,
      };
}
