import { malformed } from "./refusal.ts";
import type { Route } from "./route.ts";

/** A route whose template fits a path, with the texts of its parameters. */
export interface Match {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Finds the route of a percent-encoded path; null when none fits. Segments are decoded one by one, once, after they were
 * told apart, so that an encoded slash is part of a name. Refuses, with 400, an encoding that is none.
 */
export function matchRoute(path: string, routes: readonly Route[]): Match | null {
  const segments = path.split("/");
  for (const route of routes) {
    const template = route.path.split("/");
    if (template.length !== segments.length) continue;
    const names = template.map(parameterName);
    if (!names.every((name, index) => name !== null || template[index] === segments[index])) continue;
    const filled = names.flatMap((name, index) => (name === null ? [] : [[name, segments[index] ?? ""] as const]));
    // An empty segment names nothing: `/v1/assets/` is not an asset.
    if (filled.some(([, text]) => text === "")) continue;
    return { route, parameters: Object.fromEntries(filled.map(([name, text]) => [name, decoded(text)])) };
  }
  return null;
}

function parameterName(segment: string): string | null {
  return /^\{([a-zA-Z]+)\}$/u.exec(segment)?.[1] ?? null;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw malformed(
      "malformed-path",
      "Stien har en procentkodning, der ikke er UTF-8. Skriv f.eks. %2F for en skråstreg og %25 for et procenttegn.",
      "The path has a percent-encoding that is not UTF-8. Write %2F for a slash and %25 for a percent sign, for example.",
    );
  }
}
