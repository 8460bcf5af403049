import { sayIn } from "../../reports/alert-body.ts";
import { ENGINE_VERSION } from "../../verify/result.ts";
import { STYLE_PATH, TAB_ICON_PATH } from "../assets.ts";
import { hereWith, html, type Href, type Html } from "../html.ts";
import type { View } from "../page.ts";
import { icon, SPRITE } from "./icon.ts";
import { linkTo } from "./links.ts";
import { momentAndAge, momentPart } from "./moments.ts";

const MINUTE = 60_000;

/** The parts of the pages that the menu names. */
export type Place = "status" | "requirements" | "assets" | "regressions" | "changes" | "runs" | "report";

export interface Crumb {
  readonly words: string;
  readonly href: Href;
}

/** What a page has of its own. */
export interface PageParts {
  readonly title: string;
  /** Null for a page that is in no part. */
  readonly place: Place | null;
  /** The pages above this one, after the overview. */
  readonly crumbs: readonly Crumb[];
  readonly main: Html;
  /** When what is shown was last brought up to date, where the body says so. */
  readonly closedAt?: string | null;
}

/** A whole document: no script, no inline style, nothing from elsewhere. */
export function documentOf(page: PageParts, view: View): string {
  const { language } = view;
  const say = sayIn(language);
  const skip = say("Gå til sidens indhold", "Skip to content");
  return `<!doctype html>\n${html`<html lang="${language}">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="referrer" content="no-referrer" />
      <meta name="robots" content="noindex" />
      <title>${page.title} – Kravvagt</title>
      <link rel="stylesheet" href="${STYLE_PATH}" />
      <link rel="icon" type="image/svg+xml" href="${TAB_ICON_PATH}" />
    </head>
    <body>
      ${SPRITE}
      <a class="skipnav" href="#main-content">${skip}</a>
      ${headerPart(page, view)}
      <div class="page-container container">
        ${crumbsPart(page, view)}
        <main id="main-content" tabindex="-1">${page.main}</main>
      </div>
      ${footerPart(page, view)}
    </body>
  </html> `.toString()}`;
}

function headerPart({ place }: PageParts, view: View): Html {
  const say = sayIn(view.language);
  return html`<header class="header">
    <div class="container masthead">
      <a class="brand" href="${linkTo(["status"], view)}">Kravvagt</a>
      <p class="brand-line">
        ${say("Tekniske minimumskrav, efterprøvet løbende", "Technical minimum requirements, verified continuously")}
      </p>
      ${languagesPart(view)}
    </div>
    <nav class="menu" aria-label="${say("Hovedmenu", "Main menu")}">
      <div class="container">
        <ul class="unstyled-list no-max-width">
          ${placesIn(view).map((each) => html`<li><a href="${each.href}" ${current(each.place, place, view)}>${each.words}</a></li> `)}
        </ul>
      </div>
    </nav>
  </header>`;
}

function placesIn(view: View): readonly (Crumb & { readonly place: Place })[] {
  const say = sayIn(view.language);
  const places: readonly (readonly [Place, string])[] = [
    ["status", say("Overblik", "Overview")],
    ["requirements", say("Krav", "Requirements")],
    ["assets", say("Aktiver", "Assets")],
    ["regressions", say("Åbne forringelser", "Open regressions")],
    ["changes", say("Ændringer", "Changes")],
    ["runs", say("Runder", "Runs")],
    ["report", say("Rapport", "Report")],
  ];
  return places.map(([place, words]) => ({ place, words, href: linkTo([place], view) }));
}

function current(place: Place, now: Place | null, { here }: View): Html | null {
  if (place !== now) return null;
  return here.split("?")[0] === `/v1/${place}` ? html` aria-current="page"` : html` aria-current="true"`;
}

function languagesPart(view: View): Html {
  const languages = [
    { code: "da", words: "Dansk" },
    { code: "en", words: "English" },
  ] as const;
  return html`<nav class="languages" aria-label="${sayIn(view.language)("Sprog", "Language")}">
    <ul class="unstyled-list no-max-width">
      ${languages.map(
        ({ code, words }) =>
          html`<li>
            <a
              href="${hereWith(view.here, { lang: code })}"
              lang="${code}"
              hreflang="${code}"
              ${code === view.language ? html` aria-current="true"` : null}
              >${words}</a
            >
          </li> `,
      )}
    </ul>
  </nav>`;
}

function crumbsPart({ crumbs, place, title }: PageParts, view: View): Html | null {
  if (place === "status") return null;
  const say = sayIn(view.language);
  const above = [{ words: say("Overblik", "Overview"), href: linkTo(["status"], view) }, ...crumbs];
  return html`<nav class="breadcrumbs" aria-label="${say("Brødkrumme", "Breadcrumb")}">
    <ol class="breadcrumbs__list">
      ${above.map(
        (crumb, index) =>
          html`<li class="breadcrumbs__list-item">
            ${index > 0 ? icon("chevron-right") : null}<a class="breadcrumbs__link" href="${crumb.href}"
              ><bdi>${crumb.words}</bdi></a
            >
          </li> `,
      )}
      <li class="breadcrumbs__list-item" aria-current="page">${icon("chevron-right")}<bdi>${title}</bdi></li>
    </ol>
  </nav>`;
}

function footerPart({ closedAt }: PageParts, view: View): Html {
  const say = sayIn(view.language);
  // To the minute, so that the same content within it is the same page.
  const made = new Date(Math.floor(view.now / MINUTE) * MINUTE).toISOString();
  const closed =
    closedAt === undefined
      ? null
      : html`<p>
          <strong>${say("Seneste runde afsluttet:", "Latest run closed:")}</strong> ${
            closedAt === null ? say("ingen endnu", "none yet") : momentAndAge(closedAt, view)
          }
        </p> `;
  return html`<footer>
    <div class="footer">
      <div class="container">
        ${closed}
        <p>
          ${say(
            "Siden viser, hvad Kravvagt husker fra sine runder. Den har ikke undersøgt noget, mens du ventede.",
            "This page shows what Kravvagt remembers from its runs. Nothing was looked at while you waited.",
          )}
        </p>
        <p class="small-text">
          ${say("Siden er dannet", "Page made")} ${momentPart(made, view)}.
          ${say("Tider er dansk tid.", "Times are Danish time.")} Kravvagt ${ENGINE_VERSION}.
        </p>
      </div>
    </div>
  </footer>`;
}
