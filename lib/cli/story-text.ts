import type { Language } from "../core/messages.ts";
import type { Paint } from "../reports/paint.ts";
import type { StoryPoint } from "./story-points.ts";

/** The story's account: what should have happened, and whether it did. */
export function storyText(points: readonly StoryPoint[], language: Language, paint: Paint): string {
  const da = language === "da";
  const right = points.filter(({ happened }) => happened).length;
  const lines = points.map(
    ({ what, happened }) => `  ${happened ? paint("good", "✓") : paint("bad", "✗")} ${what[language]}`,
  );
  const tally = da
    ? `${right} af ${points.length} skete, som det skulle.`
    : `${right} of ${points.length} happened as it should.`;
  const tone = right === points.length ? "good" : "bad";
  return `${["", paint("heading", da ? "Øvelsens regnskab" : "The exercise's account"), ...lines, paint(tone, tally)].join("\n")}\n`;
}
