import { describe, expect, test } from "@jest/globals";
import { WEB_CASES } from "../../lib/practice/cases.ts";
import { assetNameOf } from "../../lib/practice/web-case.ts";
import { parseInventory } from "../../lib/inventory/parse-inventory.ts";
import type { Inventory } from "../../lib/inventory/inventory.ts";
import {
  PRACTICE_CONTACT,
  PRACTICE_CONTROLS,
  PRACTICE_PACE,
  practiceInventory,
  type PracticeSelection,
  QUICK_DOMAINS,
  standingCases,
  usualCases,
  usualWebCases,
} from "../../lib/practice/municipality.ts";
import { loadZoneSet } from "../../lib/practice/zone-set.ts";
import { isAtOrBelow, name } from "../../lib/wire/name.ts";
import { ZONES_FOLDER } from "./practice-zones.ts";

const FILES = { trustAnchors: "/root.ds", authority: "/ca.pem" };

function read(selection?: PracticeSelection): Inventory {
  const parsed = parseInventory(JSON.stringify(practiceInventory(FILES, selection)), "practice.json");
  if (!parsed.ok) throw new Error(JSON.stringify(parsed));
  return parsed.inventory;
}

const namesIn = ({ assets }: Inventory) => assets.map((asset) => asset.name);

describe("the practice inventory", () => {
  test("has every case that is looked at in a moment, and neither contacts nor a pace of its own, unless asked", () => {
    const whole = read();
    expect(namesIn(whole)).toHaveLength(usualCases().length + usualWebCases().length);
    const slow = standingCases().filter((each) => !usualCases().includes(each));
    expect(slow.map((each) => each.class)).toEqual(["tarpit-gateway"]);
    expect(namesIn(read({ only: slow.map(({ domain }) => domain) }))).toEqual(slow.map(({ domain }) => domain));
    const slowOnWeb = WEB_CASES.filter((each) => !usualWebCases().includes(each));
    expect(slowOnWeb.map((each) => each.class)).toEqual(["web-tarpit"]);
    expect(namesIn(read({ only: ["web-tarpit"] }))).toEqual(slowOnWeb.map(assetNameOf));
    expect(whole.contacts).toEqual({ email: [], sms: [] });
    expect(whole.settings).toMatchObject({ confirmAfter: 600_000, cadence: {} });
  });

  test("can be had in part, by domain or class, each once and in the usual order", () => {
    expect(namesIn(read({ only: ["expired", "oevelse.dk", "genbrug-oevelse.dk"] }))).toEqual([
      "oevelse.dk",
      "genbrug-oevelse.dk",
    ]);
    expect(namesIn(read({ only: QUICK_DOMAINS })).toSorted()).toEqual(QUICK_DOMAINS.toSorted());
    expect(read({ only: ["web-well", "havn-oevelse.dk", "imap-over-tls"] }).assets.map(({ id }) => id)).toEqual([
      ...["domain:havn-oevelse.dk", "host:www.havn-oevelse.dk", "service:imaps://mail.jobcenter-oevelse.dk"],
    ]);
  });

  test.each(["nobody.dk", "signed-today"])("refuses %s, which is no standing case", (unknown) => {
    expect(() => practiceInventory(FILES, { only: ["oevelse.dk", unknown] })).toThrow(RangeError);
  });

  test("says of mail what the cases say", () => {
    const [well, silent] = read({ only: ["signed", "null-mx"] }).assets;
    expect(well).toMatchObject({ dkimSelectors: ["oevelse2026"], sendsMail: true });
    expect(silent).toMatchObject({ sendsMail: false });
    expect(silent).not.toHaveProperty("dkimSelectors");
  });

  test("can be had to be watched: with somebody to tell and at a pace", () => {
    const { contacts, settings } = read({ only: QUICK_DOMAINS, pace: PRACTICE_PACE });
    expect(contacts.email).toEqual([PRACTICE_CONTACT]);
    expect(settings).toMatchObject({ confirmAfter: 2000, cadence: { domains: 10_000, mail: 10_000, web: 10_000 } });
    const { settings: other } = read({ pace: { confirmAfter: "300ms", cadence: "1s" } });
    expect(other).toMatchObject({ confirmAfter: 300, cadence: { domains: 1000, mail: 1000, web: 1000 } });
  });
});

describe("the quick domains", () => {
  test("have servers that answer, all of them, and do not wait for anything", async () => {
    const { servers } = await loadZoneSet(ZONES_FOLDER);
    for (const domain of QUICK_DOMAINS) {
      const own = servers.filter(({ zones }) =>
        zones.some(({ origin }) => origin !== "dk." && origin !== "." && isAtOrBelow(name(domain), origin)),
      );
      expect(own.map(({ behaviour }) => behaviour)).toEqual(["normal", "normal"]);
    }
  });

  test("are of both kinds, the controls among them", () => {
    const verdictOf = (domain: string) => standingCases().find((one) => name(one.domain) === name(domain))?.verdict;
    expect(QUICK_DOMAINS.map(verdictOf)).toEqual(["pass", "pass", "pass", "pass", "fail", "fail"]);
    const { good, bad } = PRACTICE_CONTROLS;
    expect(good.map(verdictOf)).toEqual(["pass"]);
    expect(bad.map(verdictOf)).toEqual(["fail"]);
    const quick = QUICK_DOMAINS.map((domain) => name(domain));
    expect(quick).toEqual(expect.arrayContaining([...good, ...bad]));
  });
});
