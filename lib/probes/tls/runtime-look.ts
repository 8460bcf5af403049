import type { OtherName, TlsFindings } from "../../tls/observations.ts";
import { UNKNOWN_NAME } from "./legacy-topics.ts";
import { kindsSeen, type Notebook } from "./notebook.ts";
import { runtimeChains } from "./runtime-chains.ts";
import { KEY_KINDS, type KeyKind } from "./runtime-offers.ts";
import type { TlsLimits } from "./tls-limits.ts";
import type { TlsLine } from "./tls-line.ts";

export interface RuntimeLook {
  readonly line: TlsLine;
  readonly limits: TlsLimits;
  readonly signal: AbortSignal;
  readonly notebook: Notebook;
  /** The server was seen to bear only a few connections. */
  readonly isSlow: boolean;
}

type ChainsOpen = TlsFindings["chainsOpen"];

/**
 * Certificates of TLS 1.3, which stand in no clear: of each kind of key that is not ruled out, since another server than that of the
 * older versions may answer. Takes the chains down, and says of which kinds it stayed open whether there is one.
 */
export async function lookAtModernChains(
  serverName: string | null,
  isRuledOut: (kind: KeyKind) => boolean,
  { line, limits, signal, notebook, isSlow }: RuntimeLook,
): Promise<ChainsOpen> {
  const seen = kindsSeen(notebook, "TLSv1.3");
  const kinds = KEY_KINDS.filter((kind) => !seen.has(kind) && !isRuledOut(kind));
  const trials = await runtimeChains(line.connect, {
    ...{ serverName, kinds, onlyTls13: true, timeoutMs: limits.handshakeMs, signal },
    worksOtherwise: seen.size > 0,
    pauseMs: isSlow ? limits.pauseMs : null,
  });
  return trials.flatMap((trial) => {
    if (trial.outcome === "undecided") return { kind: trial.kind, undecided: trial.undecided };
    if (trial.outcome === "presented") notebook.noteChain(trial.version ?? "TLSv1.3", trial.chain, trial.staple);
    return [];
  });
}

/** What a server of TLS 1.3 alone shows where another name, or none, is indicated. */
export async function lookAtOtherNames(
  indicated: readonly OtherName["indicated"][],
  { line, limits, signal, notebook }: RuntimeLook,
): Promise<readonly OtherName[]> {
  const kind = [...kindsSeen(notebook)].find((each): each is KeyKind => each !== "other");
  const own = new Set(notebook.chains.map(({ chain }) => chain[0]));
  return Promise.all(
    indicated.map(async (name): Promise<OtherName> => {
      const serverName = name === "none" ? null : UNKNOWN_NAME;
      const kinds = kind === undefined ? [] : [kind];
      const wanted = { serverName, kinds, onlyTls13: true, timeoutMs: limits.handshakeMs, signal };
      const [trial] = await runtimeChains(line.connect, { ...wanted, worksOtherwise: true });
      if (trial === undefined || trial.outcome === "undecided") return { indicated: name, outcome: "undecided" };
      if (trial.outcome === "not-offered") return { indicated: name, outcome: "refused" };
      return { indicated: name, outcome: own.has(trial.chain[0]) ? "same-certificate" : "other-certificate" };
    }),
  );
}
