import type { Finding } from "../../core/finding.ts";
import { defineCheck } from "../../core/requirement.ts";
import { undecided } from "../../core/unobserved.ts";
import type { AuthorRuling } from "../../mail/dmarc/authors.ts";
import type { Name } from "../../wire/name.ts";
import { notThere, openFinding, type Make, troubleFinding, unusableFinding } from "./dmarc-faults.ts";
import { dmarcMessages } from "./dmarc-messages.ts";
import { isOthers } from "./dmarc-policy-findings.ts";
import { reportFindings } from "./dmarc-reports.ts";
import { type DmarcView, viewDmarc } from "./dmarc-view.ts";
import { weaknessFindings } from "./dmarc-weaknesses.ts";
import { plainName, plainRecord } from "./dmarc-wording.ts";

/** Facts 23.1, 23.8, 23.9 and 23.10: exactly one valid record applies to the domain, for receivers of either RFC. */
export const dmarcRecordCheck = defineCheck(dmarcMessages, {
  id: "s23.dmarc",
  clause: "1",
  needs: ["dns.dmarc"],
  judge: ({ "dns.dmarc": observation }, { at }, finding) => {
    const view = viewDmarc(observation, at);
    if (!view.exists) return [notThere(observation.domain)];
    const own = view.rulings.find(({ kind }) => kind === "domain");
    if (own === undefined) {
      const detail = "the domain itself was not judged";
      return [undecided("S23", plainName(observation.domain), { cause: "internal", detail })];
    }
    const applied = [own.current, own.former].flatMap((reached) => (reached.state === "record" ? [reached.at] : []));
    // What is weak about another's record is not the domain's to mend: its own is to take that one's place.
    const notes = [...new Set(applied)]
      .filter((place) => !isOthers(place, observation))
      .flatMap((place) => [
        ...weaknessFindings(place, view, finding),
        ...reportFindings(place, observation, view, finding),
      ]);
    return [...distinct(judgeOwn(observation.domain, own, view, finding)), ...notes];
  },
});

/** Success comes last: both kinds of receivers find a record, and agree on how to read it. */
function judgeOwn(domain: Name, { current, former }: AuthorRuling, view: DmarcView, finding: Make): readonly Finding[] {
  const both = [current, former];
  const open = both.flatMap((reached) => openFinding(reached, finding) ?? []);
  const trouble = both.flatMap((reached) =>
    reached.state === "record" ? (troubleFinding(reached.at, view.published, finding) ?? []) : [],
  );
  const missing = missingFinding(domain, { current, former }, view, finding);
  const wrong = [...open, ...trouble, ...(missing === null ? [] : [missing])];
  if (wrong.length > 0 || current.state !== "record" || former.state !== "record") return wrong;
  const there = view.published(current.at);
  const text = there.state === "one" ? there.text : "";
  return [finding("S23_DMARC_PRESENT", { domain: plainName(domain), record: plainRecord(current.at), text })];
}

type Both = Pick<AuthorRuling, "current" | "former">;

/** Why no record applies for one kind of receivers or both; null where one does, or where that is open. */
function missingFinding(
  domain: Name,
  { current, former }: Both,
  { published }: DmarcView,
  finding: Make,
): Finding | null {
  const nothing = [current, former].filter(({ state }) => state === "nothing");
  if (nothing.length === 0) return null;
  const places = [domain, ...nothing.map(({ at }) => at)];
  const why = places.flatMap((place) => unusableFinding(place, published, finding) ?? [])[0];
  if (why !== undefined) return why;
  const found = [current, former].find(({ state }) => state === "record");
  if (found === undefined) {
    return finding("S23_DMARC_MISSING", { domain: plainName(domain), record: plainRecord(domain) });
  }
  const rfc = found === current ? "RFC 7489" : "RFC 9989";
  return finding("S23_DMARC_NOT_FOUND_BY_ALL", { domain: plainName(domain), record: plainRecord(found.at), rfc });
}

function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((found) => [JSON.stringify(found), found])).values()];
}
