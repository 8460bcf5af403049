import type { Scenario } from "../../core/scenario.ts";
import type { Undecided } from "../../tls/observations.ts";
import { fails, leavesOpen, type Said } from "./plain-scenario-world.ts";
import { SERVICE_EXEMPT_SCENARIOS } from "./service-exempt-scenarios.ts";
import { SERVICE_TLS_SCENARIOS } from "./service-tls-scenarios.ts";
import {
  TLS,
  MUTE,
  banner,
  dialogue,
  IMAP,
  CLEAR_IMAP,
  POP3,
  SUBMISSION,
  open,
  speaking,
} from "./service-scenario-world.ts";

const passes = (title: string, tag: string): Said => ({ name: title, tags: [tag], verdict: "pass" });
const TIMEOUT: Undecided = { cause: "tcp-timeout", detail: "no answer to STARTTLS" };

/** 27.1: in clear, and nothing else. */
const CLEAR: readonly Scenario[] = [
  speaking(open("telnet", 23), banner("telnet"), fails("telnet is open", "S27_SERVICE_CLEAR")),
  speaking(open("vnc", 5900), banner(null), fails("VNC is open", "S27_SERVICE_CLEAR")),
  speaking(open("redis", 6379), MUTE, fails("Redis is open and waits for commands", "S27_SERVICE_CLEAR")),
  speaking(open("imaps", 993), banner(null), fails("in clear where TLS was declared", "S27_SERVICE_CLEAR")),
  speaking(
    open("ftp", 21),
    dialogue("ftp", "unknown", [], "not-offered"),
    fails("FTP without AUTH TLS", "S27_SERVICE_NO_TLS"),
  ),
  speaking(
    CLEAR_IMAP,
    dialogue("imap", "offered", ["IMAP4REV1"], "not-offered"),
    fails("IMAP without STARTTLS", "S27_SERVICE_NO_TLS"),
  ),
  speaking(
    open("submission", 587),
    dialogue("smtp", "refused", ["SIZE 1000"], "not-offered"),
    fails("submission with neither STARTTLS nor AUTH", "S27_SERVICE_NO_TLS"),
  ),
  speaking(
    open("smtp", 2525),
    dialogue("smtp", "refused", ["SIZE 1000"], "not-offered"),
    fails("SMTP at 2525 with neither STARTTLS nor AUTH", "S27_SERVICE_NO_TLS"),
  ),
  speaking(
    open("ldap", 389),
    dialogue("ldap", "offered", [], "refused"),
    fails("LDAP refuses TLS", "S27_SERVICE_NO_TLS"),
  ),
  speaking(open("telnet", 23), MUTE, leavesOpen("telnet says nothing", "not-observable", "S27_SERVICE_MUTE")),
  speaking(
    open("smb", 445),
    MUTE,
    leavesOpen("SMB of which not all was seen", "tcp-timeout", "S27_UNOBSERVED_TCP_TIMEOUT"),
    TIMEOUT,
  ),
];

/** 27.2: encrypted on demand. */
const ON_DEMAND: readonly Scenario[] = [
  speaking(
    IMAP,
    dialogue("imap", "refused", ["IMAP4REV1", "STARTTLS", "LOGINDISABLED"]),
    passes("IMAP refuses logins in clear", "S27_SERVICE_LOGIN_PROTECTED"),
  ),
  speaking(
    POP3,
    dialogue("pop3", "refused", ["STLS", "UIDL"]),
    passes("POP3 refuses logins in clear", "S27_SERVICE_LOGIN_PROTECTED"),
  ),
  speaking(
    SUBMISSION,
    dialogue("smtp", "refused", ["STARTTLS", "SIZE 1000"]),
    passes("submission refuses logins in clear", "S27_SERVICE_LOGIN_PROTECTED"),
  ),
  speaking(
    { scheme: "rdp", port: 3389, tls: true },
    dialogue("rdp", "refused"),
    passes("RDP takes no login in clear", "S27_SERVICE_LOGIN_PROTECTED"),
  ),
  speaking(
    IMAP,
    dialogue("imap", "offered", ["IMAP4REV1", "STARTTLS"]),
    fails("IMAP takes logins in clear", "S27_SERVICE_PLAIN_LOGIN"),
  ),
  speaking(
    SUBMISSION,
    dialogue("smtp", "refused", ["STARTTLS", "AUTH PLAIN LOGIN"]),
    fails("submission offers AUTH before STARTTLS", "S27_SERVICE_PLAIN_LOGIN"),
  ),
  speaking(
    IMAP,
    dialogue("imap", "refused", ["STARTTLS", "LOGINDISABLED", "AUTH=PLAIN"]),
    fails("IMAP offers AUTHENTICATE beside LOGINDISABLED", "S27_SERVICE_PLAIN_LOGIN"),
  ),
  speaking(
    IMAP,
    dialogue("imap", "refused", ["IMAP4REV1", "STARTTLS"]),
    leavesOpen("IMAP does not say LOGINDISABLED", "not-observable", "S27_SERVICE_LOGIN_UNKNOWN"),
  ),
  speaking(
    { scheme: "ldap", port: 389, tls: true },
    dialogue("ldap", "unknown"),
    leavesOpen("LDAP with TLS on demand", "not-observable", "S27_SERVICE_LOGIN_UNKNOWN"),
  ),
  speaking(
    CLEAR_IMAP,
    dialogue("imap", "refused", ["LOGINDISABLED"], "refused"),
    leavesOpen("IMAP refuses logins and TLS", "tls-failed", "S27_SERVICE_TLS_BROKEN"),
  ),
  speaking(
    CLEAR_IMAP,
    dialogue("imap", "unknown", [], "not-offered"),
    leavesOpen("IMAP falls silent", "tcp-timeout", "S27_UNOBSERVED_TCP_TIMEOUT"),
    TIMEOUT,
  ),
  speaking(
    { scheme: "imaps", port: 993, tls: true },
    TLS,
    passes("IMAP with TLS from the first octet", "S27_SERVICE_ENCRYPTED"),
  ),
  speaking(
    { scheme: "valg", port: 7000, tls: true },
    TLS,
    passes("a protocol of one's own within TLS", "S27_SERVICE_ENCRYPTED"),
  ),
  speaking(
    open("valg", 7000),
    banner(null),
    leavesOpen("a protocol of one's own in clear", "not-observable", "S27_SERVICE_NOT_UNDERSTOOD"),
  ),
];

export const SERVICE_SCENARIOS: readonly Scenario[] = [
  ...CLEAR,
  ...ON_DEMAND,
  ...SERVICE_TLS_SCENARIOS,
  ...SERVICE_EXEMPT_SCENARIOS,
];
