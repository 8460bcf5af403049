import type { Language } from "../core/messages.ts";
import type { Observed } from "../core/observation.ts";
import { companionWants, type Companions, readCompanions as readFound } from "../mail/companions.ts";
import type { DnsReading } from "../mail/observations.ts";
import { classifierOf } from "../mail/reading.ts";
import type { ProbeContext } from "../probes/probe-context.ts";
import { readDns } from "../probes/read-dns.ts";
import { printable } from "../reports/printable.ts";
import type { Paint } from "../reports/paint.ts";
import { CAUSE_WORDS } from "../reports/words.ts";
import type { Name } from "../wire/name.ts";
import { caaWords, PROBLEM_WORDS } from "./dmarc-beside-words.ts";

type Found = Companions[keyof Companions];

/** A record that belongs to good mail and that no requirement asks for, or what stands in its place. */
export type Companion = Found & { readonly what: "MTA-STS" | "TLS-RPT" | "CAA" };

/**
 * What DNS says of MTA-STS (RFC 8461), TLS reports (RFC 8460) and CAA (RFC 8659; that of the nearest name that has any). The
 * policy of MTA-STS stands on a web server and is not fetched.
 */
export async function readCompanions(domain: Name, context: ProbeContext): Promise<readonly Companion[]> {
  const { mtaSts, tlsReporting, caa } = companionsOf(
    domain,
    await readDns(domain, companionWants(domain), context),
    context.now(),
  );
  return [
    { what: "MTA-STS", ...mtaSts },
    { what: "TLS-RPT", ...tlsReporting },
    { what: "CAA", ...caa },
  ];
}

function companionsOf(domain: Name, reading: Observed<DnsReading>, at: number): Companions {
  if (reading.state === "observed") return readFound(reading.value, classifierOf(reading.value, at));
  const { cause, detail } = reading;
  const unknown = { state: "unknown", at: domain, cause, detail } as const;
  return { mtaSts: unknown, tlsReporting: unknown, caa: unknown };
}

/** For people, below a heading of its own: none of it counts for a requirement. */
export function companionLines(companions: readonly Companion[], language: Language, paint: Paint): readonly string[] {
  const say = (da: string, en: string): string => (language === "da" ? da : en);
  return [
    paint("heading", say("Ved siden af kravene", "Beside the requirements")),
    ...companions.flatMap((one) => [
      `  ${one.what}  ${stateWords(one, language, paint)}  ${paint("faint", printable(plain(one.at)))}`,
      ...("texts" in one ? one.texts.map((text) => `      ${printable(text)}`) : []),
      ...("value" in one && "issuers" in one.value ? [`      ${printable(caaWords(one.value, language))}`] : []),
    ]),
    paint(
      "faint",
      say(
        "  Kun DNS er set: MTA-STS' politik ligger på en webserver og er ikke hentet.",
        "  Only DNS was looked at: the policy of MTA-STS is on a web server and was not fetched.",
      ),
    ),
  ];
}

function stateWords(found: Found, language: Language, paint: Paint): string {
  const say = (da: string, en: string): string => (language === "da" ? da : en);
  switch (found.state) {
    case "present": {
      const { secure } = found;
      return paint("good", secure ? say("✓ findes, signeret", "✓ exists, signed") : say("✓ findes", "✓ exists"));
    }
    case "absent":
      return paint("faint", say("– findes ikke", "– does not exist"));
    case "several": {
      const { count } = found;
      return paint(
        "bad",
        say(`✗ ${count} optegnelser: ingen af dem tæller`, `✗ ${count} records: none of them counts`),
      );
    }
    case "invalid":
      return paint("bad", `✗ ${PROBLEM_WORDS[found.problem][language]}`);
    case "bogus":
      return paint("bad", say("✗ signaturen holder ikke", "✗ the signature does not hold"));
    case "unknown": {
      const why = CAUSE_WORDS[found.cause][language];
      return paint("unsure", say(`? kan ikke afgøres (${why})`, `? not known (${why})`));
    }
  }
}

function plain(name: Name): string {
  return name === "." ? "." : name.slice(0, -1);
}
