import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { temporaryFolders } from "../adapters/temporary-folder.ts";
import { type QuickPractice, SITE, startQuickPractice } from "./quick-practice.ts";
import { type Ran, runMain } from "./run-main.ts";

const newFolder = temporaryFolders();
const BROKEN = "www.valg-oevelse.dk";
/** At its address nobody answers on the web. */
const SILENT = "www.bibliotek-oevelse.dk";
const GOOD_FIELD = "max-age=63072000; includeSubDomains";

let practice: QuickPractice;
let inventory = "";

beforeAll(async () => {
  practice = await startQuickPractice();
});
beforeEach(() => {
  inventory = path.join(newFolder(), "kommune.json");
  writeFileSync(inventory, practice.inventory());
});
afterAll(() => practice.stop());

function hsts(...args: readonly string[]): Promise<Ran> {
  return runMain(["hsts", ...args, "--inventory", inventory], { services: practice.services });
}

describe("hsts URL", () => {
  test("shows every answer of a good host and of the name beside it", async () => {
    const { code, stdout } = await hsts(SITE);
    expect(code).toBe(0);
    expect(stdout.match(/^\S+ \[.*$/gmu)).toEqual([
      "www.oevelse.dk [185.20.80.1]  80 åben, 443 åben",
      "www.oevelse.dk [2a0d:2000:80::1]  80 åben, 443 åben",
      "oevelse.dk [185.20.80.1]  navnet ved siden af, 80 åben, 443 åben",
      "oevelse.dk [2a0d:2000:80::1]  navnet ved siden af, 80 åben, 443 åben",
    ]);
    for (const answer of [
      String.raw`https / \[200, HTTP/1\.1\]`,
      String.raw`https / \[200, HTTP/2\]`,
      String.raw`https /robots\.txt \[200, HTTP/1\.1\]`,
      String.raw`https /\w+/\w+ \[404, HTTP/1\.1\]`,
    ])
      expect(stdout).toMatch(new RegExp(`^  ${answer} +✓ gælder  «${GOOD_FIELD}»$`, "mu"));
    expect(stdout).toMatch(/^ {2}http {2}\/ \[301, HTTP\/1\.1\] +– ingen, som det skal være$/mu);
    expect(stdout).not.toContain("✗");
    expect(stdout).toMatch(/^browsernes liste \(preload\) kunne ikke spørges \(.*\)$/mu);
    expect(stdout.split("\n")).toContain("K11  opfyldt");
  });

  test.each([`https://${SITE}/`, `${SITE}:443`, `${SITE}/`])("takes %s, too", async (url) => {
    expect(await hsts(url)).toMatchObject({ code: 0 });
  });

  test("says in English why browsers ignore a field, and ends with 1", async () => {
    const { code, stdout } = await hsts(BROKEN, "--lang", "en");
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^ {2}https \/ \[200, HTTP\/2\] +✗ browsers ignore it: max-age is not a whole number {2}«max-age=abc; includeSubDomains»$/mu,
    );
    expect(stdout).toMatch(/^ {2}http {2}\/ \[301, HTTP\/1\.1\] +– none, as it should be$/mu);
    expect(stdout).toContain("K11  not fulfilled");
    for (const tag of ["K11_HEADER_INVALID", "K11_ENTRY_POLICY_INVALID"]) expect(stdout).toContain(`[${tag}]`);
    expect(stdout).not.toMatch(/[æøå]/iu);
  });

  test("a field that is missing where nobody looks is found", async () => {
    const { code, stdout } = await hsts("www.folkeregister-oevelse.dk");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^ {2}https \/ \[200, HTTP\/1\.1\] +✓ gælder/mu);
    expect(stdout).toMatch(/^ {2}https \/\w+\/\w+ \[404, HTTP\/1\.1\] +✗ mangler$/mu);
    expect(stdout).toContain("[K11_HEADER_MISSING]");
  });

  test.each([
    [SILENT, "ingen svar over TCP"],
    ["findes-ikke.oevelse.dk", "navnet findes ikke"],
  ])("%s is not known, never fulfilled: 2", async (host, words) => {
    const { code, stdout } = await hsts(host);
    expect([code, stdout]).toEqual([2, expect.stringContaining(`  ? ${words} (`)]);
    expect(stdout.split("\n")).toContain(`K11  kan ikke afgøres (${words})`);
    expect(stdout).not.toMatch(/✓| +$/mu);
  });

  test.each([
    ["imap://mail.oevelse.dk", "forventede en webadresse"],
    ["oevelse..dk", "forventede et navn uden tomme led"],
  ])("%s is wrong usage, told before anything is looked at", async (text, words) => {
    const services = { openNetwork: () => Promise.reject(new Error("the network was opened")) };
    const { code, stdout, stderr } = await runMain(["hsts", text], { services });
    expect([code, stdout, stderr]).toEqual([64, "", expect.stringContaining(words)]);
  });

  test("is there as JSON", async () => {
    const { code, stdout } = await hsts(BROKEN, "--format", "json");
    expect(code).toBe(1);
    const told = JSON.parse(stdout) as { readonly hosts: readonly { readonly answers: readonly object[] }[] };
    expect(told).toMatchObject({
      ...{ schema: "kravvagt/hsts/1", name: BROKEN, preload: { state: "unknown" } },
      judged: { requirement: "K11", verdict: "fail" },
    });
    expect(told.hosts).toHaveLength(4);
    expect(told.hosts[0]?.answers).toContainEqual(
      expect.objectContaining({
        ...{ url: `https://${BROKEN}/`, field: "max-age=abc; includeSubDomains", fields: 1, state: "ignored" },
      }),
    );
  });
});
