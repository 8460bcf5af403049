import { html, type Html, type Part } from "../html.ts";

/** One row: a cell for each heading. The first names the row. */
export type Row = readonly Part[];

/** A table that becomes a list of named values on a narrow screen. `caption` says to those who do not see it what it holds. */
export function table(caption: string, headings: readonly string[], rows: readonly Row[]): Html {
  return html`<table class="table table--compact table-md-responsive-headers">
    <caption class="sr-only">
      ${caption}
    </caption>
    <thead>
      <tr>
        ${headings.map((heading) => html`<th scope="col">${heading}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            ${row.map((cell, index) => cellPart(cell, headings[index] ?? "", index === 0))}
          </tr> `,
      )}
    </tbody>
  </table>`;
}

function cellPart(cell: Part, heading: string, isFirst: boolean): Html {
  return isFirst
    ? html`<th scope="row" data-title="${heading}">${cell}</th>`
    : html`<td data-title="${heading}">${cell}</td>`;
}

/** Names and values: what is left out is left out by name too. */
export function facts(pairs: readonly (readonly [name: string, value: Part])[]): Html {
  const known = pairs.filter(([, value]) => value !== null && value !== undefined && value !== false);
  return html`<dl class="facts">
    ${known.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div> `,
    )}
  </dl>`;
}
