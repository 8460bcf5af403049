import { sayIn } from "../../reports/alert-body.ts";
import type { AssetsBody } from "../forms.ts";
import { html, type Html } from "../html.ts";
import type { View } from "../page.ts";
import { historyLink, seenCell, tagCell, verdictCell } from "./asset-verdict.ts";
import type { PageParts } from "./layout.ts";
import { assetLink, requirementLink } from "./links.ts";
import { pagingPart } from "./paging.ts";
import { table } from "./table.ts";
import { tagWords } from "./tag-words.ts";

/** Every asset with its verdicts. */
export function assetsPage({ assets, next }: AssetsBody, view: View): PageParts {
  const title = sayIn(view.language)("Aktiver", "Assets");
  const tags = assets.flatMap(({ verdicts }) =>
    verdicts.flatMap((one) => [...one.tags, ...one.warnings].map((tag) => [one.requirement, tag] as const)),
  );
  const main = html`<h1>${title}</h1>
    ${listPart(assets, view)} ${pagingPart(next, view)} ${tagWords(tags, view)}`;
  return { title, place: "assets", crumbs: [], main };
}

function listPart(assets: AssetsBody["assets"], view: View): Html {
  const say = sayIn(view.language);
  const rows = assets.flatMap(({ asset, verdicts }) =>
    verdicts.map((one) => [
      ...[assetLink(asset.id, view), requirementLink(one.requirement, one.requirement, view), verdictCell(one, view)],
      ...[tagCell(one, view), seenCell(one.observedAt, view), historyLink(asset.id, one, asset.name, view)],
    ]),
  );
  if (rows.length === 0)
    return html`<p>${say("Ingen aktiver er bedømt endnu.", "No assets have been judged yet.")}</p>`;
  return table(
    say("Aktiver med deres afgørelser", "Assets with their verdicts"),
    [
      ...[say("Aktiv", "Asset"), say("Krav", "Requirement"), say("Afgørelse", "Verdict")],
      ...[say("Afgjort af", "Decided by"), say("Senest set", "Last seen"), say("Historik", "History")],
    ],
    rows,
  );
}
