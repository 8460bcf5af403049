import { defineCheck } from "../../../lib/core/requirement.ts";
import { defineMessages } from "../../../lib/core/messages.ts";

const messages = defineMessages({ S18_GOOD: { outcome: "pass", text: { da: "Godt.", en: "Good." } } });

export const check = defineCheck(messages, {
  id: "s18.wrong",
  clause: "1",
  needs: ["dns.chain"],
  judge: (seen, _, finding) => {
    const servers = seen["dns.servers"]; // wrong: not declared in needs
    return [finding("S18_GOOD", { servers: String(servers) })];
  },
});
