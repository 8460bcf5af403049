/** House rule 13: a test that tries to reach anything outside loopback fails at the attempt. */
import dgram from "node:dgram";
import net from "node:net";

const LOOPBACK = /^(127\.|::1$|::ffff:127\.|localhost$)/;

function refuseUnlessLoopback(host: unknown): void {
  if (typeof host === "string" && host !== "" && !LOOPBACK.test(host)) {
    throw new Error(`test tried to reach ${host}: only loopback is allowed`);
  }
}

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]): net.Socket {
  const normalized = Array.isArray(args[0]) ? (args[0] as unknown[])[0] : args[0];
  if (typeof normalized === "object" && normalized !== null) {
    refuseUnlessLoopback((normalized as { host?: unknown }).host);
  } else {
    refuseUnlessLoopback(args[1]);
  }
  return (connect as (...a: unknown[]) => net.Socket).apply(this, args);
} as typeof connect;

const send = dgram.Socket.prototype.send;
dgram.Socket.prototype.send = function (this: dgram.Socket, ...args: unknown[]): void {
  const address = args.findLast((argument) => typeof argument === "string" && argument !== args[0]);
  refuseUnlessLoopback(address);
  (send as (...a: unknown[]) => void).apply(this, args);
} as typeof send;
