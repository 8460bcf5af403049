import type { TlsAddress } from "../../tls/observations.ts";
import type { HelloOffer } from "../../tls/hello-offer.ts";
import type { OfferReply } from "../../tls/offer-plan.ts";
import { type Question, replyOf } from "../../tls/offer-reply.ts";
import type { HelloAsked, SeenHello } from "../../tls/seen-hello.ts";
import type { Notebook } from "./notebook.ts";
import type { TlsLine } from "./tls-line.ts";

/** With what topics are asked about. */
export interface TopicTools {
  readonly line: TlsLine;
  readonly notebook: Notebook;
  readonly where: TlsAddress;
}

/** The answer to one hello: for the plan, and what else it showed. */
export interface Answered {
  readonly reply: OfferReply;
  readonly seen: SeenHello | null;
}

/** Says one hello under the server's own name, unless `host` is given, and takes down what it shows. */
export async function askHello(
  { line, notebook, where }: TopicTools,
  offer: Omit<HelloOffer, "random" | "host"> & { readonly host?: string | null },
  { question, kind }: { readonly question: Question; readonly kind: HelloAsked["kind"] },
): Promise<Answered> {
  const { version, suites, isCompact = false, offersCompression = false } = offer;
  const host = offer.host === undefined ? where.serverName : offer.host;
  const { flight, end } = await line.hello({ ...offer, host });
  if (end === "unconnected") return { reply: { kind: end }, seen: null };
  const seen = notebook.note(flight, { suites, isCompact, offersCompression, kind });
  return { reply: replyOf(flight, version, end, question), seen };
}
