import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseInventory } from "../../lib/inventory/parse-inventory.ts";
import { type InventoryProblem, renderProblem } from "../../lib/inventory/problem.ts";

const WHOLE = readFileSync(new URL("fixtures/whole.yaml", import.meta.url), "utf8");

function read(text: string) {
  const result = parseInventory(text, "kommune.yaml");
  if (!result.ok) throw new Error(result.problems.map((problem) => renderProblem(problem, "en")).join("\n"));
  return result;
}

function problemsOf(text: string): readonly InventoryProblem[] {
  const result = parseInventory(text, "kommune.yaml");
  return result.ok ? [] : result.problems;
}

/** A short form of problems: "line:field". */
function places(text: string): readonly string[] {
  return problemsOf(text).map(({ line, field }) => `${line}:${field}`);
}

function withAsset(asset: string): string {
  return `version: 1\nassets:\n  - ${asset}\n`;
}

describe("an inventory with everything in it", () => {
  const { inventory, warnings, evidence } = read(WHOLE);

  test("gives ids in normal form", () => {
    expect(inventory.assets.map(({ id }) => id)).toEqual([
      "domain:example.dk",
      "domain:xn--kommune--d5a.dk",
      "domain:visit-example.com",
      "host:www.example.dk",
      "url:https://min.example.dk:8443/login/%c3%a6",
      "url:https://min.example.dk/",
      "service:imap://mail.example.dk",
      "service:foo://mail.example.dk:4711",
      "address:192.0.2.0/28",
      "address:2001:db8::/64",
      "resolver:10.1.1.53@rådhus",
    ]);
    for (const { id, name, kind } of inventory.assets) expect(`${kind}:${name}`).toBe(id);
  });

  test("keeps the fields of each kind of asset", () => {
    const [domain, idn, , host, url, , service, , address, , resolver] = inventory.assets;
    expect(domain).toMatchObject({
      domain: "example.dk.",
      dkimSelectors: ["selector1", "selector2"],
      sendsMail: true,
      mailGateways: ["gw.example.net."],
      delegations: ["sub.example.dk.", "_acme-challenge.example.dk."],
    });
    expect(idn).toMatchObject({ sendsMail: "unknown" });
    expect(host).toMatchObject({
      host: "www.example.dk.",
      owner: "web@example.dk",
      tags: ["selvbetjening"],
      critical: true,
      consent: "active",
      since: "2025-01-01",
    });
    expect(url).toMatchObject({ host: "min.example.dk.", url: "https://min.example.dk:8443/Login/%C3%A6" });
    expect(service).toMatchObject({ host: "mail.example.dk.", url: "imap://mail.example.dk:143" });
    expect(address).toMatchObject({
      range: "192.0.2.0/28",
      authorisation: "auth-2026-1",
      expected: ["443/tcp", "25/tcp"],
    });
    expect(resolver).toMatchObject({
      address: "10.1.1.53",
      network: "Rådhus",
      protectiveDns: { product: "quad9", testNames: ["isitblocked.org"] },
    });
  });

  test("reads dates as days in Denmark: to the last millisecond of the last, from the first of the first", () => {
    const [summer, winter] = inventory.attestations;
    expect(summer?.validUntil).toBe(Date.parse("2027-06-30T23:59:59.999+02:00"));
    expect(winter?.validUntil).toBe(Date.parse("2027-01-31T23:59:59.999+01:00"));
    expect(inventory.authorisations[0]?.validFrom).toBe(Date.parse("2026-10-01T00:00:00+02:00"));
    expect(inventory.exemptions[1]?.validUntil).toBe(Date.parse("2027-11-01T12:00:00+01:00"));
  });

  test("resolves what statements call their assets", () => {
    expect(inventory.attestations.map(({ assets }) => assets)).toEqual(["all", ["resolver:10.1.1.53@rådhus"]]);
    expect(inventory.exemptions.map(({ asset }) => asset)).toEqual([
      "domain:visit-example.com",
      "domain:xn--kommune--d5a.dk",
    ]);
    expect(inventory.attestations[1]).toMatchObject({ clause: "2", by: { name: "Anna And" } });
  });

  test("reads network, settings, contacts and the rest", () => {
    expect(inventory.municipality).toEqual({ id: "0101", name: "Eksempelkommune" });
    expect(inventory.contacts).toEqual({ email: ["it-sikkerhed@example.dk"], sms: ["+4512345678"] });
    expect(inventory.network).toMatchObject({
      doh: ["https://dns.quad9.net/dns-query", "https://[2620:fe::fe]/dns-query"],
      dns: [
        { address: "192.0.2.53", port: 53 },
        { address: "192.0.2.54", port: 5353 },
        { address: "2001:db8::53", port: 53 },
      ],
      authoritative: "direct",
      allowSpecialAddresses: ["127.0.0.0/8"],
      families: ["ipv4", "ipv6"],
      trustAnchors: { path: "root.ds", field: "network.trustAnchors", line: 67 },
    });
    expect(inventory.settings).toEqual({
      k11Level: "strong",
      strict: true,
      confirmAfter: 600_000,
      cadence: { domains: 3_600_000, ports: 3_628_800_000 },
    });
    expect(inventory.inside.control).toEqual(["harmless.example.dk."]);
    expect(inventory.inventoryAttestation?.validUntil).toBe(Date.parse("2026-12-31T23:59:59.999+01:00"));
    expect(evidence).toMatchObject([{ path: "aftale.pdf", field: "attestations[0].evidence.file" }]);
    expect(warnings).toEqual([]);
  });

  test("knows the line of each asset", () => {
    expect(inventory.lineOf.get("domain:example.dk")).toBe(6);
    expect(inventory.lineOf.get("resolver:10.1.1.53@rådhus")).toBe(29);
  });

  test("is the same as JSON", () => {
    const json = JSON.stringify({ version: 1, assets: [{ domain: "Kommune-Ø.dk" }] }, null, "\t");
    expect(read(json).inventory.assets[0]?.id).toBe("domain:xn--kommune--d5a.dk");
  });
});

describe("what is left out", () => {
  test("takes its default", () => {
    const { inventory } = read(withAsset("domain: example.dk"));
    expect(inventory).toMatchObject({
      municipality: null,
      reading: "kommune-2024",
      settings: { k11Level: "standard", strict: false, confirmAfter: 600_000 },
      network: { authoritative: "direct", allowSpecialAddresses: [] },
      inventoryAttestation: null,
    });
    expect(inventory.network.families).toBeUndefined();
  });
});

const WRONG_ASSETS: readonly (readonly [string, RegExp])[] = [
  ["domain: dk", /public suffix/u],
  ["domain: co.uk", /public suffix/u],
  ["domain: localhost", /public suffix/u],
  ["domain: a..dk", /empty label/u],
  ["domain: .dk", /empty label/u],
  ["domain: 192.0.2.1", /not an IP address/u],
  ['domain: "2001:db8::1"', /not an IP address/u],
  ["domain: https://example.dk", /without https/u],
  ["domain: exa mple.dk", /letters, digits and hyphens/u],
  ["domain: -a.dk", /letters, digits and hyphens/u],
  ["domain: a-.dk", /letters, digits and hyphens/u],
  ["domain: exa/mple.dk", /letters, digits and hyphens/u],
  ["domain: a%2eb.dk", /letters, digits and hyphens/u],
  ["domain: b_d.dk", /without an underscore/u],
  ["domain: '*.example.dk'", /letters, digits and hyphens/u],
  ["domain: xn--a.dk", /international name/u],
  ["domain: example.0x7f", /not a number/u],
  ["domain: 1.2.3", /not a number/u],
  ["domain: １.２.３.４", /not a number/u],
  [`domain: ${"a".repeat(64)}.dk`, /at most 63/u],
  [`domain: ${"æ".repeat(60)}.dk`, /at most 63/u],
  [`domain: ${"a.".repeat(126)}dk`, /at most 253/u],
  ['domain: ""', /a name/u],
  ["domain: 12", /a text \(put it in quotation marks\)/u],
  ["domain:", /a text/u],
  ["host: www_x.example.dk", /letters, digits and hyphens/u],
  ["url: ftp://example.dk/", /web address/u],
  ["url: https://user@example.dk/", /web address/u],
  ["url: https:example.dk", /web address/u],
  ['url: "https://example.dk/#x"', /web address/u],
  ['url: "https://example.dk/a b"', /web address/u],
  ["url: https://example.dk:99999/", /web address/u],
  ["url: https://2130706433/", /not a number/u],
  [`url: https://example.dk/${"æ".repeat(170)}`, /at most 1000 bytes/u],
  ["service: mail.example.dk:143", /protocol, host and port/u],
  ["service: foo://mail.example.dk", /no known default port/u],
  ["address: 192.0.2.1/28", /bits after the first 28 are zero/u],
  ["address: 192.0.2.0/33", /an IP address or a prefix/u],
  ["address: 192.0.2", /an IP address or a prefix/u],
  ["address: 010.0.0.1", /an IP address or a prefix/u],
  ['address: "fe80::1%eth0"', /an IP address or a prefix/u],
  ['address: "::ffff:192.0.2.1"', /an IP address or a prefix/u],
  ['address: "2001:db8::1/64"', /bits after the first 64 are zero/u],
  ["resolver: dns.example.dk", /IPv4 or IPv6 address/u],
  ["{ resolver: 10.0.0.1, network: 'a@b' }", /name of a network/u],
  ["{ domain: example.dk, delegations: [sub.example.com] }", /zone below example\.dk/u],
  ["{ domain: example.dk, dkimSelectors: ['a b'] }", /DKIM selector/u],
  ["{ domain: example.dk, sendsMail: maybe }", /true or false or unknown/u],
  ["{ domain: example.dk, tags: web }", /a list/u],
  ["{ domain: example.dk, since: 2026-02-29 }", /date that exists/u],
  ["{ domain: example.dk, consent: yes }", /passive or active/u],
  ["{ domain: example.dk, dkimSelector: [x] }", /did you mean dkimSelectors\?/u],
  ["{ domain: example.dk, foo: x }", /a known field: domain, dkimSelectors/u],
  ["{ host: www.example.dk, sendsMail: true }", /a known field/u],
  ["{ address: 192.0.2.1, expected: [443] }", /a text \(put it/u],
  ["{ address: 192.0.2.1, expected: [0/tcp] }", /443\/tcp/u],
  ["{ address: 192.0.2.1, expected: [70000/tcp] }", /443\/tcp/u],
  ["{ hots: www.example.dk }", /exactly one of the fields.*did you mean host/u],
  ["{ host: www.example.dk, domain: example.dk }", /exactly one of the fields/u],
  ["example.dk", /exactly one of the fields/u],
  ["{ owner: x }", /exactly one of the fields/u],
];

describe("a wrong asset", () => {
  test.each(WRONG_ASSETS)("%s", (asset, wanted) => {
    const problems = problemsOf(withAsset(asset));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ file: "kommune.yaml", line: 3 });
    expect(problems[0]?.field).toMatch(/^assets\[0\]/u);
    expect(problems[0]?.expected.en).toMatch(wanted);
    expect(problems[0]?.expected.da).not.toBe("");
  });
});

const STATEMENT = 'reason: x, by: Anna And, validUntil: "2027-01-01"';
const BASE = "version: 1\nassets:\n  - domain: example.dk\n  - host: example.dk\n";

const WRONG_REST: readonly (readonly [string, string, RegExp])[] = [
  ["version: 2\nassets: []", "1:version", /the number 1/u],
  ["assets: []", "1:version", /the number 1/u],
  ["version: 1", "1:assets", /a list/u],
  ["version: 1\nassets: {}", "2:assets", /a list/u],
  ["version: 1\nassets: []\nmunicipalty: x", "3:municipalty", /did you mean municipality\?/u],
  ["version: 1\nassets: []\nmunicipality: { id: 0101, name: X }", "3:municipality.id", /quotation marks/u],
  ["version: 1\nassets: []\nmunicipality: { id: 'a#b', name: X }", "3:municipality.id", /an id/u],
  ["version: 1\nassets: []\nmunicipality: { id: a, name: 'X\u0007' }", "3:municipality.name", /control characters/u],
  ['version: 1\nassets: []\nmunicipality: { id: a, name: "X\\e[31m" }', "3:municipality.name", /control characters/u],
  ["version: 1\nassets: []\nreading: x", "3:reading", /kommune-2024 or stat-2024-10/u],
  ["version: 1\nassets: []\ncontacts: { email: [nope] }", "3:contacts.email[0]", /e-mail address/u],
  ["version: 1\nassets: []\ncontacts: { email: ['a@b'] }", "3:contacts.email[0]", /e-mail address/u],
  ["version: 1\nassets: []\ncontacts: { sms: ['12345678'] }", "3:contacts.sms[0]", /telephone number/u],
  ["version: 1\nassets: []\ncontacts: { sms: [+4512345678] }", "3:contacts.sms[0]", /quotation marks/u],
  ["version: 1\nassets: []\nsettings: { confirmAfter: 10 }", "3:settings.confirmAfter", /quotation marks/u],
  ["version: 1\nassets: []\nsettings: { confirmAfter: 0m }", "3:settings.confirmAfter", /length of time/u],
  ["version: 1\nassets: []\nsettings: { confirmAfter: 54w }", "3:settings.confirmAfter", /at most a year/u],
  ["version: 1\nassets: []\nsettings: { cadence: { domain: 1h } }", "3:settings.cadence.domain", /mean domains/u],
  ["version: 1\nassets: []\nnetwork: { doh: ['http://dns.example/x'] }", "3:network.doh[0]", /DoH server/u],
  ["version: 1\nassets: []\nnetwork: { doh: [] }", "3:network.doh", /at least one server/u],
  ["version: 1\nassets: []\nnetwork: { dns: ['192.0.2.1:0'] }", "3:network.dns[0]", /with a port/u],
  ["version: 1\nassets: []\nnetwork: { families: [] }", "3:network.families", /at least 1/u],
  ["version: 1\nassets: []\nnetwork: { authoritative: yes }", "3:network.authoritative", /direct or off/u],
  [
    "version: 1\nassets: []\nnetwork: { allowSpecialAddresses: [127.0.0.1/8] }",
    "3:network.allowSpecialAddresses[0]",
    /zero/u,
  ],
  ["version: 1\nassets: []\ninside: { dnssec: { signed: [a..b] } }", "3:inside.dnssec.signed[0]", /empty label/u],
  ["version: 1\nassets: []\ninside: { reference: [dns.example] }", "3:inside.reference[0]", /IPv4 or IPv6/u],
  ["version: 1\nassets: []\ninventoryAttestation: { by: x }", "3:inventoryAttestation.validUntil", /a text/u],
  [
    `${BASE}exemptions:\n  - { requirement: S99, asset: "host:example.dk", ${STATEMENT} }`,
    "6:exemptions[0].requirement",
    /S17, S18/u,
  ],
  [
    `${BASE}exemptions:\n  - { requirement: S18, asset: "domain:exampel.dk", ${STATEMENT} }`,
    "6:exemptions[0].asset",
    /did you mean domain:example\.dk/u,
  ],
  [
    `${BASE}exemptions:\n  - { requirement: S18, asset: example.dk, ${STATEMENT} }`,
    "6:exemptions[0].asset",
    /one asset: domain:example\.dk or host:example\.dk/u,
  ],
  [
    `${BASE}exemptions:\n  - { requirement: S18, asset: "host:example.dk", reason: x, by: { nam: x }, validUntil: "2027-01-01" }`,
    "6:exemptions[0].by.name",
    /a text/u,
  ],
  [
    `${BASE}exemptions:\n  - { requirement: S18, asset: "host:example.dk", reason: x, by: 3, validUntil: "2027-01-01" }`,
    "6:exemptions[0].by",
    /a text .* or fields/u,
  ],
  [
    `${BASE}exemptions:\n  - { requirement: S18, asset: "host:example.dk", reason: x, by: x, validUntil: 2027-02-30 }`,
    "6:exemptions[0].validUntil",
    /date that exists/u,
  ],
  [
    `${BASE}exemptions:\n  - { requirement: S18, asset: "host:example.dk", reason: x, by: x, validUntil: 30/6-2027 }`,
    "6:exemptions[0].validUntil",
    /date that exists/u,
  ],
  [
    `${BASE}attestations:\n  - { requirement: S22, clause: "(2)", assets: all, statement: x, by: x, validUntil: 2027-02-03 }`,
    "6:attestations[0].clause",
    /part of the requirement/u,
  ],
  [
    `${BASE}attestations:\n  - { requirement: S22, clause: "2", assets: [all], statement: x, by: x, validUntil: 2027-02-03 }`,
    "6:attestations[0].assets[0]",
    /id or name/u,
  ],
  [
    `${BASE}attestations:\n  - { requirement: S22, clause: "2", assets: all, statement: x, by: x, validUntil: 2027-02-03, evidence: { file: a.pdf, sha256: abc } }`,
    "6:attestations[0].evidence.sha256",
    /64 hexadecimal/u,
  ],
  [
    `${BASE}authorisations:\n  - { id: a, ranges: [], by: x, validFrom: 2027-01-01, validUntil: 2027-02-03 }`,
    "6:authorisations[0].ranges",
    /at least 1/u,
  ],
  [
    `${BASE}authorisations:\n  - { id: a, ranges: [192.0.2.1/8], by: x, validFrom: 2027-01-01, validUntil: 2027-02-03 }`,
    "6:authorisations[0].ranges[0]",
    /zero/u,
  ],
  [
    `${BASE}authorisations:\n  - { id: a, ranges: [192.0.2.1], by: x, validFrom: 2027-01-02, validUntil: 2027-01-01 }`,
    "6:authorisations[0].validUntil",
    /not before validFrom/u,
  ],
  ["version: 1\nversion: 1\nassets: []", "2:", /each field once/u],
  ["version: 1\nassets: []\n---\nversion: 1", "3:", /one document/u],
  ["version: 1\nassets: !!python/object []", "2:", /YAML/u],
  ["", "1:", /fields: version/u],
  ["- a", "1:", /fields: version/u],
  ["a: &a\n  b: *a", "1:", /aliases/u],
  ["[".repeat(100_000), "1:", /deep/u],
];

describe("anything else that is wrong", () => {
  test.each(WRONG_REST)("%j", (text, place, wanted) => {
    const problem = problemsOf(text).find(({ line, field }) => `${line}:${field}` === place);
    expect(places(text)).toContain(place);
    expect(problem?.expected.en).toMatch(wanted);
  });

  test("a number that must be a text is quoted as it stands in the file", () => {
    const [problem] = problemsOf("version: 1\nassets: []\nmunicipality: { id: 0101, name: X }");
    expect(problem?.found.da).toBe("0101");
  });

  test("a repeated asset names both lines", () => {
    const [problem, ...more] = problemsOf("version: 1\nassets:\n  - domain: example.dk\n  - domain: EXAMPLE.dk.\n");
    expect(more).toEqual([]);
    expect(renderProblem(problem!, "da")).toBe(
      "kommune.yaml:4:13: assets[1].domain: fandt domain:example.dk igen; forventede kun én gang; det står allerede på linje 3",
    );
  });

  test("a repeated authorisation names both lines", () => {
    const one = "{ id: a, ranges: [192.0.2.1], by: x, validFrom: 2027-01-01, validUntil: 2027-01-02 }";
    const [problem] = problemsOf(`version: 1\nassets: []\nauthorisations:\n  - ${one}\n  - ${one}\n`);
    expect(problem).toMatchObject({ line: 5, field: "authorisations[1].id" });
    expect(problem?.expected.en).toContain("line 4");
  });

  test("is reported all at once, in the order of the file", () => {
    const text = [
      "version: 2",
      "municipality: { id: 0101, nam: X }",
      "assets:",
      "  - domain: dk",
      "  - host: a..b",
      "exemptions:",
      "  - { requirement: X, asset: nope, reason: x, by: y, validUntil: z }",
      "version: 1",
    ].join("\n");
    expect(places(text)).toEqual([
      "2:municipality.name",
      "2:municipality.id",
      "2:municipality.nam",
      "4:assets[0].domain",
      "5:assets[1].host",
      "7:exemptions[0].requirement",
      "7:exemptions[0].validUntil",
      "8:",
    ]);
  });

  test("a reference to an asset that could not be read is no second problem", () => {
    const text = `version: 1\nassets:\n  - domain: a..dk\nexemptions:\n  - { requirement: S18, asset: "domain:a..dk", ${STATEMENT} }`;
    expect(places(text)).toEqual(["3:assets[0].domain"]);
  });
});

describe("warnings", () => {
  const authorisation = "{ id: a, ranges: [192.0.2.0/28], by: x, validFrom: 2027-01-01, validUntil: 2027-01-02 }";

  test.each([
    ["{ address: 192.0.2.1 }", "authorisation", /not scanned/u],
    ["{ address: 192.0.2.1, authorisation: b }", "authorisation", /not scanned/u],
    ["{ address: 192.0.2.0/24, authorisation: a }", "address", /covers/u],
    ['{ address: "2001:db8::1", authorisation: a }', "address", /covers/u],
  ])("%s", (asset, field, wanted) => {
    const { warnings } = read(`version: 1\nassets:\n  - ${asset}\nauthorisations:\n  - ${authorisation}\n`);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatchObject({ line: 3, field: `assets[0].${field}` });
    expect(warnings[0]?.expected.en).toMatch(wanted);
  });

  test("none for an address within its authorisation", () => {
    const asset = "{ address: 192.0.2.8/29, authorisation: a }";
    expect(read(`version: 1\nassets:\n  - ${asset}\nauthorisations:\n  - ${authorisation}\n`).warnings).toEqual([]);
  });
});

describe("whatever the text", () => {
  test("there is an inventory or a problem, never an exception", () => {
    const words = fc.constantFrom(
      "version: 1\n",
      "assets:\n",
      "  - domain: ",
      "example.dk\n",
      "&a ",
      "*a",
      "[",
      "]",
      "{",
      "}",
      ": ",
      "- ",
      "\t",
      "!!x ",
      "'",
      '"',
      "\u0000",
      "__proto__: ",
      "æ.dk",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string()), { maxLength: 20 }), (parts) => {
        const result = parseInventory(parts.join(""), "x");
        expect(result.ok || result.problems.length > 0).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("ids are short, lower case and made of printable characters, and reading an id gives it again", () => {
    const names = fc.oneof(
      fc.domain(),
      fc.string({ unit: "grapheme", maxLength: 30 }).map((label) => `${label}.dk`),
    );
    fc.assert(
      fc.property(names, (name) => {
        const result = parseInventory(JSON.stringify({ version: 1, assets: [{ domain: name }] }), "x");
        if (!result.ok) return;
        const [asset] = result.inventory.assets;
        expect(asset?.id).toMatch(/^domain:[a-z0-9._-]{3,253}$/u);
        const again = parseInventory(JSON.stringify({ version: 1, assets: [{ domain: asset?.name }] }), "x");
        expect(again.ok && again.inventory.assets[0]?.id).toBe(asset?.id);
      }),
    );
  });
});
