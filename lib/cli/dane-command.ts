import { probeDane } from "../probes/dns-dane.ts";
import { probeSmtpGateways } from "../probes/smtp/gateway-probe.ts";
import { printableJson } from "../reports/printable.ts";
import { s20 } from "../requirements/s20/requirement.ts";
import { danePicture } from "./dane-picture.ts";
import { daneLines } from "./dane-text.ts";
import { companionLines, readCompanions } from "./dmarc-beside.ts";
import { lookAtDomain } from "./dmarc-domain-look.ts";
import { exitCodeOfLook, judgedLines, judgeLook } from "./judged-look.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Services } from "./services.ts";
import { oneOfOption } from "./option-value.ts";

/** The options of `dane` as the command line gives them. */
export interface DaneOptions {
  readonly inventory?: string;
  readonly format?: string;
}

/**
 * Looks once at the gateways of one domain: the way mail takes, what protects it, and what each address presents. 0: all of
 * S20 holds, or there is no mail to protect; 1: something does not; 2: not known.
 */
export async function daneCommand(text: string, options: DaneOptions, services: Services): Promise<ExitCode> {
  const { terminal } = services;
  const { language, paint } = terminal;
  const format = oneOfOption("--format", options.format ?? "text", ["text", "json"]);
  const { subject, dane, visits, beside } = await lookAtDomain(text, options, services, async ({ asset }, context) => {
    const [seen, gateways, companions] = await Promise.all([
      probeDane(asset, context),
      probeSmtpGateways(asset, context),
      readCompanions(asset.domain, context),
    ]);
    return { dane: seen, visits: gateways, beside: companions };
  });
  const picture = danePicture(subject.asset.domain, dane, visits);
  const judged = judgeLook(s20, subject, [dane, ...visits], language);
  const lines = [
    ...[...daneLines(picture, language, paint), ""],
    ...[...judgedLines(judged, language, paint), ""],
    ...companionLines(beside, language, paint),
  ];
  await terminal.result(
    format === "json"
      ? `${printableJson({ schema: "kravvagt/dane/1", ...picture, judged, beside })}\n`
      : `${lines.join("\n")}\n`,
  );
  return exitCodeOfLook(judged);
}
