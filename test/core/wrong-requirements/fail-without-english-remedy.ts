import { defineMessages } from "../../../lib/core/messages.ts";

export const messages = defineMessages({
  S18_BAD: { outcome: "fail", text: { da: "Galt.", en: "Wrong." }, remedy: { da: "Ret det." } }, // wrong: no English
});
