import { defineCheck } from "../../../lib/core/requirement.ts";
import { defineMessages } from "../../../lib/core/messages.ts";

const messages = defineMessages({
  S18_GOOD: { outcome: "pass", text: { da: "{zone} er god.", en: "{zone} is good." } },
});

export const check = defineCheck(messages, {
  id: "s18.wrong",
  clause: "1",
  needs: ["dns.chain"],
  judge: (_, __, finding) => {
    return [finding("S18_GOOD", { name: "example.dk" })]; // wrong: the text needs the zone
  },
});
