import { readFile } from "node:fs/promises";
import type { GatewayManner } from "./gateways.ts";
import { EHLO_WITHOUT_STARTTLS, type SmtpBehaviour, type SmtpCertificate, wellBehaved } from "./smtp-behaviour.ts";

const GREYLISTED = "421 4.7.0 Try again later\r\n";

/** How gateways of each manner behave, with the certificates in `folder`. */
export async function loadManners(folder: URL): Promise<Readonly<Record<GatewayManner, SmtpBehaviour>>> {
  const text = (file: string): Promise<string> => readFile(new URL(file, folder), "utf8");
  const certificate = async (name: string): Promise<SmtpCertificate> => {
    return { key: await text(`${name}.key`), chain: await text(`${name}.pem`) };
  };
  const [rsa, ecdsa, otherRsa, otherEcdsa, leaf, authority] = await Promise.all([
    certificate("mail-rsa"),
    certificate("mail-ecdsa"),
    certificate("mail-other-rsa"),
    certificate("mail-other-ecdsa"),
    certificate("mail-anchored"),
    text("mail-ca.pem"),
  ]);
  return {
    well: wellBehaved(rsa, ecdsa),
    renewed: wellBehaved(otherRsa, otherEcdsa),
    "other-ecdsa": wellBehaved(rsa, otherEcdsa),
    anchored: wellBehaved({ ...leaf, chain: leaf.chain + authority }),
    unanchored: wellBehaved(leaf),
    "no-starttls": { ehlo: EHLO_WITHOUT_STARTTLS },
    greylisting: { greeting: GREYLISTED },
    tarpit: { greeting: { act: "silence" } },
  };
}
