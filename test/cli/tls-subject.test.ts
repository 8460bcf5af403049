import { describe, expect, test } from "@jest/globals";
import { tlsSubject } from "../../lib/cli/tls-subject.ts";
import type { Asset } from "../../lib/core/asset.ts";
import { assetsOfName } from "../../lib/inventory/assets-of-name.ts";
import { inventoryOfAssets } from "../../lib/inventory/inventory.ts";

function asset(text: string): Asset {
  const [named] = (() => {
    const found = assetsOfName(text);
    if (!found.ok) throw new Error(found.expected.en);
    return found.value;
  })();
  if (named === undefined) throw new Error(`${text} is nothing`);
  return named.asset;
}

const DECLARED = ["imap://mail.kommune.dk:1143", "sip://mail.kommune.dk:5061", "imaps://[2001:db8::1]:993"];
const inventory = inventoryOfAssets([...DECLARED, "host:www.kommune.dk"].map(asset));
const subject = (text: string): string => tlsSubject(text, inventory).id;

describe("HOST:PORT", () => {
  test.each([
    ["www.kommune.dk:0", "expected a port from 1 to 65535"],
    ["www.kommune.dk:65536", "expected a port from 1 to 65535"],
    ["[2001:db8::1]:0", "expected a port from 1 to 65535"],
    ["www.kommune.dk:https", "expected a host, with a port if wanted"],
    ["www.kommune.dk:", "expected a host, with a port if wanted"],
    ["www.kommune.dk/kontakt", "expected a host, with a port if wanted"],
    ["[2001:db8::1", "expected a host, with a port if wanted"],
    ["192.0.2.0/28", "expected a host, with a port if wanted"],
    ["", '"": expected a host, with a port if wanted'],
    ["bruger@www.kommune.dk", "expected a name of letters"],
    ["https://bruger:kode@www.kommune.dk/", "expected a web address"],
  ])("%s is wrong usage, told by what it lacks", (text, words) => {
    expect(() => tlsSubject(text, inventory)).toThrow(words);
  });

  test.each([
    ["mail.kommune.dk:1143", asset("imap://mail.kommune.dk:1143").id],
    ["Mail.Kommune.DK:1143", asset("imap://mail.kommune.dk:1143").id],
    ["[2001:db8:0::1]:993", asset("imaps://[2001:db8::1]:993").id],
  ])("%s is the service that is declared there", (text, id) => {
    expect(subject(text)).toBe(id);
  });

  test.each([
    // SIP is declared over UDP, whose ports are others.
    ["mail.kommune.dk:5061", asset("https://mail.kommune.dk:5061/").id],
    ["mail.kommune.dk:8443", asset("https://mail.kommune.dk:8443/").id],
    ["mail.kommune.dk:143", asset("imap://mail.kommune.dk:143").id],
    ["www.kommune.dk", "host:www.kommune.dk"],
    ["https://mail.kommune.dk:1143/", asset("https://mail.kommune.dk:1143/").id],
  ])("%s is what its port or form says", (text, id) => {
    expect(subject(text)).toBe(id);
  });
});
