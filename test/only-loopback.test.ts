import { expect, test } from "@jest/globals";
import dgram from "node:dgram";
import net from "node:net";

/** Addresses of nobody, for documentation (RFC 5737): nothing is sent, the guard throws first. */
const ELSEWHERE = "192.0.2.1";

test("TCP outside loopback is refused, however it is asked for", () => {
  expect(() => net.connect(80, ELSEWHERE)).toThrow("only loopback is allowed");
  expect(() => net.connect({ port: 80, host: ELSEWHERE })).toThrow("only loopback is allowed");
  expect(() => new net.Socket().connect(80, "example.dk")).toThrow("only loopback is allowed");
});

test("datagrams outside loopback are refused, on connected sockets too", async () => {
  const socket = dgram.createSocket("udp4");
  expect(() => socket.send("x", 53, ELSEWHERE)).toThrow("only loopback is allowed");
  await new Promise<void>((resolve, reject) => {
    socket.connect(53, ELSEWHERE, () => resolve());
    socket.once("error", reject);
  }).then(
    () => expect(() => socket.send("x")).toThrow("only loopback is allowed"),
    // Without any route the operating system refuses first, which serves as well.
    (error: unknown) => expect(error).toMatchObject({ code: "ENETUNREACH" }),
  );
  socket.close();
});
