import type net from "node:net";
import { EXTENSION } from "../../../lib/tls/extension-types.ts";
import { concat, number, vector } from "../../../lib/tls/presentation-octets.ts";
import { schemeOf } from "../../../lib/tls/signature-schemes.ts";
import { suiteOf } from "../../../lib/tls/suites.ts";
import { VERSION_NUMBER, type RecordLayerVersion } from "../../../lib/tls/versions.ts";

/** What a client asked for, as far as the scripted server looks. */
export interface Asked {
  readonly version: RecordLayerVersion;
  readonly octets: number;
  readonly suites: readonly number[];
  readonly compression: readonly number[];
  readonly groups: readonly number[] | null;
  readonly schemes: readonly number[] | null;
  readonly name: string | null;
  readonly extensions: readonly number[];
  readonly sessionId: Uint8Array;
}

/** What the server has, and how it behaves. Nothing is signed: who reads flights in clear verifies no signature. */
export interface ScriptedTls {
  readonly suites: Partial<Readonly<Record<RecordLayerVersion, readonly number[]>>>;
  readonly order?: "server" | "client";
  /** Of its own order. */
  readonly groups?: readonly number[];
  readonly ignoresGroups?: boolean;
  readonly schemes?: readonly number[];
  readonly ignoresSchemes?: boolean;
  readonly prime?: (asked: Asked) => Uint8Array;
  /** Of the suites that it has, those that it takes from this hello; all unless given. */
  readonly takes?: (suite: number, asked: Asked) => boolean;
  /** DER, by the authentication of the suite. */
  readonly certificates?: Readonly<Record<string, Uint8Array>>;
  /** By the name that is indicated; `null` is none. */
  readonly certificateFor?: (name: string | null) => Uint8Array | null;
  readonly deflates?: boolean;
  readonly renegotiationInfo?: boolean;
  /** Cuts hellos that are longer, or have more suites. */
  readonly longest?: { readonly octets?: number; readonly suites?: number; readonly by: "reset" | "close" | "silence" };
  readonly says?: "alert" | "reset" | "close";
  /** A fatal alert follows the hello of these versions. */
  readonly regrets?: readonly RecordLayerVersion[];
  /** Stumbles over extensions in hellos of these versions. */
  readonly readsNoExtensions?: readonly RecordLayerVersion[];
  readonly ssl2?: readonly number[];
}

const HANDSHAKE_FAILURE = 40;
const DECODE_ERROR = 50;
const RETRY_RANDOM = Buffer.from("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c", "hex");

const record = (type: number, body: Uint8Array): Uint8Array =>
  concat(number(type, 1), number(0x0303, 2), vector(2, body));
const message = (type: number, body: Uint8Array): Uint8Array => concat(number(type, 1), vector(3, body));
const extension = (type: number, body: Uint8Array): Uint8Array => concat(number(type, 2), vector(2, body));
const alert = (code: number): Uint8Array => record(21, Uint8Array.of(2, code));

const u16s = (octets: Buffer): readonly number[] =>
  Array.from({ length: Math.floor(octets.length / 2) }, (_, index) => octets.readUInt16BE(index * 2));

/** Reads a hello of our own prober; it is well-formed. */
export function readAsked(records: Buffer): Asked {
  const body = records.subarray(9);
  let at = 34;
  const take = (width: 1 | 2): Buffer => {
    const length = body.readUIntBE(at, width);
    at += width + length;
    return body.subarray(at - length, at);
  };
  const sessionId = take(1);
  const suites = u16s(take(2));
  const compression = [...take(1)];
  const extensions = new Map<number, Buffer>();
  if (at < body.length) {
    const list = take(2);
    for (let next = 0; next < list.length; next += 4 + list.readUInt16BE(next + 2))
      extensions.set(list.readUInt16BE(next), list.subarray(next + 4, next + 4 + list.readUInt16BE(next + 2)));
  }
  const numbers = (type: number): readonly number[] | null => {
    const found = extensions.get(type);
    return found === undefined ? null : u16s(found.subarray(2));
  };
  const legacy = body.readUInt16BE(0);
  const versionNumber = extensions.get(EXTENSION.supportedVersions)?.readUInt16BE(1) ?? legacy;
  const known = Object.entries(VERSION_NUMBER).find(([, each]) => each === versionNumber);
  return {
    ...{
      version: (known?.[0] ?? "TLSv1.2") as RecordLayerVersion,
      octets: body.length,
      sessionId,
      suites,
      compression,
    },
    groups: numbers(EXTENSION.supportedGroups),
    schemes: numbers(EXTENSION.signatureAlgorithms),
    name: extensions.get(EXTENSION.serverName)?.subarray(5).toString("latin1") ?? null,
    extensions: [...extensions.keys()],
  };
}

function choose(own: readonly number[], offered: readonly number[], order: "server" | "client"): number | undefined {
  return order === "server" ? own.find((each) => offered.includes(each)) : offered.find((each) => own.includes(each));
}

function helloOf(server: ScriptedTls, asked: Asked, suite: number, group: number | null): Uint8Array {
  const isModern = asked.version === "TLSv1.3";
  const extensions = isModern
    ? [
        extension(EXTENSION.supportedVersions, number(VERSION_NUMBER["TLSv1.3"], 2)),
        extension(EXTENSION.keyShare, number(group ?? 0, 2)),
      ]
    : server.renegotiationInfo === false
      ? []
      : [extension(EXTENSION.renegotiationInfo, Uint8Array.of(0))];
  const method = server.deflates === true && asked.compression.includes(1) ? 1 : 0;
  return message(
    2,
    concat(
      number(VERSION_NUMBER[isModern ? "TLSv1.2" : asked.version], 2),
      isModern ? RETRY_RANDOM : new Uint8Array(32),
      vector(1, asked.sessionId),
      number(suite, 2),
      number(method, 1),
      extensions.length === 0 ? new Uint8Array(0) : vector(2, ...extensions),
    ),
  );
}

function exchangeOf(
  server: ScriptedTls,
  asked: Asked,
  suite: number,
  group: number | null,
  scheme: number,
): Uint8Array {
  const parts = suiteOf(suite);
  if (parts?.keyExchange !== "DHE" && parts?.keyExchange !== "ECDHE") return new Uint8Array(0);
  const prime = server.prime?.(asked) ?? Uint8Array.of(0xff, 0xff);
  const parameters =
    parts.keyExchange === "ECDHE"
      ? concat(Uint8Array.of(3), number(group ?? 0, 2), vector(1, Uint8Array.of(4, 1)))
      : concat(vector(2, prime), vector(2, Uint8Array.of(2)), vector(2, Uint8Array.of(3)));
  const signed =
    parts.authentication === "anon"
      ? new Uint8Array(0)
      : concat(asked.version === "TLSv1.2" ? number(scheme, 2) : new Uint8Array(0), vector(2, Uint8Array.of(1)));
  return message(12, concat(parameters, signed));
}

const SHA1_RSA = 0x0201;

/** The octets with which the server answers; null where it finds nothing to agree on. */
export function answerOf(server: ScriptedTls, asked: Asked): Uint8Array | null {
  const { order = "server" } = server;
  const groups = server.groups ?? [29, 23];
  const group =
    asked.groups === null || server.ignoresGroups === true ? groups[0] : choose(groups, asked.groups, order);
  const keyOf = (suite: number): string => suiteOf(suite)?.authentication ?? "";
  const schemeFor = (suite: number): number | undefined => {
    const own = (server.schemes ?? [0x0804, 0x0403]).filter((each) => {
      return asked.version === "TLSv1.3" || schemeOf(each).key === keyOf(suite) || keyOf(suite) === "anon";
    });
    if (server.ignoresSchemes === true || asked.schemes === null) return own[0] ?? SHA1_RSA;
    return choose(own, asked.schemes, "server");
  };
  const possible = (server.suites[asked.version] ?? []).filter((suite) => {
    const { keyExchange } = suiteOf(suite) ?? {};
    if (server.takes?.(suite, asked) === false) return false;
    if (asked.version === "TLSv1.3") return group !== undefined;
    const isSigned = keyExchange === "DHE" || keyExchange === "ECDHE";
    if (isSigned && asked.version === "TLSv1.2" && schemeFor(suite) === undefined) return false;
    return keyExchange !== "ECDHE" || group !== undefined;
  });
  const suite = choose(possible, asked.suites, order);
  if (suite === undefined) return null;
  return flightOf(server, asked, { suite, group: group ?? null, scheme: schemeFor(suite) ?? SHA1_RSA });
}

function flightOf(
  server: ScriptedTls,
  asked: Asked,
  { suite, group, scheme }: { readonly suite: number; readonly group: number | null; readonly scheme: number },
): Uint8Array {
  const hello = helloOf(server, asked, suite, group);
  if (server.regrets?.includes(asked.version) === true) return concat(record(22, hello), alert(HANDSHAKE_FAILURE));
  if (asked.version === "TLSv1.3") return record(22, hello);
  const certificate =
    server.certificateFor?.(asked.name) ?? server.certificates?.[suiteOf(suite)?.authentication ?? ""];
  const chain = certificate === undefined ? new Uint8Array(0) : message(11, vector(3, vector(3, certificate)));
  const exchange = exchangeOf(server, asked, suite, group, scheme);
  return record(22, concat(hello, chain, exchange, message(14, new Uint8Array(0))));
}

function ssl2Answer(kinds: readonly number[]): Uint8Array {
  const specs = concat(...kinds.map((kind) => number(kind, 3)));
  const certificate = Uint8Array.of(0x30, 0);
  const lengths = concat(number(certificate.length, 2), number(specs.length, 2), number(16, 2));
  const body = concat(Uint8Array.of(4, 0, 1), number(2, 2), lengths, certificate, specs, new Uint8Array(16));
  return concat(number(0x8000 + body.length, 2), body);
}

function isTooLong({ octets, suites }: Asked, { longest }: ScriptedTls): boolean {
  return octets > (longest?.octets ?? Infinity) || suites.length > (longest?.suites ?? Infinity);
}

function stumblesOver({ version, extensions }: Asked, { readsNoExtensions = [] }: ScriptedTls): boolean {
  return extensions.length > 0 && readsNoExtensions.includes(version);
}

/** Answers one connection by the script; what was asked is handed to `heard`. */
export function serveScripted(socket: net.Socket, server: ScriptedTls, heard?: (asked: Asked) => void): void {
  const refuse = (how: ScriptedTls["says"] | "silence"): void => {
    if (how === "silence") return;
    if (how === "reset") socket.resetAndDestroy();
    else if (how === "close") socket.end();
    else socket.end(alert(HANDSHAKE_FAILURE));
  };
  socket.on("error", () => undefined);
  socket.once("data", (octets: Buffer) => {
    const isSsl2 = (octets[0] ?? 0) >= 0x80;
    if (isSsl2) {
      if (server.ssl2 === undefined) refuse(server.says ?? "alert");
      else socket.write(ssl2Answer(server.ssl2));
      return;
    }
    const asked = readAsked(octets);
    heard?.(asked);
    if (isTooLong(asked, server)) {
      refuse(server.longest?.by);
      return;
    }
    if (stumblesOver(asked, server)) {
      socket.end(server.says === "close" ? "" : alert(DECODE_ERROR));
      return;
    }
    const answer = answerOf(server, asked);
    if (answer === null) refuse(server.says ?? "alert");
    else socket.write(answer);
  });
}
