import type { Scenario } from "../../core/scenario.ts";
import { fails, leavesOpen, type Said } from "./plain-scenario-world.ts";
import { dialogue, IMAP, NO_TLS, speaking, TLS, withTls } from "./service-scenario-world.ts";
import { chain, presenting, withoutTls } from "./tls-scenario-endpoint.ts";

const PROTECTED = "S27_SERVICE_LOGIN_PROTECTED";
const passes = (title: string, tag: string): Said => ({ name: title, tags: [tag], verdict: "pass" });
const at = (scheme: string, port: number) => ({ scheme, port, tls: true });
const SELF_SIGNED = {
  server: presenting(chain("ECDSA", ["self"], null)),
  tags: ["S27_VERSIONS_NOT_HTTPS", "S27_PROFILE_MET", "S27_PROFILE_INFERRED", "S27_CERTIFICATE_SELF_SIGNED"],
} as const;

/** The TLS of services that change to it in protocols other than mail's, or under a scheme that promises none. */
export const SERVICE_TLS_SCENARIOS: readonly Scenario[] = [
  withTls(
    at("rdp", 3389),
    { speech: dialogue("rdp", "refused") },
    SELF_SIGNED,
    fails("RDP with a certificate that nobody vouches for", PROTECTED),
  ),
  withTls(
    at("mqtt", 8883),
    { speech: TLS },
    SELF_SIGNED,
    fails("MQTT within TLS that nobody vouches for", "S27_SERVICE_ENCRYPTED"),
  ),
  speaking(at("mqtt", 8883), TLS, passes("MQTT within TLS", "S27_SERVICE_ENCRYPTED")),
  speaking(at("imap", 993), TLS, passes("IMAP declared where TLS begins at once", "S27_SERVICE_ENCRYPTED")),
  withTls(
    IMAP,
    { speech: dialogue("imap", "refused", ["STARTTLS", "LOGINDISABLED"]) },
    { server: withoutTls, tags: NO_TLS },
    leavesOpen("IMAP promises TLS, and none comes about", "tls-failed", "S27_UNOBSERVED_TLS_FAILED"),
  ),
  speaking(
    at("ftp", 21),
    dialogue("ftp", "offered", ["AUTH TLS"]),
    fails("FTP asks for a password in clear", "S27_SERVICE_PLAIN_LOGIN"),
  ),
  speaking(
    at("ftp", 21),
    dialogue("ftp", "refused", ["AUTH TLS"]),
    passes("FTP refuses USER before AUTH TLS", PROTECTED),
  ),
  speaking(at("ldap", 389), dialogue("ldap", "refused"), passes("LDAP refuses everything before StartTLS", PROTECTED)),
];
