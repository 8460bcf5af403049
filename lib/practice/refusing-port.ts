import net from "node:net";
import { listenOn, LOOPBACK } from "./listener.ts";

/** A loopback port that refuses connections for as long as it is held. */
export interface RefusingPort {
  readonly port: number;
  release(): Promise<void>;
}

/**
 * Finds a TCP port that nobody listens on and keeps it that way: one established connection occupies the port after its
 * listener has closed, so the system hands it to no other program.
 */
export async function holdRefusingPort(): Promise<RefusingPort> {
  const listener = net.createServer();
  const port = await listenOn(listener, 0);
  const accepted = new Promise<net.Socket>((resolve) => listener.once("connection", resolve));
  const client = net.connect({ host: LOOPBACK, port });
  const held = await accepted;
  listener.close();
  for (const end of [client, held]) end.on("error", () => end.destroy()).unref();
  return {
    port,
    release: async () => {
      const gone = [client, held].map((end) => new Promise((resolve) => end.once("close", resolve)));
      client.destroy();
      held.destroy();
      await Promise.all(gone);
    },
  };
}
