/** House rule 13: a test that tries to reach anything outside loopback fails at the attempt. */
import dgram from "node:dgram";
import net from "node:net";

const LOOPBACK = /^(127\.|::1$|::ffff:127\.|localhost$)/;

function refuseUnlessLoopback(host: unknown): void {
  if (typeof host === "string" && host !== "" && !LOOPBACK.test(host)) {
    throw new Error(`test tried to reach ${host}: only loopback is allowed`);
  }
}

type AnyFunction = (...args: unknown[]) => unknown;

/** Puts `check` before a method; it sees the same object and arguments. */
function guard(prototype: object, method: string, check: (self: object, args: readonly unknown[]) => void): void {
  const original = Reflect.get(prototype, method) as AnyFunction;
  Reflect.set(prototype, method, function (this: object, ...args: unknown[]): unknown {
    check(this, args);
    return original.apply(this, args);
  });
}

guard(net.Socket.prototype, "connect", (_, args) => {
  const [first]: readonly unknown[] = Array.isArray(args[0]) ? args[0] : args;
  const isOptions = typeof first === "object" && first !== null;
  refuseUnlessLoopback(isOptions ? (first as { readonly host?: unknown }).host : args[1]);
});

/** Connecting a datagram socket sends nothing, so that is allowed anywhere; sending on it is not. */
const connected = new WeakMap<object, unknown>();
guard(dgram.Socket.prototype, "connect", (self, args) => connected.set(self, args[1]));
guard(dgram.Socket.prototype, "send", (self, args) => {
  const address = args.slice(1).findLast((argument) => typeof argument === "string");
  refuseUnlessLoopback(address ?? connected.get(self));
});
