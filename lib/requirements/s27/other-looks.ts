/** Looks at one port that contradict each other: a firewall that has had enough of us refuses like a port that is closed. */
import type { Observation } from "../../core/observation.ts";

interface Port {
  readonly address: string;
  readonly port: number;
}

/** Of a look that found the port shut, for `undecided`. */
export const REFUSED_HERE = {
  cause: "connection-refused",
  detail: "the port refused this look, and answered another",
} as const;

/** Whether one of the observations found TLS, or a port for it that is open, where another look was refused. */
export function isTlsElsewhere(beside: readonly Observation[], { address, port }: Port): boolean {
  return beside.some((one) => portsOf(one).some((found) => found.address === address && found.port === port));
}

/** Whether TLS was profiled at this port, and never came about there. */
export function isWithoutTls(beside: readonly Observation[], { address, port }: Port): boolean {
  return beside.some(({ result }) => {
    if (result.state === "unobserved" || !("startTls" in result.value)) return false;
    const { value } = result;
    return value.state === "no-tls" && value.address === address && value.port === port;
  });
}

function portsOf({ result }: Observation): readonly Port[] {
  if (result.state === "unobserved") return [];
  const { value } = result;
  if ("origins" in value) {
    const open = value.origins.filter(({ scheme, state }) => scheme === "https" && state === "open");
    return open.map(({ port }) => ({ address: value.address, port }));
  }
  if ("speech" in value) {
    const { speech } = value;
    return speech.kind === "tls" || (speech.kind === "dialogue" && speech.startTls === "accepted") ? [value] : [];
  }
  return "rootStore" in value ? [value] : [];
}
