import type { RequirementId } from "../../core/requirement-id.ts";
import { assetWords } from "../../reports/alert-assets.ts";
import { href, hereWith, html, type Href, type Html } from "../html.ts";
import type { View } from "../page.ts";

/** As `href`; a language that was asked for in this page's address is asked for in the next. */
export function linkTo(
  segments: Parameters<typeof href>[0],
  { here, language }: View,
  query: Readonly<Record<string, string | null>> = {},
): Href {
  const mark = here.indexOf("?");
  const isAsked = mark !== -1 && new URLSearchParams(here.slice(mark + 1)).has("lang");
  return href(segments, isAsked ? { ...query, lang: language } : query);
}

/** An asset's name, leading to its page. A name that is written from right to left does not reorder what is around it. */
export function assetLink(id: string, view: View): Html {
  return html`<a href="${linkTo(["assets", id], view)}"><bdi>${assetWords(id, view.language)}</bdi></a>`;
}

export function requirementLink(id: RequirementId, words: string, view: View): Html {
  return html`<a href="${linkTo(["requirements", id], view)}">${words}</a>`;
}

export function historyHref(asset: string, requirement: RequirementId, view: View): Href {
  return linkTo(["assets", asset, "requirements", requirement, "history"], view);
}

/** The stored observations or judgement at a content address, by its first digits. */
export function evidenceLink(words: string, address: string): Html {
  return html`<a href="${href(["evidence", address])}">${words} <code>${shortAddress(address)}</code></a>`;
}

const SHOWN_DIGITS = 12;

/** "3f2a91c0d4e5…" of a content address. */
export function shortAddress(address: string): string {
  const digits = address.slice(address.indexOf(":") + 1);
  return digits.length > SHOWN_DIGITS ? `${digits.slice(0, SHOWN_DIGITS)}…` : digits;
}

/** This page in its next part. */
export function nextHref(cursor: string, view: View): Href {
  return hereWith(view.here, { cursor });
}
