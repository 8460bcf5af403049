/** A zone that a provider's mail gateways are named in, without the final dot. */
export interface GatewayZone {
  readonly zone: string;
  /** Whether it was signed with DNSSEC when this was written; null where that is not known here. Observation decides, not this. */
  readonly signed: boolean | null;
}

/** Who receives or sends mail for others, and what shows that they do. Names are in lower case, without the final dot. */
export interface MailProvider {
  /** As people know it. */
  readonly name: string;
  /** An MX host at or below one of these is the provider's. */
  readonly gateways: readonly GatewayZone[];
  /** What customers include in SPF: that name, or one below it. */
  readonly spf: readonly string[];
  /** DKIM selectors that every customer has, in the order to try. Empty where each chooses or is given their own. */
  readonly selectors: readonly string[];
  /** `documented`: in the provider's own guidance. `seen`: in zones and configurations that customers have published. */
  readonly basis: "documented" | "seen";
}

const unknown = (...zones: readonly string[]): readonly GatewayZone[] => zones.map((zone) => ({ zone, signed: null }));
const signed = (...zones: readonly string[]): readonly GatewayZone[] => zones.map((zone) => ({ zone, signed: true }));
const unsigned = (...zones: readonly string[]): readonly GatewayZone[] =>
  zones.map((zone) => ({ zone, signed: false }));

/**
 * Providers of mailboxes, gateways and mass mail that Danish municipalities are likely to meet. As of 2026-11-23.
 *
 * Sources: the providers' own guidance, among them learn.microsoft.com (DKIM for custom domains; SMTP DANE with mx.microsoft),
 * support.google.com/a (DKIM; the signed names under smtp.goog by way of Internet.nl's change of 2026-07-15),
 * simply.com/dk/support/faq/mail/136, help.one.com, mailchimp.com/developer (mte1, mte2), docs.sendgrid.com, proton.me/support,
 * fastmail.help, kb.mailbox.org, docs.aws.amazon.com/ses, documentation.mailgun.com, ionos.com/help; zones and DNS
 * configurations that customers have published; and a published count over the gateways of Denmark's municipalities, in which
 * Microsoft, centerasecurity.dk, heimdalsecurity.com, hostedsepo.dk, electric.net, iphmx.com, mailanyone.net, mx25.net,
 * messagelabs.com, scanscope.net, comendosystems.com and trendmicro.eu stand, in that order.
 */
export const MAIL_PROVIDERS: readonly MailProvider[] = [
  {
    // CNAMEs to selector1-<domain with dashes>._domainkey.<tenant>.onmicrosoft.com, of late ...<tenant>.<x>-v1.dkim.mail.microsoft.
    name: "Microsoft 365",
    gateways: [...unsigned("mail.protection.outlook.com"), ...signed("mx.microsoft")],
    spf: ["spf.protection.outlook.com"],
    selectors: ["selector1", "selector2"],
    basis: "documented",
  },
  {
    name: "Google Workspace",
    gateways: [...unsigned("google.com", "googlemail.com"), ...signed("smtp.goog")],
    spf: ["_spf.google.com"],
    selectors: ["google"],
    basis: "documented",
  },
  // Gateways in front of other systems: customers choose selectors themselves, or the system behind signs. Where it is not
  // known here who runs one, it goes by its domain.
  { name: "centerasecurity.dk", gateways: unknown("centerasecurity.dk"), spf: [], selectors: [], basis: "seen" },
  { name: "Heimdal", gateways: unknown("heimdalsecurity.com"), spf: [], selectors: [], basis: "seen" },
  { name: "hostedsepo.dk", gateways: unknown("hostedsepo.dk"), spf: [], selectors: [], basis: "seen" },
  {
    name: "VIPRE (FuseMail)",
    gateways: unknown("electric.net", "mailanyone.net", "mx25.net"),
    spf: ["mailanyone.net"],
    selectors: [],
    basis: "seen",
  },
  {
    name: "Comendo",
    gateways: unknown("comendosystems.com", "comendosystems.net"),
    spf: ["spf.comendosystems.com"],
    selectors: [],
    basis: "seen",
  },
  {
    name: "StaySecure",
    gateways: unknown("staysecuregroup.com", "staysecuregroup.net"),
    spf: [],
    selectors: [],
    basis: "seen",
  },
  { name: "scanscope.net", gateways: unknown("scanscope.net"), spf: [], selectors: [], basis: "seen" },
  { name: "Cisco Secure Email", gateways: unknown("iphmx.com"), spf: ["iphmx.com"], selectors: [], basis: "seen" },
  {
    name: "Proofpoint",
    gateways: unknown("pphosted.com", "ppe-hosted.com"),
    spf: ["pphosted.com", "ppe-hosted.com"],
    selectors: [],
    basis: "seen",
  },
  {
    name: "Mimecast",
    gateways: unknown("mimecast.com"),
    spf: ["_netblocks.mimecast.com", "mimecast.com"],
    selectors: [],
    basis: "documented",
  },
  {
    name: "Barracuda",
    gateways: unknown("barracudanetworks.com"),
    spf: ["barracudanetworks.com"],
    selectors: [],
    basis: "seen",
  },
  {
    name: "Symantec Email Security",
    gateways: unknown("messagelabs.com"),
    spf: ["spf.messagelabs.com"],
    selectors: [],
    basis: "documented",
  },
  {
    name: "Trend Micro Email Security",
    gateways: unknown("tmes.trendmicro.eu", "tmes.trendmicro.com"),
    spf: ["spf.tmes.trendmicro.com", "spf.tmes.trendmicro.eu"],
    selectors: [],
    basis: "seen",
  },
  {
    name: "Hornetsecurity",
    gateways: unknown("hornetsecurity.com", "antispameurope.com"),
    spf: ["spf.hornetsecurity.com"],
    selectors: ["hse1", "hse2"],
    basis: "seen",
  },
  {
    name: "Sophos Email",
    gateways: unknown("hydra.sophos.com"),
    spf: ["hydra.sophos.com"],
    selectors: [],
    basis: "seen",
  },
  { name: "Forcepoint", gateways: unknown("mailcontrol.com"), spf: ["mailcontrol.com"], selectors: [], basis: "seen" },
  {
    name: "FortiMail Cloud",
    gateways: unknown("fortimailcloud.com"),
    spf: ["fortimailcloud.com"],
    selectors: [],
    basis: "seen",
  },
  { name: "SEPPmail", gateways: unknown("seppmail.cloud"), spf: [], selectors: [], basis: "seen" },
  {
    name: "SpamExperts (N-able)",
    gateways: unknown("antispamcloud.com"),
    spf: ["antispamcloud.com"],
    selectors: [],
    basis: "seen",
  },
  // Mailboxes.
  {
    name: "Simply.com",
    gateways: unknown("simply.com", "unoeuro.com"),
    spf: ["spf.simply.com", "spf.unoeuro.com"],
    selectors: ["simplycom1", "simplycom2", "unoeuro"],
    basis: "documented",
  },
  {
    name: "one.com",
    gateways: unknown("one.com"),
    spf: ["_custspf.one.com"],
    selectors: ["rsa1", "rsa2", "ed1", "ed2"],
    basis: "seen",
  },
  {
    name: "Proton Mail",
    gateways: signed("protonmail.ch"),
    spf: ["_spf.protonmail.ch"],
    selectors: ["protonmail", "protonmail2", "protonmail3"],
    basis: "documented",
  },
  {
    name: "Fastmail",
    gateways: unknown("messagingengine.com"),
    spf: ["spf.messagingengine.com"],
    selectors: ["fm1", "fm2", "fm3", "mesmtp"],
    basis: "documented",
  },
  {
    name: "mailbox.org",
    gateways: signed("mailbox.org"),
    spf: ["mailbox.org"],
    selectors: ["mbo0001", "mbo0002", "mbo0003", "mbo0004"],
    basis: "documented",
  },
  {
    name: "Zoho Mail",
    gateways: unknown("zoho.com", "zoho.eu", "zohomail.com", "zohomail.eu"),
    spf: ["zoho.com", "zoho.eu", "zohomail.com", "zohomail.eu"],
    selectors: ["zmail", "zoho"],
    basis: "seen",
  },
  {
    name: "IONOS",
    gateways: unknown("ionos.com", "ionos.de", "ionos.es", "ionos.it", "kundenserver.de"),
    spf: ["_spf-eu.ionos.com", "_spf-us.ionos.com"],
    selectors: ["s1-ionos", "s2-ionos", "s42582890"],
    basis: "documented",
  },
  {
    name: "Gandi",
    gateways: unknown("mail.gandi.net"),
    spf: ["_mailcust.gandi.net"],
    selectors: ["gm1", "gm2", "gm3"],
    basis: "documented",
  },
  {
    name: "iCloud",
    gateways: unknown("mail.icloud.com"),
    spf: ["icloud.com"],
    selectors: ["sig1"],
    basis: "documented",
  },
  // Mass mail and systems that send in the customer's name.
  {
    name: "SendGrid",
    gateways: unknown("mx.sendgrid.net"),
    spf: ["sendgrid.net"],
    selectors: ["s1", "s2"],
    basis: "documented",
  },
  {
    name: "Mailchimp Transactional (Mandrill)",
    gateways: unknown("mandrillapp.com"),
    spf: ["spf.mandrillapp.com"],
    selectors: ["mte1", "mte2", "mandrill"],
    basis: "documented",
  },
  { name: "Mailchimp", gateways: [], spf: ["servers.mcsv.net"], selectors: ["k2", "k3", "k1"], basis: "documented" },
  {
    name: "Mailgun",
    gateways: unknown("mailgun.org"),
    spf: ["mailgun.org"],
    selectors: ["mx", "pic", "krs", "k1", "mailo", "smtp"],
    basis: "seen",
  },
  {
    // Three random tokens for each domain: they cannot be guessed.
    name: "Amazon SES",
    gateways: unknown("amazonaws.com"),
    spf: ["amazonses.com"],
    selectors: [],
    basis: "documented",
  },
  // Selectors begin with scph and hold the month in which the customer began: only the inventory knows.
  { name: "SparkPost", gateways: [], spf: ["sparkpostmail.com"], selectors: [], basis: "documented" },
  // Selectors are a date followed by pm; older customers have pm alone.
  {
    name: "Postmark",
    gateways: unknown("inbound.postmarkapp.com"),
    spf: ["spf.mtasv.net"],
    selectors: ["pm"],
    basis: "seen",
  },
  { name: "Mailjet", gateways: [], spf: ["spf.mailjet.com"], selectors: ["mailjet"], basis: "documented" },
  {
    name: "Brevo",
    gateways: [],
    spf: ["spf.brevo.com", "spf.sendinblue.com"],
    selectors: ["brevo1", "brevo2", "mail"],
    basis: "documented",
  },
  { name: "MailerLite", gateways: [], spf: ["_spf.mlsend.com"], selectors: ["litesrv"], basis: "seen" },
  {
    name: "MailerSend",
    gateways: [],
    spf: ["_spf.mailersend.net", "mailersend.net"],
    selectors: ["mlsend"],
    basis: "seen",
  },
  {
    name: "Zendesk",
    gateways: unknown("mail.zendesk.com"),
    spf: ["mail.zendesk.com"],
    selectors: ["zendesk1", "zendesk2"],
    basis: "documented",
  },
  { name: "Salesforce", gateways: [], spf: ["_spf.salesforce.com"], selectors: [], basis: "documented" },
  { name: "Ubivox", gateways: [], spf: ["spf.ubivox.com"], selectors: [], basis: "seen" },
  { name: "Peytz Mail", gateways: [], spf: ["bounce.peytz.dk"], selectors: [], basis: "seen" },
];
