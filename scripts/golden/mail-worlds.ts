import type { DomainAsset } from "../../lib/core/asset.ts";
import type { ObservationKind } from "../../lib/core/observation.ts";
import type { World } from "../../lib/core/scenario.ts";
import { IPV4, IPV6, presents, reply, tlsa, unseen } from "../../lib/requirements/s20/scenario-world.ts";
import { goodZone } from "../../lib/requirements/s23/base-world.ts";
import { name } from "../../lib/wire/name.ts";

/** A domain and the small internet that its mail is in. */
export interface MailWorld {
  readonly asset: DomainAsset;
  readonly world: World;
}

/** Whatever the requirements about mail are judged from. */
export const MAIL_KINDS: readonly ObservationKind[] = [
  "dns.gateways",
  "dns.dane",
  "smtp.gateway",
  "dns.dmarc",
  "dns.spf",
  "dns.dkim",
];

/** What the inventory says of a domain's mail. */
type SaidOfMail = Pick<DomainAsset, "dkimSelectors" | "sendsMail">;

const SIGNING: SaidOfMail = { dkimSelectors: ["selector1"], sendsMail: true };

/** Wrong, and accepted in writing. */
export const EXEMPTED_MAIL = "svag-politik.dk";

const OWN = presents({ ecdsa: ["ecdsa", "intermediate"] });
const TLSA = [tlsa("3 1 1", "ecdsa"), tlsa("3 1 1", "next")];
const TURNED_AWAY = presents({}, { greeting: reply(421), ehlo: null, keywords: [], startTls: null, handshakes: [] });

/** Right, wrong for reasons of each requirement, unknown for several causes, without mail, and judged by the reading. */
export const MAIL_WORLDS: readonly MailWorld[] = [
  {
    asset: domain("god-post.dk"),
    world: {
      zones: [
        goodZone({
          name: "god-post.dk",
          without: ["_dmarc TXT"],
          records: [
            ...TLSA,
            '_dmarc TXT "v=DMARC1; p=reject; rua=mailto:dmarc@god-post.dk"',
            // A gateway has a name of its own that mail could be sent in.
            'mx TXT "v=spf1 a -all"',
          ],
        }),
      ],
      gateways: { [IPV4]: OWN, [IPV6]: OWN },
    },
  },
  {
    asset: domain(EXEMPTED_MAIL),
    world: {
      zones: [
        goodZone({
          name: EXEMPTED_MAIL,
          without: ["_dmarc TXT", "@ TXT"],
          records: ['_dmarc TXT "v=DMARC1; p=quarantine; sp=none"', '@ TXT "v=spf1 mx +all"'],
        }),
      ],
      gateways: { [IPV4]: OWN, [IPV6]: OWN },
    },
  },
  {
    asset: domain("leverandoer-post.dk"),
    world: {
      zones: [
        goodZone({
          name: "leverandoer-post.dk",
          without: ["@ MX", "@ TXT", "selector1._domainkey TXT"],
          records: [
            "@ MX 10 mx.usigneret-gateway.dk.",
            '@ TXT "v=spf1 include:_spf.findes-ikke.dk -all"',
            'selector1._domainkey TXT "v=DKIM1; p="',
          ],
        }),
        { name: "usigneret-gateway.dk", records: [`mx A ${IPV4}`], state: "unsigned" },
      ],
      gateways: { [IPV4]: OWN },
    },
  },
  {
    asset: domain("ingen-post.dk", { sendsMail: false }),
    world: {
      zones: [
        {
          name: "ingen-post.dk",
          records: ["@ MX 0 .", '@ TXT "v=spf1 -all"', '_dmarc TXT "v=DMARC1; p=reject"'],
        },
      ],
    },
  },
  {
    asset: domain("usigneret-post.dk", { sendsMail: true }),
    world: {
      zones: [
        goodZone({
          name: "usigneret-post.dk",
          without: ["@ MX", "selector1._domainkey TXT"],
          records: ["@ MX 10 mx.gateway.dk."],
          state: "unsigned",
        }),
        { name: "gateway.dk", records: [`mx A ${IPV4}`, ...TLSA] },
      ],
      gateways: { [IPV4]: OWN },
    },
  },
  {
    asset: domain("tavs-post.dk"),
    world: {
      zones: [
        goodZone({
          name: "tavs-post.dk",
          records: TLSA,
          failing: ["_dmarc TXT"],
          silent: ["selector1._domainkey TXT"],
        }),
      ],
      gateways: { [IPV4]: TURNED_AWAY, [IPV6]: unseen("tcp-timeout") },
    },
  },
  {
    asset: domain("brudt-post.dk"),
    world: {
      zones: [goodZone({ name: "brudt-post.dk", records: TLSA, spoilt: ["_dmarc TXT"] })],
      gateways: { [IPV4]: OWN, [IPV6]: presents({ rsa: ["rsa", "intermediate"] }) },
    },
  },
];

function domain(plain: string, said: SaidOfMail = SIGNING): DomainAsset {
  return { kind: "domain", id: `domain:${plain}`, name: plain, domain: name(plain), ...said };
}
