import { writeFile } from "node:fs/promises";
import { runToEnd, type Service, type Workshop } from "./workshop.ts";

/** Two independent validating resolvers on plain DNS and DoH, so that opinions can be compared. */
export const RESOLVERS: readonly string[] = ["185.20.0.53", "185.20.0.54"];
export const CA_FILE = "ca.pem";
export const DELV_ANCHORS_FILE = "delv.anchors";

/** Makes a certificate authority and one certificate that names the resolvers by address. */
export async function makeCertificates(workshop: Workshop): Promise<void> {
  const openssl = async (...parameters: readonly string[]): Promise<void> => {
    const { status, stderr } = await runToEnd("openssl", parameters, { cwd: workshop.folder });
    if (status !== 0) throw new Error(`openssl ${parameters[0] ?? ""}: ${stderr.trim()}`);
  };
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  const names = RESOLVERS.map((address) => `IP:${address}`).join(",");
  await writeFile(workshop.path("leaf.ext"), `subjectAltName=${names}\nbasicConstraints=CA:FALSE\n`);
  await openssl("req", "-x509", ...key, "-keyout", "ca.key", "-out", CA_FILE, "-days", "2", "-subj", "/CN=lab");
  await openssl("req", "-new", ...key, "-keyout", "resolver.key", "-out", "resolver.csr", "-subj", "/CN=resolver");
  const issuer = ["-CA", CA_FILE, "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "leaf.ext"];
  await openssl("x509", "-req", "-in", "resolver.csr", ...issuer, "-out", "resolver.pem", "-days", "2");
}

/** Starts unbound at one of the resolver addresses. `port` differs from 53 when a relay stands in front. */
export async function startResolver(
  workshop: Workshop,
  address: string,
  zoneFolder: string,
  files: { readonly hints: string; readonly anchors: string },
  ports: { readonly dns: number; readonly https: number } = { dns: 53, https: 443 },
): Promise<Service> {
  const name = `unbound-${address}`;
  const config = [
    "server:",
    `  interface: ${address}@${String(ports.dns)}`,
    `  interface: ${address}@${String(ports.https)}`,
    `  https-port: ${String(ports.https)}`,
    `  tls-service-key: "${workshop.path("resolver.key")}"`,
    `  tls-service-pem: "${workshop.path("resolver.pem")}"`,
    // Its own address towards name servers, so that their logs tell its questions from the product's.
    `  outgoing-interface: ${address}`,
    "  do-ip6: no",
    "  access-control: 0.0.0.0/0 allow",
    "  do-not-query-localhost: no",
    `  root-hints: "${zoneFolder}/${files.hints}"`,
    `  trust-anchor-file: "${zoneFolder}/${files.anchors}"`,
    '  module-config: "validator iterator"',
    '  username: ""',
    '  chroot: ""',
    `  directory: "${workshop.folder}"`,
    `  pidfile: "${workshop.path(`${name}.pid`)}"`,
    "  use-syslog: no",
    "  val-log-level: 2",
    "  num-threads: 1",
    // Unbound's own limit of 120 s a try makes silent servers cost minutes; public resolvers give up within seconds.
    "  infra-cache-max-rtt: 1000",
    "  outbound-msg-retry: 2",
    "remote-control:",
    "  control-enable: no",
    "",
  ];
  await writeFile(workshop.path(`${name}.conf`), config.join("\n"));
  return workshop.start(name, "unbound", ["-d", "-p", "-c", workshop.path(`${name}.conf`)]);
}

/** The trust anchors in the form that delv reads. `records` are master-file DS lines of the root. */
export async function writeDelvAnchors(workshop: Workshop, records: string): Promise<void> {
  const anchors = records
    .trim()
    .split("\n")
    .map((line) => {
      const [, , , tag, algorithm, digestType, digest] = line.split(/\s+/u);
      return `  . static-ds ${[tag, algorithm, digestType].join(" ")} "${digest ?? ""}";\n`;
    });
  await writeFile(workshop.path(DELV_ANCHORS_FILE), `trust-anchors {\n${anchors.join("")}};\n`);
}
