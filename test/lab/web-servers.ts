import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { addAddresses } from "./name-servers.ts";
import type { WebLabCase, WebPlace } from "./web-case.ts";
import { hostOf } from "./web-case.ts";
import { makeWebCertificates, WEB_FOLDER } from "./web-certificates.ts";
import { neverAnswer } from "./silence.ts";
import { startOpenssl, waitForDoor } from "./web-openssl.ts";
import { fileExists, runToEnd, waitUntil, type Workshop } from "./workshop.ts";

/** A case with the addresses and ports that its places got. */
export interface PlacedCase {
  readonly webCase: WebLabCase;
  readonly host: string;
  readonly addresses: readonly string[];
  /** Where its TLS is. */
  readonly port: number;
}

export const RELICS_CONFIG = "relics.json";
export const RELICS_READY = "relics.ready";
/** Where nginx listens when a relic stands in front of it. */
export const BEHIND_RELIC_PORT = 8443;
/** And the server that has every other turn, which somebody forgot. */
export const OTHER_TURN_PORT = 8444;

const HTTP_PORT = 80;
const HTTPS_PORT = 443;
const FIRST_GNUTLS_PORT = 4431;
const ADDRESSES_A_NET = 200;
const START_LIMIT_MS = 60_000;
const WELL = [
  "add_header Strict-Transport-Security 'max-age=31536000' always;",
  "location = / { return 200 '<!doctype html><title>Praktik</title><p>En side'; }",
  "location / { return 404; }",
];
const REDIRECT = ["return 301 https://$host$request_uri;"];
const DEFAULT_TLS = [
  "ssl_protocols TLSv1.2 TLSv1.3;",
  "ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20;",
  // OpenSSL's own list has the finite-field groups of TLS 1.3 too, ffdhe2048 among them.
  "ssl_ecdh_curve X25519:prime256v1:secp384r1;",
];
/** What it was set up with in its time, by directive. */
const FORGOTTEN: Readonly<Record<string, string>> = {
  ssl_protocols: "ssl_protocols TLSv1 TLSv1.2 TLSv1.3;",
  ssl_ciphers: "ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20:ECDHE-ECDSA-AES128-SHA;",
};
/** Everything that Debian's OpenSSL still has compiled in. */
const OPENSSL_SETTINGS = [
  "openssl_conf = defaults",
  "[defaults]\nssl_conf = ssl",
  "[ssl]\nsystem_default = everything",
  "[everything]\nMinProtocol = TLSv1\nCipherString = DEFAULT:@SECLEVEL=0\n",
].join("\n");

/** Gives every place an address of its own, and GnuTLS a port. */
export function placeCases(cases: readonly WebLabCase[]): readonly PlacedCase[] {
  let address = 0;
  let address6 = 0;
  let gnutlsPort = FIRST_GNUTLS_PORT;
  return cases.map((webCase) => {
    const addresses = webCase.places.map(({ family }) => {
      if (family === "ipv6") return `2a0d:2000:21::${(address6 += 1).toString(16)}`;
      address += 1;
      return `185.21.${String(Math.floor(address / ADDRESSES_A_NET))}.${String(1 + (address % ADDRESSES_A_NET))}`;
    });
    const isGnutls = webCase.places.some(({ gnutls }) => gnutls !== undefined);
    const ownPort = webCase.places.find(({ securePort }) => securePort !== undefined)?.securePort;
    return { webCase, host: hostOf(webCase), addresses, port: isGnutls ? gnutlsPort++ : (ownPort ?? HTTPS_PORT) };
  });
}

/** Starts one nginx for all of them, GnuTLS and the relics; returns when each answers. */
export async function startWebServers(workshop: Workshop, placed: readonly PlacedCase[]): Promise<void> {
  const folder = workshop.path(WEB_FOLDER);
  await mkdir(folder, { recursive: true });
  await addAddresses(addressesThat(placed, ({ silent }) => silent !== true));
  await neverAnswer(addressesThat(placed, ({ silent }) => silent === true));
  await makeWebCertificates(
    workshop,
    placed.flatMap(({ addresses }) => addresses),
  );
  await writeFile(join(folder, "openssl.cnf"), OPENSSL_SETTINGS);
  await writeFile(join(folder, "nginx.conf"), nginxSettings(folder, placed));
  const run = ["-c", join(folder, "nginx.conf"), "-p", folder, "-e", join(folder, "nginx-errors.log")];
  const settings = `OPENSSL_CONF=${join(folder, "openssl.cnf")}`;
  const checked = await runToEnd("env", [settings, "nginx", "-t", ...run]);
  if (checked.status !== 0) throw new Error(`nginx -t: ${checked.stderr.trim()}`);
  workshop.start("nginx", "env", [settings, "nginx", ...run]);
  for (const each of placed) {
    startGnutls(workshop, each);
    startOpenssl(workshop, each);
  }
  await startRelics(workshop, placed);
  await waitUntil("nginx", START_LIMIT_MS, () => fileExists(join(folder, "nginx.pid")));
  for (const { webCase, addresses, port } of placed) {
    for (const [at, { gnutls, openssl }] of webCase.places.entries())
      if ((gnutls ?? openssl) !== undefined) await waitForDoor(workshop, webCase.name, addresses[at] ?? "", port);
  }
}

function addressesThat(placed: readonly PlacedCase[], isWanted: (place: WebPlace) => boolean): readonly string[] {
  return placed.flatMap(({ webCase, addresses }) =>
    webCase.places.flatMap((place, at) => (isWanted(place) ? (addresses[at] ?? []) : [])),
  );
}

function startGnutls(workshop: Workshop, { webCase, port }: PlacedCase): void {
  for (const { gnutls, certificates = ["good"] } of webCase.places) {
    if (gnutls === undefined) continue;
    const files = certificates.flatMap((name) => [
      ...["--x509certfile", join(WEB_FOLDER, `${name}.pem`), "--x509keyfile", join(WEB_FOLDER, `${name}.key`)],
    ]);
    const options = ["--http", "--quiet", "--port", String(port), "--priority", gnutls];
    workshop.start(`gnutls-${webCase.name}`, "gnutls-serv", [...options, ...files]);
  }
}

async function startRelics(workshop: Workshop, placed: readonly PlacedCase[]): Promise<void> {
  const doors = placed.flatMap(({ webCase, addresses }) =>
    webCase.places.flatMap(({ relic }, at) => (relic === undefined ? [] : [{ address: addresses[at], relic }])),
  );
  if (doors.length === 0) return;
  await writeFile(workshop.path(RELICS_CONFIG), JSON.stringify(doors));
  const program = new URL("web-relics.ts", import.meta.url).pathname;
  workshop.start("web-relics", process.execPath, ["--no-warnings", program, workshop.folder]);
  await waitUntil("the relics", START_LIMIT_MS, () => fileExists(workshop.path(RELICS_READY)));
}

function nginxSettings(folder: string, placed: readonly PlacedCase[]): string {
  const servers = placed.flatMap(({ webCase, addresses }) =>
    webCase.places.flatMap((place, at) => {
      const isNginx = place.gnutls === undefined && place.silent !== true;
      return isNginx
        ? serversAt(place, place.family === "ipv6" ? `[${addresses[at] ?? ""}]` : (addresses[at] ?? ""))
        : [];
    }),
  );
  return [
    "daemon off;\nuser root;\nworker_processes 1;",
    `pid ${folder}/nginx.pid;`,
    "events { worker_connections 4096; }",
    "http {",
    "access_log off;\ndefault_type text/html;\nserver_tokens off;\nssl_session_cache off;\nssl_session_tickets off;",
    ...["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/temp-${name};`),
    ...servers,
    "}\n",
  ].join("\n");
}

/** `address`: as in a URL. */
function serversAt(place: WebPlace, address: string): readonly string[] {
  const { certificates = ["good"], tls = [], plain, plainPort = HTTP_PORT, relic } = place;
  const secure = place.openssl === undefined ? place.secure : "closed";
  const port = relic === undefined ? (place.securePort ?? HTTPS_PORT) : BEHIND_RELIC_PORT;
  const own = new Set(tls.map((line) => line.split(" ")[0]));
  const lines = [
    `listen ${address}:${String(port)} ssl http2;`,
    ...certificates.flatMap((name) => [`ssl_certificate ${name}.pem;`, `ssl_certificate_key ${name}.key;`]),
    ...DEFAULT_TLS.filter((line) => !own.has(line.split(" ")[0])),
    ...tls,
    ...(secure === "closed" ? [] : (secure ?? WELL)),
  ];
  const forgotten = lines.map((line) =>
    line.startsWith("listen ")
      ? `listen ${address}:${String(OTHER_TURN_PORT)} ssl;`
      : (FORGOTTEN[line.split(" ")[0] ?? ""] ?? line),
  );
  return [
    ...(secure === "closed" ? [] : [`server {\n${lines.join("\n")}\n}`]),
    ...(relic === "turns" ? [`server {\n${forgotten.join("\n")}\n}`] : []),
    ...(plain === "closed"
      ? []
      : [`server {\nlisten ${address}:${String(plainPort)};\n${(plain ?? REDIRECT).join("\n")}\n}`]),
  ];
}
