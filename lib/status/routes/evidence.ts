import { openInventory, openJudgement, openObservations } from "../../verify/evidence.ts";
import { addressParameter } from "../parameters.ts";
import { missing, Refusal } from "../refusal.ts";
import { defineRoute } from "../route.ts";

const JSON_TYPE = "application/json; charset=utf-8";

/** What is kept under a content address, as it is kept: observations, a judgement or an inventory. */
export const evidenceRoute = defineRoute({
  id: "evidence",
  method: "GET",
  path: "/v1/evidence/{address}",
  summary: { da: "De rå observationer, som de er gemt", en: "The raw observations as they are kept" },
  page: null,
  answers: { kind: "text", type: JSON_TYPE, description: "The text under the address, which it fits" },
  pathParameters: { address: addressParameter },
  queryParameters: {},
  position: null,
  answer: async ({ path: { address } }, { evidence }) => {
    const text = await evidence.get(address);
    if (text === null) throw unknownEvidence(address);
    if (!fits(address, text)) throw unfit(address);
    return { text, type: JSON_TYPE, isSecret: true };
  },
});

/** The address leaves the time of a look out, so that any will do. */
const ANY_TIME = new Date(0).toISOString();

function fits(address: string, text: string): boolean {
  return (
    openObservations(address, text, ANY_TIME).ok || openJudgement(address, text).ok || openInventory(address, text).ok
  );
}

function unknownEvidence(address: string): Refusal {
  return missing("unknown-evidence", `Der er intet gemt under ${address}.`, `Nothing is kept under ${address}.`);
}

function unfit(address: string): Refusal {
  return new Refusal({
    status: 503,
    kind: "evidence-unfit",
    title: { da: "Beviset er beskadiget", en: "The evidence is damaged" },
    detail: {
      da: `Det, der er gemt under ${address}, passer ikke til adressen og vises derfor ikke.`,
      en: `What is kept under ${address} does not fit the address, and is therefore not shown.`,
    },
  });
}
