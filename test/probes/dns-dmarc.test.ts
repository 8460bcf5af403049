import { describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { DomainAsset } from "../../lib/core/asset.ts";
import { type Observation, unobserved } from "../../lib/core/observation.ts";
import { MAX_NAMES_BELOW } from "../../lib/mail/dmarc/authors.ts";
import type { DmarcObservation } from "../../lib/mail/observations.ts";
import { probeDmarc } from "../../lib/probes/dns-dmarc.ts";
import { organisationOf, suffixesVersion } from "../../lib/probes/public-suffix.ts";
import { goodDomain, goodZone } from "../../lib/requirements/s23/base-world.ts";
import { name } from "../../lib/wire/name.ts";
import { openRehearsal } from "../support/rehearsal.ts";
import { LABEL, scriptDns } from "./scripted-dns.ts";

const rehearsal = await openRehearsal();

function valueOf({ result }: Observation): DmarcObservation {
  if (result.state !== "observed") throw new Error(result.detail);
  return result.value as DmarcObservation;
}

async function observe(asset: DomainAsset, zone = goodZone()): Promise<DmarcObservation> {
  const [observation] = await rehearsal.observeIn({ zones: [zone] }, asset, ["dns.dmarc"]);
  if (observation === undefined) throw new Error("nothing was observed");
  return valueOf(observation);
}

const questionsOf = ({ book }: DmarcObservation, type: string): readonly string[] =>
  book.filter(({ question }) => question.type === type).map(({ question }) => question.name);

describe("what is asked", () => {
  test("both RFCs' places, for the domain, a name below and one that nobody has made", async () => {
    const value = await observe(goodDomain);
    expect(questionsOf(value, "TXT").toSorted()).toEqual([
      "_dmarc.dk.",
      `_dmarc.${value.randomName}`,
      "_dmarc.kommune.dk.",
      "_dmarc.www.kommune.dk.",
    ]);
    expect(questionsOf(value, "A")).toEqual(["kommune.dk.", "www.kommune.dk."]);
    expect(value.organisations).toContainEqual({ author: name("www.kommune.dk"), organisation: name("kommune.dk") });
    expect(value.suffixes).toBe(suffixesVersion());
  });

  test("destinations of reports outside, once the record is known", async () => {
    const records = ['_dmarc TXT "v=DMARC1; p=reject; rua=mailto:a@rapport.dk,mailto:b@mail.kommune.dk"'];
    const value = await observe(goodDomain, goodZone({ without: ["_dmarc TXT"], records }));
    const asked = questionsOf(value, "TXT").filter((each) => each.includes("_report"));
    expect(asked).toEqual(["kommune.dk._report._dmarc.rapport.dk."]);
    expect(value.organisations).toContainEqual({ author: name("rapport.dk"), organisation: name("rapport.dk") });
  });

  test("as many names below as the limit allows, and no more; all of them are told", async () => {
    const below = Array.from({ length: 300 }, (_, index) => name(`n${String(index)}.kommune.dk`));
    const value = await observe({ ...goodDomain, delegations: below });
    expect(questionsOf(value, "A")).toHaveLength(MAX_NAMES_BELOW + 1);
    expect(value.namesBelow).toHaveLength(301);
    expect(value.book.every(({ reply }) => reply.state === "observed")).toBe(true);
  });

  test("names of many labels stay within what one reading may ask", async () => {
    const below = Array.from({ length: 99 }, (_, index) => name(`n${String(index)}.a.b.c.d.kommune.dk`));
    const value = await observe({ ...goodDomain, delegations: below });
    expect(value.book.length).toBeLessThanOrEqual(1_000);
    expect(value.book.every(({ reply }) => reply.state === "observed")).toBe(true);
  });
});

test("when nobody answers, that is what is observed", async () => {
  const { context } = scriptDns({ resolver: () => unobserved("dns-timeout", "no answer") });
  const observation = await probeDmarc(goodDomain, [], context);
  expect(observation).toMatchObject({
    kind: "dns.dmarc",
    asset: "domain:kommune.dk",
    target: "domain:kommune.dk",
    result: { state: "unobserved", cause: "dns-timeout" },
  });
});

test("the random name is made of the context's label", async () => {
  const { context, asked } = scriptDns({ resolver: () => 2 });
  await probeDmarc(goodDomain, [], context);
  expect(asked).toContain(`_dmarc.${LABEL}.kommune.dk./TXT`);
});

describe("the public suffix list", () => {
  test.each([
    ["kommune.dk", "kommune.dk"],
    ["a.b.kommune.dk", "kommune.dk"],
    ["_dmarc.kommune.dk", "kommune.dk"],
    ["dk", null],
    ["co.uk", null],
    ["kommune.co.uk", "kommune.co.uk"],
    ["www.kommune.azurewebsites.net", "kommune.azurewebsites.net"],
    ["azurewebsites.net", null],
    ["kommune.github.io", "kommune.github.io"],
    ["xn--rdovre-bya.dk", "xn--rdovre-bya.dk"],
    ["kommune.findesikke", "kommune.findesikke"],
    ["a\\.b.dk", null],
    [".", null],
  ])("%s is of %s", (author, expected) => {
    expect(organisationOf(name(author))).toBe(expected === null ? null : name(expected));
  });

  test("the edition that is told is the one installed", () => {
    const main = createRequire(import.meta.url).resolve("tldts");
    const folder = main.slice(0, main.lastIndexOf(`${path.sep}tldts${path.sep}`) + "/tldts".length);
    const { version } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as { version: string };
    expect(suffixesVersion()).toBe(`tldts ${version}`);
  });
});
