import { probeDkim } from "../probes/dns-dkim.ts";
import { probeDmarc } from "../probes/dns-dmarc.ts";
import { probeSpf } from "../probes/dns-spf.ts";
import { printableJson } from "../reports/printable.ts";
import { s23 } from "../requirements/s23/requirement.ts";
import { companionLines, readCompanions } from "./dmarc-beside.ts";
import { lookAtDomain } from "./dmarc-domain-look.ts";
import { exitCodeOfLook, judgedLines, judgeLook } from "./judged-look.ts";
import { dmarcPicture } from "./dmarc-picture.ts";
import { dmarcLines } from "./dmarc-text.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Services } from "./services.ts";
import { oneOfOption } from "./option-value.ts";

/** The options of `dmarc NAME` as the command line gives them. */
export interface DmarcOptions {
  readonly inventory?: string;
  readonly format?: string;
}

/**
 * Looks once at what protects a domain's name in mail: DMARC by both RFCs, SPF with all it includes, and DKIM. 0: all of S23
 * holds, or does not apply; 1: something does not; 2: not known.
 */
export async function dmarcCommand(text: string, options: DmarcOptions, services: Services): Promise<ExitCode> {
  const { terminal } = services;
  const { language, paint } = terminal;
  const format = oneOfOption("--format", options.format ?? "text", ["text", "json"]);
  const { subject, dmarc, spf, dkim, beside } = await lookAtDomain(text, options, services, async (looked, context) => {
    const { asset, namesBelow } = looked;
    const [first, second, third, companions] = await Promise.all([
      probeDmarc(asset, namesBelow, context),
      probeSpf(asset, namesBelow, context),
      probeDkim(asset, context),
      readCompanions(asset.domain, context),
    ]);
    return { dmarc: first, spf: second, dkim: third, beside: companions };
  });
  const { domain, sendsMail } = subject.asset;
  const picture = dmarcPicture(domain, dmarc, spf, dkim, sendsMail);
  const judged = judgeLook(s23, subject, [dmarc, spf, dkim], language);
  const lines = [
    ...[...dmarcLines(picture, language, paint), ""],
    ...[...judgedLines(judged, language, paint), ""],
    ...companionLines(beside, language, paint),
  ];
  await terminal.result(
    format === "json"
      ? `${printableJson({ schema: "kravvagt/dmarc/1", ...picture, judged, beside })}\n`
      : `${lines.join("\n")}\n`,
  );
  return exitCodeOfLook(judged);
}
