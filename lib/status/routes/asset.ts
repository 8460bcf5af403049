import { printable } from "../../reports/printable.ts";
import { requirementTitle } from "../../reports/requirement-words.ts";
import { familyOf } from "../../watch/cadence.ts";
import { createRecall } from "../../watch/recall.ts";
import { declaredFor } from "../families.ts";
import { type AssetBody, assetForm } from "../forms.ts";
import { assetParameter } from "../parameters.ts";
import { missing } from "../refusal.ts";
import { defineRoute } from "../route.ts";
import { toldFindings } from "../told-findings.ts";
import { toldAsset, toldState } from "../told-state.ts";

/** One asset with its verdicts and what they rest on. One that is declared but not looked at yet has none. */
export const assetRoute = defineRoute({
  id: "asset",
  method: "GET",
  path: "/v1/assets/{asset}",
  summary: {
    da: "Et aktiv, dets afgørelser, fund og afhjælpning",
    en: "An asset, its verdicts, findings and remedies",
  },
  page: "asset",
  answers: { kind: "json", name: "Asset", form: assetForm },
  pathParameters: { asset: assetParameter },
  queryParameters: {},
  position: null,
  answer: async ({ path: { asset }, language }, reading) => {
    const { memory, municipality, requirements, families } = reading;
    const recall = createRecall(reading.evidence);
    const verdicts: AssetBody["verdicts"] = [];
    let isKnown = false;
    for (const requirement of requirements) {
      const watched = await families(familyOf(requirement.id));
      const state = await memory.states.of({ municipality, requirement: requirement.id, asset });
      isKnown ||= state !== null || declaredFor(requirement, watched).includes(asset);
      if (state === null) continue;
      verdicts.push({
        ...toldState(state, reading.now(), watched.cadence),
        title: requirementTitle(requirement.id, language),
        ...(await toldFindings(state, requirement, language, recall)),
      });
    }
    if (!isKnown) throw unknownAsset(asset);
    return { body: { asset: toldAsset(asset), verdicts } };
  },
});

/** 404: nothing is declared or remembered under this id. */
function unknownAsset(id: string) {
  const asset = printable(id);
  return missing(
    "unknown-asset",
    `Aktivet ${asset} findes hverken i fortegnelsen eller i det, der huskes.`,
    `The asset ${asset} is neither in the inventory nor in what is remembered.`,
  );
}
