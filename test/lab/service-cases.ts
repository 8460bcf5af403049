import type { Expected } from "../../lib/practice/practice-case.ts";
import type { ServiceDoor, ServiceLabCase } from "./service-case.ts";

const PASS: Expected = { verdict: "pass" };
const PROTECTED: Expected = { verdict: "pass", tags: ["S27_SERVICE_LOGIN_PROTECTED"] };
const TLS: Expected = { verdict: "pass", tags: ["S27_SERVICE_ENCRYPTED"] };
const fails = (...tags: readonly string[]): Expected => ({ verdict: "fail", tags });
const PLAIN_LOGIN = fails("S27_SERVICE_PLAIN_LOGIN");
const NO_TLS = fails("S27_SERVICE_NO_TLS");
const CLEAR = fails("S27_SERVICE_CLEAR");
/** Only a login would tell, and nobody logs in. */
const UNTOLD: Expected = {
  verdict: "indeterminate",
  causes: ["not-observable"],
  tags: ["S27_SERVICE_LOGIN_UNKNOWN"],
};
const NOT_UNDERSTOOD: Expected = { verdict: "indeterminate", causes: ["not-observable", "protocol-error"] };
const NOT_JUDGED = (...tags: readonly string[]): Expected => ({ verdict: "not-applicable", tags });

type Row = readonly [door: ServiceDoor, scheme: string, port: number, expected: Expected, reason: string];

const MAIL: readonly Row[] = [
  ["mail-open", "imap", 143, PLAIN_LOGIN, "27.2: no LOGINDISABLED (RFC 9051 section 6.2.3)"],
  ["mail-open", "pop3", 110, PLAIN_LOGIN, "27.2: USER before STLS (RFC 2595 section 2.2)"],
  ["mail-open", "imaps", 993, TLS, "RFC 8314 section 3: TLS from the first octet"],
  ["mail-strict", "imap", 143, PROTECTED, "27.2: LOGINDISABLED and no mechanism before STARTTLS"],
  ["mail-strict", "pop3", 110, PROTECTED, "27.2: neither USER nor SASL before STLS"],
  ["mail-strict", "pop3s", 995, TLS, "RFC 8314 section 3"],
  ["mail-strict", "imap", 993, TLS, "declared by the wrong scheme: it takes nothing but TLS all the same"],
  ["mail-strict", "imaps", 143, CLEAR, "declared by the wrong scheme: it begins in clear where TLS was promised"],
  ["mail-strict", "pop3", 143, NOT_UNDERSTOOD, "another protocol answers"],
  ["mail-old", "imap", 143, fails("S27_PROFILE_VERSION"), "clause (c): TLS 1.0 after STARTTLS"],
  ["mail-old", "imaps", 993, fails("S27_PROFILE_VERSION"), "clause (c): TLS 1.0"],
  ["mail-plain", "imap", 143, NO_TLS, "27.1: IMAP without STARTTLS"],
  ["mail-plain", "pop3", 110, NO_TLS, "27.1: POP3 without STLS"],
  ["submission-open", "submission", 587, PLAIN_LOGIN, "27.2: AUTH before STARTTLS"],
  ["submission-open", "submissions", 465, TLS, "RFC 8314 section 3.3"],
  ["submission-strict", "submission", 587, PROTECTED, "27.2: no AUTH before STARTTLS"],
  ["submission-strict", "smtp", 587, PROTECTED, "the same service under another scheme"],
  ["submission-may", "submission", 587, PROTECTED, "27.2: no AUTH before STARTTLS"],
  ["submission-may", "submission", 465, TLS, "declared by the wrong scheme: TLS from the first octet"],
  ["submission-plain", "submission", 587, NO_TLS, "27.1: AUTH, and no STARTTLS"],
  ["submission-anonymous", "submission", 587, NO_TLS, "27.1: mail goes in clear alone"],
  ["submission-open", "smtp", 25, NOT_JUDGED("S27_SERVICE_EXEMPT"), "27.3: SMTP at port 25"],
];

const OTHERS: readonly Row[] = [
  ["ftp-plain", "ftp", 21, NO_TLS, "27.1: FTP without AUTH TLS"],
  ["ftp-optional", "ftp", 21, PLAIN_LOGIN, "RFC 4217: AUTH TLS, but a password is asked for without it"],
  ["ftp-forced", "ftp", 21, PROTECTED, "RFC 4217 section 4: USER is refused before AUTH TLS"],
  ["ftp-implicit", "ftps", 990, PASS, "TLS from the first octet"],
  ["ldap-plain", "ldap", 389, NO_TLS, "27.1: LDAP that knows no StartTLS"],
  ["ldap-optional", "ldap", 389, UNTOLD, "RFC 4511 section 4.14: whether a bind in clear is taken only a bind shows"],
  ["ldap-optional", "ldaps", 636, TLS, "TLS from the first octet"],
  ["ldap-strict", "ldap", 389, PROTECTED, "RFC 4511 appendix A.2: confidentialityRequired to everything before TLS"],
  ["mysql-tls", "mysql", 3306, UNTOLD, "whether a login in clear is taken only a login shows"],
  ["mysql-plain", "mysql", 3306, NO_TLS, "27.1: a database without TLS"],
  ["postgres-tls", "postgres", 5432, UNTOLD, "as for MySQL"],
  ["postgres-plain", "postgres", 5432, NO_TLS, "27.1: a database without TLS"],
  ["queue", "mqtt", 1883, CLEAR, "27.1: MQTT in clear"],
  ["queue", "mqtts", 8883, TLS, "TLS from the first octet"],
  ["queue", "mqtt", 8883, TLS, "declared by the wrong scheme: it takes nothing but TLS all the same"],
  ["queue", "mqtt", 8884, fails("S27_CERTIFICATE_EXPIRED"), "its TLS is judged whatever scheme declares it"],
  ["redis", "redis", 6379, CLEAR, "27.1: a database in clear, although it wants a password"],
  ["redis", "rediss", 6380, TLS, "TLS from the first octet"],
  ["redis-protected", "redis", 6379, CLEAR, "27.1: it turns us away, in clear"],
  ["shell", "telnet", 23, CLEAR, "27.1: telnet"],
  ["shell", "ssh", 22, NOT_JUDGED("S27_SERVICE_OWN"), "27.3: SSH encrypts by itself"],
  ["desktop-tls", "rdp", 3389, PROTECTED, "27.1: RDP with TLS alone"],
  [
    "desktop-self-signed",
    "rdp",
    3389,
    fails("S27_SERVICE_LOGIN_PROTECTED", "S27_CERTIFICATE_SELF_SIGNED"),
    "the certificate is judged in RDP, too",
  ],
  ["desktop-open", "rdp", 3389, PLAIN_LOGIN, "27.1: RDP takes its own old security, too"],
];

const ODD: readonly Row[] = [
  ["odd-stripped", "imap", 143, NO_TLS, "whoever strips STARTTLS leaves a login in clear"],
  [
    "odd-refused",
    "submission",
    587,
    { verdict: "indeterminate", causes: ["tls-failed"], acceptable: ["fail"] },
    "STARTTLS is offered and refused, and no login is: nothing can be used",
  ],
  [
    "odd-injected",
    "imap",
    143,
    { verdict: "indeterminate", causes: ["protocol-error"], acceptable: ["fail"] },
    "octets in clear after the go-ahead: somebody is in between (RFC 3207 section 6)",
  ],
  ["odd-preauth", "imap", 143, { verdict: "fail" }, "RFC 9051 section 7.1.4: logged in before TLS"],
  ["odd-lines", "submission", 587, PROTECTED, "RFC 5321 section 4.2.1: a greeting of many lines is one"],
  [
    "odd-slow",
    "submission",
    587,
    { ...PASS, acceptable: ["indeterminate"], causes: ["tool-limit", "protocol-error"] },
    "six seconds of postscreen",
  ],
  ["odd-no-capa", "pop3", 110, UNTOLD, "RFC 2449 section 5: nothing is told before a login"],
  ["odd-two-minds", "imap", 143, PLAIN_LOGIN, "mechanisms in the greeting, before LOGINDISABLED is said"],
  [
    "odd-endless",
    "submission",
    587,
    { verdict: "indeterminate", causes: ["tool-limit", "protocol-error"] },
    "a greeting without end",
  ],
  ["odd-banner", "ldap", 389, NOT_UNDERSTOOD, "another protocol speaks first"],
  [
    "odd-broken-tls",
    "imap",
    143,
    { verdict: "indeterminate", causes: ["tls-failed"], acceptable: ["fail"] },
    "the go-ahead for TLS, and then an alert to every hello: nothing can be used",
  ],
  [
    "odd-late-refusal",
    "submission",
    587,
    { verdict: "indeterminate", causes: ["greylisted"] },
    "RFC 3207: 454 is for now",
  ],
];

export const SERVICE_CASES: readonly ServiceLabCase[] = [...MAIL, ...OTHERS, ...ODD].map(
  ([door, scheme, port, expected, reason]) => ({ door, scheme, port, expected, reason }),
);
