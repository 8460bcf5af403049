import { defineMessages } from "../../../lib/core/messages.ts";

export const messages = defineMessages({
  S18_BAD: { outcome: "fail", text: { en: "Wrong." }, remedy: { da: "Ret det.", en: "Mend it." } }, // wrong: no Danish
});
