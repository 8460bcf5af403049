import type { Language } from "../core/messages.ts";
import type { Alert } from "../watch/alert.ts";
import { cut } from "./alert-assets.ts";
import { type AlertParts, type AlertText, layOut, LONGEST_SUBJECT } from "./alert-body.ts";
import type { AlertContext } from "./alert-context.ts";
import { digestParts, digestSubject } from "./alert-digest.ts";
import { doubtParts, doubtSubject } from "./alert-doubt.ts";
import { forecastParts, forecastSubject } from "./alert-forecast.ts";
import { gapParts, gapSubject } from "./alert-gap.ts";
import { transitionParts, transitionSubject } from "./alert-transition.ts";
import { printable } from "./printable.ts";

/** Puts an alert into words, evidence included: whoever can read the memory gives one of these to the sinks. */
export type AlertWriter = (alert: Alert) => Promise<AlertText>;

/** The alert in words, pure: the same alert and context give the same text. Names and evidence are escaped. */
export function alertText(alert: Alert, about: AlertContext, language: Language): AlertText {
  return layOut(partsOf(alert, about, language));
}

/** The subject alone, which needs nothing but the alert. */
export function alertSubject(alert: Alert, language: Language): string {
  return cut(printable(subjectOf(alert, language)), LONGEST_SUBJECT);
}

function partsOf(alert: Alert, about: AlertContext, language: Language): AlertParts {
  switch (alert.kind) {
    case "regression":
    case "recovery":
    case "change":
      return transitionParts(alert, about, language);
    case "gap":
      return gapParts(alert, about, language);
    case "doubt":
      return doubtParts(alert, about, language);
    case "forecast":
      return forecastParts(alert, about, language);
    case "digest":
      return digestParts(alert, about, language);
  }
}

function subjectOf(alert: Alert, language: Language): string {
  switch (alert.kind) {
    case "regression":
    case "recovery":
    case "change":
      return transitionSubject(alert, language);
    case "gap":
      return gapSubject(alert, language);
    case "doubt":
      return doubtSubject(alert, language);
    case "forecast":
      return forecastSubject(alert, language);
    case "digest":
      return digestSubject(alert, language);
  }
}
