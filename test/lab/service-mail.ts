import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { addressOfDoor, type ServiceDoor } from "./service-case.ts";
import { WEB_FOLDER } from "./web-certificates.ts";
import { runToEnd, type Workshop } from "./workshop.ts";

const GOOD_SUITES = "ECDHE+AESGCM:ECDHE+CHACHA20";
const DAEMONS = "/usr/lib/postfix/sbin";

/** Dovecot's settings at each of its addresses. */
const MAILBOXES: Readonly<Partial<Record<ServiceDoor, readonly string[]>>> = {
  "mail-open": ["ssl = yes", "disable_plaintext_auth = no"],
  "mail-strict": ["ssl = required", "disable_plaintext_auth = yes"],
  "mail-old": [
    "ssl = required",
    "disable_plaintext_auth = yes",
    "ssl_min_protocol = TLSv1",
    `ssl_cipher_list = ${GOOD_SUITES}:ECDHE+AES:@SECLEVEL=0`,
  ],
  "mail-plain": ["ssl = no", "disable_plaintext_auth = no"],
};

/** Options of postfix at each of its addresses. Dovecot knows the passwords. */
const WITH_AUTH = ["smtpd_sasl_auth_enable=yes"];
const SUBMISSIONS: Readonly<Partial<Record<ServiceDoor, readonly string[]>>> = {
  "submission-open": ["smtpd_tls_security_level=may", "smtpd_tls_auth_only=no", ...WITH_AUTH],
  "submission-strict": ["smtpd_tls_security_level=encrypt", ...WITH_AUTH],
  "submission-may": ["smtpd_tls_security_level=may", "smtpd_tls_auth_only=yes", ...WITH_AUTH],
  "submission-plain": ["smtpd_tls_security_level=none", "smtpd_tls_auth_only=no", ...WITH_AUTH],
  "submission-anonymous": ["smtpd_tls_security_level=none", "smtpd_sasl_auth_enable=no"],
};

/** One dovecot for IMAP and POP3, and one postfix for submission. */
export async function startMailServices(workshop: Workshop): Promise<void> {
  const folder = workshop.path("dovecot");
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o711);
  await writeFile(join(folder, "dovecot.conf"), dovecotSettings(workshop, folder));
  workshop.start("dovecot", "dovecot", ["-F", "-c", join(folder, "dovecot.conf")]);
  await startSubmission(workshop, join(folder, "auth"));
}

function dovecotSettings(workshop: Workshop, folder: string): string {
  const addresses = doorsOf(MAILBOXES).map(([door]) => addressOfDoor(door));
  const listeners = (name: string, port: number, more: string): string[] =>
    addresses.map((at, index) => `inet_listener ${name}-${index} {\naddress = ${at}\nport = ${port}\n${more}}`);
  const none = ["inet_listener imap {\nport = 0\n}", "inet_listener imaps {\nport = 0\n}"];
  const web = (file: string): string => workshop.path(join(WEB_FOLDER, file));
  return [
    `protocols = imap pop3\nbase_dir = ${folder}/run\nstate_dir = ${folder}\nlog_path = ${folder}/log`,
    "login_trusted_networks =\nmail_location = maildir:/nonexistent",
    "passdb {\ndriver = static\nargs = password=hemmelig\n}\nuserdb {\ndriver = static\nargs = uid=mail gid=mail\n}",
    `ssl_cert = <${web("good.pem")}\nssl_key = <${web("good.key")}\nssl_min_protocol = TLSv1.2`,
    `ssl_cipher_list = ${GOOD_SUITES}\nssl_curve_list = X25519:prime256v1:secp384r1\nssl_prefer_server_ciphers = yes`,
    "service imap-login {\nchroot =\nservice_count = 0",
    ...none,
    ...listeners("imap", 143, ""),
    ...listeners("imaps", 993, "ssl = yes\n"),
    "}\nservice pop3-login {\nchroot =\nservice_count = 0",
    ...none.map((line) => line.replaceAll("imap", "pop3")),
    ...listeners("pop3", 110, ""),
    ...listeners("pop3s", 995, "ssl = yes\n"),
    `}\nservice auth {\nunix_listener ${folder}/auth {\nmode = 0666\n}\n}`,
    ...doorsOf(MAILBOXES).map(([door, lines]) => `local ${addressOfDoor(door)} {\n${lines.join("\n")}\n}`),
    "",
  ].join("\n");
}

async function startSubmission(workshop: Workshop, authSocket: string): Promise<void> {
  const folder = workshop.path("submission");
  for (const name of ["conf", "queue", "data"]) await mkdir(join(folder, name), { recursive: true });
  await runToEnd("chown", ["postfix", join(folder, "data")]);
  const web = (file: string): string => workshop.path(join(WEB_FOLDER, file));
  const main = [
    "compatibility_level = 3.6\nmail_owner = postfix\nsetgid_group = postdrop\nmyhostname = post.lab.example",
    `queue_directory = ${folder}/queue\ndata_directory = ${folder}/data\ncommand_directory = /usr/sbin`,
    `daemon_directory = ${DAEMONS}\nmaillog_file = ${folder}/maillog\nmaillog_file_prefixes = ${folder}`,
    "mynetworks =\nmydestination =\nlocal_recipient_maps =\nalias_maps =\nalias_database =\nsmtpd_peername_lookup = no",
    "smtpd_client_connection_count_limit = 0\nsmtpd_client_connection_rate_limit = 0",
    "smtpd_relay_restrictions = permit_sasl_authenticated, reject",
    `smtpd_sasl_type = dovecot\nsmtpd_sasl_path = ${authSocket}`,
    `smtpd_tls_cert_file = ${web("good.pem")}\nsmtpd_tls_key_file = ${web("good.key")}`,
    "smtpd_tls_protocols = >=TLSv1.2\nsmtpd_tls_mandatory_protocols = >=TLSv1.2\nsmtpd_tls_ciphers = high",
    `smtpd_tls_mandatory_ciphers = high\ntls_high_cipherlist = ${GOOD_SUITES}\ntls_preempt_cipherlist = yes`,
    "tls_eecdh_auto_curves = X25519 prime256v1 secp384r1\ntls_ffdhe_auto_groups =",
  ];
  const doors = doorsOf(SUBMISSIONS).flatMap(([door, options]) => {
    const line = (port: number, more: readonly string[]): string =>
      `${addressOfDoor(door)}:${port} inet n - n - - smtpd ${[...options, ...more].map((each) => `-o ${each}`).join(" ")}`;
    return [line(587, []), line(25, []), line(465, ["smtpd_tls_wrappermode=yes", "smtpd_tls_security_level=encrypt"])];
  });
  const master = [
    ...doors,
    "tlsmgr unix - - n 1000? 1 tlsmgr",
    "anvil unix - - n - 1 anvil",
    "rewrite unix - - n - - trivial-rewrite",
    "proxymap unix - - n - - proxymap",
    "postlog unix-dgram n - n - 1 postlogd",
  ];
  await writeFile(join(folder, "conf", "main.cf"), `${main.join("\n")}\n`);
  await writeFile(join(folder, "conf", "master.cf"), `${master.join("\n")}\n`);
  // Postfix waits until its settings are two seconds old.
  await runToEnd("touch", ["-d", "1 minute ago", join(folder, "conf", "main.cf"), join(folder, "conf", "master.cf")]);
  const checked = await runToEnd("postfix", ["-c", join(folder, "conf"), "check"]);
  if (checked.status !== 0) throw new Error(`postfix check: ${checked.stderr.trim()}`);
  workshop.start("submission", join(DAEMONS, "master"), ["-c", join(folder, "conf"), "-d"]);
}

function doorsOf(table: Readonly<Partial<Record<ServiceDoor, readonly string[]>>>) {
  return Object.entries(table) as [ServiceDoor, readonly string[]][];
}
