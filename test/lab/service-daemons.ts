import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { addressOfDoor, type ServiceDoor } from "./service-case.ts";
import { WEB_CA, WEB_FOLDER } from "./web-certificates.ts";
import { runToEnd, type Workshop } from "./workshop.ts";

const GOOD_SUITES = "ECDHE+AESGCM:ECDHE+CHACHA20";
const POSTGRES_PROGRAMS = "/usr/lib/postgresql";
const GNUTLS_SUITES = [
  "NONE:+VERS-TLS1.3:+VERS-TLS1.2:+AES-256-GCM:+AES-128-GCM:+CHACHA20-POLY1305:+AEAD:+SHA384:+SHA256",
  "+ECDHE-ECDSA:+SIGN-ECDSA-SHA256:+SIGN-ECDSA-SECP256R1-SHA256:+GROUP-X25519:+GROUP-SECP256R1:+CTYPE-X509",
  "%SERVER_PRECEDENCE",
].join(":");

/** Everything that is not about mail: files, directories, databases, queues, shells and desktops. */
export async function startDaemons(workshop: Workshop): Promise<void> {
  await startByInetd(workshop);
  await startDirectories(workshop);
  await startDatabases(workshop);
  await startQueues(workshop);
  await startDesktops(workshop);
}

const FTP: Readonly<Partial<Record<ServiceDoor, readonly string[]>>> = {
  "ftp-plain": ["ssl_enable=NO"],
  "ftp-optional": ["ssl_enable=YES", "force_local_logins_ssl=NO", "force_local_data_ssl=NO"],
  "ftp-forced": ["ssl_enable=YES", "force_local_logins_ssl=YES", "force_local_data_ssl=YES"],
  "ftp-implicit": ["ssl_enable=YES", "implicit_ssl=YES"],
};

/** inetd starts vsftpd, telnetd and sshd for each connection. */
async function startByInetd(workshop: Workshop): Promise<void> {
  const folder = workshop.path("inetd");
  await mkdir(join(folder, "empty"), { recursive: true });
  const lines: string[] = [];
  const add = (door: ServiceDoor, port: number, program: string, ...parameters: readonly string[]): void => {
    const named = [program.split("/").at(-1), ...parameters].join(" ");
    lines.push(`${addressOfDoor(door)}:${port} stream tcp nowait root ${program} ${named}`);
  };
  for (const [door, options] of Object.entries(FTP) as [ServiceDoor, readonly string[]][]) {
    const file = join(folder, `${door}.conf`);
    const common = [
      "listen=NO\nanonymous_enable=NO\nlocal_enable=YES\nseccomp_sandbox=NO\nrequire_ssl_reuse=NO",
      `secure_chroot_dir=${folder}/empty\nvsftpd_log_file=${folder}/vsftpd.log`,
      `rsa_cert_file=${webFile(workshop, "good.pem")}\nrsa_private_key_file=${webFile(workshop, "good.key")}`,
      `ssl_ciphers=${GOOD_SUITES}`,
    ];
    await writeFile(file, `${[...common, ...options].join("\n")}\n`);
    add(door, door === "ftp-implicit" ? 990 : 21, "/usr/sbin/vsftpd", file);
  }
  const key = join(folder, "ssh-key");
  await runToEnd("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key]);
  await runToEnd("mkdir", ["-p", "/run/sshd"]);
  add("shell", 22, "/usr/sbin/sshd", "-i", "-f", "/dev/null", "-h", key);
  add("shell", 23, "/usr/sbin/telnetd");
  await writeFile(join(folder, "inetd.conf"), `${lines.join("\n")}\n`);
  workshop.start("inetd", "inetd", ["-i", "-R", "100000", join(folder, "inetd.conf")]);
}

async function startDirectories(workshop: Workshop): Promise<void> {
  const withTls = [
    `TLSCertificateFile ${webFile(workshop, "good.pem")}`,
    `TLSCertificateKeyFile ${webFile(workshop, "good.key")}`,
    `TLSCACertificateFile ${webFile(workshop, WEB_CA)}`,
    `TLSCipherSuite ${GNUTLS_SUITES}`,
  ];
  const directories = [
    ["ldap-plain", []],
    ["ldap-optional", withTls],
    ["ldap-strict", [...withTls, "security tls=1"]],
  ] as const;
  for (const [door, settings] of directories) {
    const file = workshop.path(`${door}.conf`);
    await writeFile(file, `pidfile ${workshop.path(`${door}.pid`)}\n${settings.join("\n")}\n`);
    const at = addressOfDoor(door);
    const urls = settings.length === 0 ? `ldap://${at}` : `ldap://${at} ldaps://${at}`;
    workshop.start(door, "slapd", ["-d", "0", "-h", urls, "-f", file]);
  }
}

async function startDatabases(workshop: Workshop): Promise<void> {
  const { stdout } = await runToEnd("sh", ["-c", `ls -d ${POSTGRES_PROGRAMS}/*/bin | tail -1`]);
  const programs = stdout.trim();
  const certificate = await copyForPostgres(workshop);
  await Promise.all(
    (["postgres-tls", "postgres-plain"] as const).map(async (door) => {
      const data = workshop.path(door);
      await mkdir(data);
      await runToEnd("chown", ["postgres", data]);
      const asPostgres = ["--reuid", "postgres", "--regid", "postgres", "--clear-groups"];
      const made = [join(programs, "initdb"), "--no-sync", "-A", "scram-sha-256", "--pwfile=/proc/version", "-D", data];
      const { status, stderr } = await runToEnd("setpriv", [...asPostgres, ...made], { cwd: data });
      if (status !== 0) throw new Error(`initdb: ${stderr}`);
      const access = door === "postgres-tls" ? "hostssl" : "host";
      await writeFile(join(data, "pg_hba.conf"), `${access} all all 0.0.0.0/0 scram-sha-256\n`);
      const settings = [
        `listen_addresses=${addressOfDoor(door)}`,
        "unix_socket_directories=",
        ...(door === "postgres-tls" ? ["ssl=on", ...certificate] : ["ssl=off"]),
      ];
      const options = settings.flatMap((each) => ["-c", each]);
      workshop.start(door, "setpriv", [...asPostgres, join(programs, "postgres"), "-D", data, ...options]);
    }),
  );
  for (const door of ["mysql-tls", "mysql-plain"] as const) {
    const data = workshop.path(door);
    await mkdir(data);
    await runToEnd("chown", ["mysql", data]);
    const files = [`--ssl-cert=${webFile(workshop, "good.pem")}`, `--ssl-key=${webFile(workshop, "good.key")}`];
    const tls = door === "mysql-tls" ? [...files, "--require-secure-transport=ON"] : ["--skip-ssl"];
    const place = [`--bind-address=${addressOfDoor(door)}`, `--socket=${data}/socket`, `--pid-file=${data}/pid`];
    const rest = ["--skip-grant-tables", "--skip-name-resolve", "--innodb-buffer-pool-size=8M"];
    workshop.start(door, "mariadbd", ["--no-defaults", "--user=root", `--datadir=${data}`, ...place, ...rest, ...tls]);
  }
}

/** PostgreSQL takes a key only where it is its own. */
async function copyForPostgres(workshop: Workshop): Promise<readonly string[]> {
  const [certificate, key] = [workshop.path("postgres.pem"), workshop.path("postgres.key")];
  await runToEnd("install", ["-o", "postgres", "-m", "600", webFile(workshop, "good.pem"), certificate]);
  await runToEnd("install", ["-o", "postgres", "-m", "600", webFile(workshop, "good.key"), key]);
  return [
    `ssl_cert_file=${certificate}`,
    `ssl_key_file=${key}`,
    "ssl_ecdh_curve=prime256v1",
    `ssl_ciphers=${GOOD_SUITES}`,
  ];
}

async function startQueues(workshop: Workshop): Promise<void> {
  const at = addressOfDoor("queue");
  const secured = (port: number, name: string): string =>
    [
      `listener ${port} ${at}\ncertfile ${webFile(workshop, `${name}.pem`)}\nkeyfile ${webFile(workshop, `${name}.key`)}`,
      `tls_version tlsv1.2\nciphers ${GOOD_SUITES}\n`,
    ].join("\n");
  const file = workshop.path("mosquitto.conf");
  const mosquitto = [
    `user root\nallow_anonymous true\nlistener 1883 ${at}`,
    secured(8883, "good"),
    secured(8884, "expired"),
  ];
  await writeFile(file, mosquitto.join("\n"));
  workshop.start("mosquitto", "mosquitto", ["-c", file]);
  const tls = [
    ...["--tls-port", "6380", "--tls-cert-file", webFile(workshop, "good.pem"), "--tls-auth-clients", "no"],
    ...["--tls-key-file", webFile(workshop, "good.key"), "--tls-ciphers", GOOD_SUITES],
    ...["--tls-ca-cert-file", webFile(workshop, WEB_CA), "--requirepass", "hemmelig"],
  ];
  workshop.start("redis", "redis-server", ["--bind", addressOfDoor("redis"), "--save", "", ...tls]);
  const open = ["--bind", addressOfDoor("redis-protected"), "--save", "", "--protected-mode", "yes"];
  workshop.start("redis-protected", "redis-server", open);
}

async function startDesktops(workshop: Workshop): Promise<void> {
  for (const [door, layer, certificate] of [
    ["desktop-tls", "tls", "good"],
    ["desktop-open", "negotiate", "good"],
    ["desktop-self-signed", "tls", "self-signed"],
  ] as const) {
    const file = workshop.path(`${door}.ini`);
    const lines = [
      `[Globals]\nini_version=1\nfork=true\nport=tcp://${addressOfDoor(door)}:3389\nsecurity_layer=${layer}`,
      `crypt_level=high\ncertificate=${webFile(workshop, `${certificate}.pem`)}\nkey_file=${webFile(workshop, `${certificate}.key`)}`,
      `ssl_protocols=TLSv1.2, TLSv1.3\ntls_ciphers=${GOOD_SUITES}`,
      `[Logging]\nLogFile=${workshop.path(`${door}-own.log`)}\nEnableSyslog=false\n`,
    ];
    await writeFile(file, lines.join("\n"));
    await chmod(file, 0o644);
    workshop.start(door, "xrdp", ["-n", "-c", file]);
  }
}

function webFile(workshop: Workshop, file: string): string {
  return workshop.path(join(WEB_FOLDER, file));
}
