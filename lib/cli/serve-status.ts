import { randomUUID } from "node:crypto";
import { STATIC_ASSETS } from "../status/assets.ts";
import { createStatusHandler } from "../status/handler.ts";
import { type LocalServer, PortError, startStatusServer } from "../status/local-server.ts";
import { pageRenderer } from "../status/pages/index.ts";
import { CliError } from "./cli-error.ts";
import { EXIT } from "./exit-code.ts";
import type { Watch } from "./open-watch.ts";
import type { JudgingServices } from "./services.ts";

/** Where the status pages are unless told otherwise. */
export const DEFAULT_PORT = 8_180;

/** Serves the status API and pages to this machine, and says where. Ends with 69 when the port cannot be had. */
export async function serveStatus(
  { io, municipality, secret }: Pick<Watch, "io" | "municipality" | "secret">,
  port: number,
  { terminal, requirements, now }: JudgingServices,
): Promise<LocalServer> {
  const { memory, evidence } = io;
  const context = { municipality: municipality.id, memory, evidence, now, secret, requirements };
  const handler = createStatusHandler({ ...context, language: terminal.language }, pageRenderer, {
    assets: STATIC_ASSETS,
    onError: (error) => {
      const why = error instanceof Error ? error.message : String(error);
      terminal.say({ da: `Statussiderne kunne ikke svare: ${why}`, en: `The status pages could not answer: ${why}` });
    },
  });
  const server = await startStatusServer({ handler, port, token: randomUUID() }).catch(portProblem);
  terminal.say({ da: `Statussiderne er på ${server.url}/`, en: `The status pages are at ${server.url}/` });
  return server;
}

function portProblem(error: unknown): never {
  if (!(error instanceof PortError)) throw error;
  const { port, problem } = error;
  throw new CliError(
    EXIT.unavailable,
    problem === "taken"
      ? {
          da: `Port ${port} er optaget af et andet program. Vælg en anden med --port.`,
          en: `Port ${port} is taken by another program. Choose another with --port.`,
        }
      : {
          da: `Port ${port} må ikke bruges af denne bruger. Vælg en over 1023 med --port.`,
          en: `Port ${port} may not be used by this user. Choose one above 1023 with --port.`,
        },
  );
}
