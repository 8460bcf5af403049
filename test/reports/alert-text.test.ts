import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import type { Language } from "../../lib/core/messages.ts";
import { LONGEST_SUBJECT } from "../../lib/reports/alert-body.ts";
import { type AlertContext, bareContext } from "../../lib/reports/alert-context.ts";
import { alertSubject, alertText } from "../../lib/reports/alert-text.ts";
import { printable } from "../../lib/reports/printable.ts";
import type { Alert, Member, TransitionAlert } from "../../lib/watch/alert.ts";
import {
  contextOf,
  DIGEST,
  DOUBT,
  finding,
  FORECAST,
  GAP,
  manyRegressions,
  member,
  RECOVERY,
  RECOVERY_CONTEXT,
  REGRESSION,
  WARNING,
} from "./alert-examples.ts";

const EXPIRED = contextOf("S18_SIGNATURE_EXPIRED", "fail");

function withMember(alert: TransitionAlert, changes: Partial<Member>): TransitionAlert {
  return { ...alert, members: alert.members.map((each) => ({ ...each, ...changes })) };
}

describe("a regression", () => {
  test("says what changed, since when, why, what to do and where the evidence is", () => {
    expect(alertText(REGRESSION, EXPIRED, "da")).toEqual({
      subject: "S18 ikke længere opfyldt: signed.dk",
      body: `S18 (DNSSEC på alle domæner) er ikke længere opfyldt for signed.dk.

Ændring: opfyldt → ikke opfyldt
Først set: 23. november 2026 kl. 10.52 (dansk tid)
Bekræftet: 23. november 2026 kl. 11.02

ÅRSAG
Signaturen på SOA i signed.dk udløb 2026-11-23 09:00 UTC. Validerende modtagere afviser svaret.

GØR DETTE
Få DNS-operatøren til at signere zonen på ny, og find ud af, hvorfor den automatiske fornyelse stoppede.

SE BEVISET
Kør dette på maskinen med Kravvagt:
npx kravvagt history domain:signed.dk S18 --verify
npx kravvagt explain S18_SIGNATURE_EXPIRED

Øvelseskommune. Alarm 0123456789abcdef0123456789abcdef.
`,
      brief: `S18 (DNSSEC på alle domæner) er ikke længere opfyldt for signed.dk.
Signaturen på SOA i signed.dk udløb 2026-11-23 09:00 UTC. Validerende modtagere afviser svaret.
Få DNS-operatøren til at signere zonen på ny, og find ud af, hvorfor den automatiske fornyelse stoppede.`,
    });
  });

  test("reads the same in English", () => {
    expect(alertText(REGRESSION, EXPIRED, "en").body)
      .toBe(`S18 (DNSSEC on all domains) is no longer fulfilled for signed.dk.

Change: fulfilled → not fulfilled
First seen: 23 November 2026 at 10:52 (Danish time)
Confirmed: 23 November 2026 at 11:02

CAUSE
The signature on SOA in signed.dk expired 2026-11-23 09:00 UTC. Validating resolvers reject the answer.

DO THIS
Have the DNS operator sign the zone again, and find out why automatic renewal stopped.

SEE THE EVIDENCE
Run this on the machine with Kravvagt:
npx kravvagt history domain:signed.dk S18 --verify
npx kravvagt explain S18_SIGNATURE_EXPIRED

Øvelseskommune. Alert 0123456789abcdef0123456789abcdef.
`);
  });

  test("of forty names what they have in common, and lists them all", () => {
    const { subject, body } = alertText(manyRegressions(40), contextOf("S18_SERVER_UNSIGNED", "fail"), "da");
    const listed = Array.from({ length: 40 }, (_, index) => `- navn-${index + 1}.dk`).join("\n");
    expect(subject).toBe("S18 ikke længere opfyldt: 40 domæner (ns1.vaertsdns.dk)");
    expect(body)
      .toBe(`S18 (DNSSEC på alle domæner) er ikke længere opfyldt for 40 domæner. Årsagen er fælles for dem: ns1.vaertsdns.dk.

Ændring: opfyldt → ikke opfyldt
Først set: 23. november 2026 kl. 10.52 (dansk tid)
Sidst bekræftet: 23. november 2026 kl. 11.02

ÅRSAG
For eksempel navn-1.dk: ns1.vaertsdns.dk (93.184.7.53) svarer for navn-1.dk uden signaturer. Opslag fejler, når netop den bliver spurgt.

GØR DETTE
Få ns1.vaertsdns.dk til at hente den signerede zone, eller fjern den blandt navneserverne.

BERØRT: 40 DOMÆNER
${listed}

SE BEVISET
Kør dette på maskinen med Kravvagt:
npx kravvagt history domain:navn-1.dk S18 --verify
De andre ses på samme måde.
npx kravvagt explain S18_SERVER_UNSIGNED

Øvelseskommune. Alarm 0123456789abcdef0123456789abcdef.
`);
  });

  test("of more than are listed says how many more there are", () => {
    const { body } = alertText(manyRegressions(62), contextOf("S18_SERVER_UNSIGNED", "fail"), "da");
    expect(body).toContain("- navn-50.dk\nog 12 flere\n");
    expect(body).not.toContain("navn-51");
  });

  test("names two or three assets in the sentence", () => {
    expect(alertSubject(manyRegressions(2), "da")).toContain("navn-1.dk og navn-2.dk");
    expect(alertSubject(manyRegressions(3), "en")).toContain("navn-1.dk, navn-2.dk and navn-3.dk");
  });

  test("of assets that were not all fulfilled before does not say that they were", () => {
    const alert = { ...manyRegressions(2), members: [member("a.dk"), member("b.dk", { from: "not-applicable" })] };
    const { subject, body } = alertText(alert, bareContext("X"), "da");
    expect(subject).toMatch(/^S18 ikke opfyldt:/);
    expect(body).toContain("- b.dk: ikke relevant → ikke opfyldt");
    expect(body).not.toContain("Ændring:");
  });

  test("that one look settled says why that was enough", () => {
    const [{ firstSlot }] = REGRESSION.members as [Member];
    const alert = withMember(REGRESSION, { slot: firstSlot });
    expect(alertText(alert, EXPIRED, "da").body).toContain(
      "Bekræftet: i samme måling; den bygger på signerede eller registrerede oplysninger",
    );
  });

  test("says the cause once where every asset's finding says the same", () => {
    const same: AlertContext = {
      ...EXPIRED,
      findingsOf: () => [finding("domain:faelles.dk", "S18_SIGNATURE_EXPIRED", "fail")],
    };
    const alert = { ...REGRESSION, total: 2, members: [member("a.dk"), member("b.dk")] };
    expect(alertText(alert, same, "da").body).toContain("ÅRSAG\nSignaturen på SOA i faelles.dk udløb");
  });

  test("without its finding shows where the words are missing, and what it is about", () => {
    expect(alertText(REGRESSION, bareContext("X"), "da").body).toContain(
      "Signaturen på <record> i signed.dk udløb <expired>.",
    );
  });

  test("picks the finding that is about the same thing", () => {
    const other = finding("domain:anden.dk", "S18_SIGNATURE_EXPIRED", "fail");
    const own = finding("domain:signed.dk", "S18_SIGNATURE_EXPIRED", "fail");
    const both: AlertContext = { ...EXPIRED, findingsOf: () => [other, own] };
    expect(alertText(REGRESSION, both, "da").body).toContain("Signaturen på SOA i signed.dk udløb");
  });

  test("with a tag that this engine does not know shows the tag", () => {
    const alert = { ...REGRESSION, deciding: { tag: "S18_FROM_LATER", about: "x.dk" } };
    expect(alertText(alert, EXPIRED, "da").body).toContain("ÅRSAG\nS18_FROM_LATER\n\nSE BEVISET");
  });

  test("names the data folder in the command, quoted where it must be", () => {
    const { body } = alertText(REGRESSION, { ...EXPIRED, data: "/srv/it's here" }, "da");
    expect(body).toContain("history domain:signed.dk S18 --verify --data '/srv/it'\\''s here'\n");
  });
});

describe("a recovery", () => {
  test("says for how long, what is seen now and what was wrong, and asks for nothing", () => {
    expect(alertText(RECOVERY, RECOVERY_CONTEXT, "da")).toMatchObject({
      subject: "S18 opfyldt igen: signed.dk",
      body: `S18 (DNSSEC på alle domæner) er opfyldt igen for signed.dk. Det var ikke opfyldt i 2 timer og 10 minutter.

Ændring: ikke opfyldt → opfyldt
Ikke opfyldt: fra 23. november 2026 kl. 10.52 til kl. 13.02 (dansk tid)
Bekræftet: 23. november 2026 kl. 13.12

HVAD VI SER NU
signed.dk er DNSSEC-signeret, og kæden fra roden holder. Den første signatur udløber 2026-12-07 12:00 UTC.

HVAD DER VAR GALT
Signaturen på SOA i signed.dk udløb 2026-11-23 09:00 UTC. Validerende modtagere afviser svaret.

SE BEVISET
Kør dette på maskinen med Kravvagt:
npx kravvagt history domain:signed.dk S18 --verify
npx kravvagt explain S18_SIGNATURE_EXPIRED

Øvelseskommune. Alarm fedcba9876543210fedcba9876543210.
`,
    });
  });

  test("of several gives each its own length", () => {
    const [one] = RECOVERY.members as [Member];
    const alert = { ...RECOVERY, total: 2, members: [one, { ...one, asset: "domain:b.dk" }] };
    const { body } = alertText(alert, RECOVERY_CONTEXT, "da");
    expect(body).toContain("HVAD VI SER NU, FOR EKSEMPEL VED SIGNED.DK");
    expect(body).toContain("- b.dk: ikke opfyldt i 2 timer og 10 minutter");
  });

  test("by an exemption claims no pass, and does not say that the failure ended", () => {
    const exempted = { reason: "nedlægges", by: "Ane Hansen", validUntil: "2027-02-01T22:59:59.000Z" };
    const context: AlertContext = {
      ...RECOVERY_CONTEXT,
      findingsOf: (asset) => [{ ...finding(asset, "S18_SIGNATURE_EXPIRED", "fail"), exempted }],
    };
    const { subject, body } = alertText(withMember(RECOVERY, { to: "attested" }), context, "da");
    expect(subject).toBe("S18 nu erklæret opfyldt: signed.dk");
    expect(body).toContain("Det bygger på en erklæring eller dispensation, ikke på en måling.");
    expect(body).toContain(
      "HVAD VI SER NU\nDispensation til 1. februar 2027 ved Ane Hansen: nedlægges\n\nHVAD DER VAR MÅLT",
    );
    expect(body).not.toMatch(/igen|Det var ikke opfyldt/);
  });

  test.each(["indeterminate", "not-applicable", "attested"] as const)(
    "to %s never says that it is fulfilled again",
    (to) => {
      const cause = to === "indeterminate" ? ("attestation-expired" as const) : null;
      for (const language of ["da", "en"] as const) {
        const { subject, body } = alertText(withMember(RECOVERY, { to, cause }), RECOVERY_CONTEXT, language);
        expect(`${subject}\n${body}`).not.toMatch(/opfyldt igen|fulfilled again/);
      }
    },
  );

  test("whose members ended differently says so of each", () => {
    const [one] = RECOVERY.members as [Member];
    const alert = { ...RECOVERY, total: 2, members: [one, { ...one, asset: "domain:b.dk", to: "attested" as const }] };
    const { subject, body } = alertText(alert, RECOVERY_CONTEXT, "da");
    expect(subject).not.toContain("igen");
    expect(body).toContain("Det er ikke det samme som opfyldt.");
    expect(body).toContain("- signed.dk: ikke opfyldt → opfyldt; ikke opfyldt i 2 timer og 10 minutter");
    expect(body).toContain("- b.dk: ikke opfyldt → erklæret opfyldt\n");
  });

  test("whose findings are unknown shows none that passed", () => {
    expect(alertText(RECOVERY, bareContext("X"), "da").body).not.toContain("HVAD VI SER NU");
  });
});

describe("a change", () => {
  test("by a new warning says that the verdict stands", () => {
    const { subject, body } = alertText(WARNING, contextOf("S18_SIGNATURE_EXPIRES_SOON", "warn"), "da");
    expect(subject).toBe("S18 ny advarsel: signed.dk");
    expect(body.split("\n\n").slice(0, 4)).toEqual([
      "S18 (DNSSEC på alle domæner) har en ny advarsel for signed.dk. Afgørelsen er den samme.",
      `Ændring: ny advarsel; stadig opfyldt
Først set: 23. november 2026 kl. 10.52 (dansk tid)
Bekræftet: 23. november 2026 kl. 11.02`,
      "HVAD VI SER NU\nSignaturen på DNSKEY i signed.dk udløber 2026-11-25 09:00 UTC og er ikke fornyet.",
      "GØR DETTE\nKontrollér, at den automatiske signering kører, før signaturen udløber.",
    ]);
  });

  test("by several warnings tells of each", () => {
    const tags = ["S18_SIGNATURE_EXPIRES_SOON", "S18_KEY_REVOKED"];
    const { body } = alertText(withMember(WARNING, { appeared: tags }), bareContext("X"), "da");
    expect(body).toContain("udløber <expires> og er ikke fornyet.\nNøgle <keyTag>");
  });

  test("to not known gives the cause", () => {
    const alert = withMember(WARNING, { appeared: [], to: "indeterminate", cause: "attestation-expired" });
    const { subject, body } = alertText(alert, bareContext("X"), "da");
    expect(subject).toBe("S18 kan ikke længere afgøres: signed.dk");
    expect(body).toContain("kan ikke længere afgøres for signed.dk");
    expect(body).toContain("Ændring: opfyldt → kan ikke afgøres (en erklæring er udløbet)");
  });
});

describe("a gap", () => {
  test("says what is not known, since when, why and what to look into", () => {
    expect(alertText(GAP, bareContext("Øvelseskommune"), "da")).toMatchObject({
      subject: "S18 kan ikke afgøres: havn.dk og kort.dk (DNS svarede ikke)",
      body: `Vi ved ikke, om S18 (DNSSEC på alle domæner) er opfyldt for havn.dk og kort.dk. Det betyder hverken, at noget er galt, eller at det er i orden.

Ikke set siden: 23. november 2026 kl. 08.00
Årsag: DNS svarede ikke

UNDERSØG DETTE
Undersøg, om domænets navneservere svarer. Tavshed tæller hverken for eller imod.

BERØRT: 2 DOMÆNER
- havn.dk: seneste svar 23. november 2026 kl. 08.00
- kort.dk: seneste svar 23. november 2026 kl. 08.00

SE, HVAD DER SIDST VAR KENDT
npx kravvagt history domain:havn.dk S18 --verify

Øvelseskommune. Alarm 0123456789abcdef0123456789abcdef.
`,
    });
  });

  test("of assets that never gave an answer says so, and dates nothing by them", () => {
    const [seen, other] = GAP.members;
    if (seen === undefined || other === undefined) throw new Error("the example has two members");
    const never = { ...other, observedAt: null };
    const some = alertText({ ...GAP, members: [never, seen] }, bareContext("X"), "da").body;
    expect(some).toContain("Ikke set siden: 23. november 2026 kl. 08.00\n");
    expect(some).toContain("- kort.dk: intet svar endnu\n- havn.dk: seneste svar 23. november 2026 kl. 08.00\n");
    const all = alertText({ ...GAP, total: 1, members: [never] }, bareContext("X"), "da").body;
    expect(all).toContain("Seneste svar: intet endnu\nÅrsag: DNS svarede ikke");
    expect(all).not.toContain("Ikke set siden");
  });

  test("of a watch that did not look asks for the watch, not for an inside probe", () => {
    const { body } = alertText({ ...GAP, cause: "probe-stale" }, bareContext("X"), "da");
    expect(body).toContain("Se, om overvågningen kører");
  });
});

describe("a doubt", () => {
  test("is about us, and says what happens next", () => {
    expect(alertText(DOUBT, bareContext("Øvelseskommune"), "da")).toMatchObject({
      subject: "Vi tvivler på vores egen runde (domæner): 60 af 84 så pludselig værre ud",
      body: `Vi tror ikke på vores egen runde. Det meste af det, der var i orden, så pludselig værre ud. Det ligner en fejl hos os mere end så mange fejl på én gang.

Runde: domæner, 23. november 2026 kl. 10.52
Så værre ud: 60 af 84, der var i orden

HVAD SKER DER NU
Indtil en ny runde siger det samme, får ingen besked om enkelte aktiver, og ingen får skylden.

UNDERSØG DETTE
Se, om denne maskines netværk virker, om dens resolvere svarer, og om dens ur går rigtigt.

Øvelseskommune. Alarm 0123456789abcdef0123456789abcdef.
`,
    });
  });

  test("by control names says so", () => {
    const { subject, body } = alertText({ ...DOUBT, suspicion: "controls", worse: 0 }, bareContext("X"), "en");
    expect(subject).toBe("We doubt our own run (domains): control names came out otherwise");
    expect(body).not.toContain("Looked worse");
    expect(body).toContain("Until the control names look right again, nobody is told");
    const danish = alertText({ ...DOUBT, suspicion: "controls", worse: 0 }, bareContext("X"), "da");
    expect(danish.subject).toBe(
      "Vi tvivler på vores egen runde (domæner): kontrolnavne faldt anderledes ud end ventet",
    );
    expect(danish.body).toContain("Indtil kontrolnavnene igen ser rigtige ud, får ingen besked om enkelte aktiver");
  });
});

describe("a forecast", () => {
  test("says which statement ends when, and what happens then", () => {
    expect(alertText(FORECAST, bareContext("Øvelseskommune"), "da")).toMatchObject({
      subject: "Dispensation udløber 1. december 2026: S18, visit-example.com",
      body: `Dispensationen fra S18 for visit-example.com udløber 1. december 2026 kl. 23.59, om 8 dage og 12 timer.

Krav: S18 (DNSSEC på alle domæner)

HVAD DET BETYDER
Uden den tæller fejlen igen: afgørelsen bliver »ikke opfyldt«, medmindre fejlen er rettet.

GØR DETTE
Ret fejlen, eller træf en ny beslutning om dispensation med begrundelse og udløbsdato i fortegnelsen.

Øvelseskommune. Alarm 0123456789abcdef0123456789abcdef.
`,
    });
  });

  test.each([
    [
      { what: "attestation", requirement: "S22", name: "2" },
      "Erklæring udløber 1. december 2026: S22, punkt 2",
      "Erklæringen om S22 (punkt 2) udløber",
    ],
    [
      { what: "attestation", requirement: "S22", name: "resolver:10.1.1.53 (+2)" },
      "Erklæring udløber 1. december 2026: S22, 10.1.1.53 (resolver) og 2 flere",
      "Erklæringen om S22 (10.1.1.53 (resolver) og 2 flere) udløber",
    ],
    [
      { what: "authorisation", requirement: null, name: "auth-2026-1" },
      "Tilladelse til scanning udløber 1. december 2026: auth-2026-1",
      "Tilladelsen til scanning auth-2026-1 udløber",
    ],
    [
      { what: "inventory", requirement: null, name: "Øvelseskommune" },
      "Erklæring om fortegnelsen udløber 1. december 2026",
      "Erklæringen om, at fortegnelsen er komplet, udløber",
    ],
  ] as const)("names each kind of statement: %j", (changes, subject, lead) => {
    const text = alertText({ ...FORECAST, ...changes }, bareContext("X"), "da");
    expect(text.subject).toBe(subject);
    expect(text.body.startsWith(lead)).toBe(true);
  });

  test("of what has ended says that it has", () => {
    const { subject, body } = alertText({ ...FORECAST, createdAt: FORECAST.validUntil }, bareContext("X"), "da");
    expect(subject).toBe("Dispensation udløb 1. december 2026: S18, visit-example.com");
    expect(body).toContain("udløb 1. december 2026 kl. 23.59.\n");
  });
});

describe("a digest", () => {
  test("is short, what is still open first", () => {
    expect(alertText(DIGEST, bareContext("Øvelseskommune"), "da")).toMatchObject({
      subject: "Dagens oversigt 23. november 2026: 2 ændringer, 1 åben forringelse",
      body: `Øvelseskommune, 23. november 2026. 2 ændringer, der ikke haster. Én forringelse er stadig åben.

S18 STADIG IKKE OPFYLDT: 1 DOMÆNE
- signed.dk: siden 23. november 2026 kl. 10.52

ÆNDRET: S18 (DNSSEC PÅ ALLE DOMÆNER)
- ny.dk: ny i overvågningen: ikke opfyldt
- regel.dk: opfyldt → ikke opfyldt, efter nye regler

Oversigten viser ændringer og åbne forringelser, ikke alt, der ikke er opfyldt. Alarm 0123456789abcdef0123456789abcdef.
`,
    });
  });

  test("with nothing in it does not say that all is well", () => {
    const { body } = alertText({ ...DIGEST, total: 0, members: [], openTotal: 0, open: [] }, bareContext("X"), "da");
    expect(body).toContain("Intet nyt ud over det, der er meldt særskilt. Ingen åbne forringelser.");
    expect(body).toContain("ikke alt, der ikke er opfyldt");
  });

  test("lists at most fifty of each and counts the rest", () => {
    const open = Array.from({ length: 60 }, (_, index) => ({ ...DIGEST.open[0]!, asset: `domain:a${index}.dk` }));
    const { body, brief } = alertText({ ...DIGEST, open, openTotal: 60, total: 9 }, bareContext("X"), "da");
    expect(body).toContain("- a49.dk: siden 23. november 2026 kl. 10.52\nog 10 flere\n");
    expect(body).toContain("DESUDEN\nog 7 ændringer mere");
    expect(brief.split("\n")).toHaveLength(8);
  });
});

describe("hostile words", () => {
  const everyKind: readonly Alert[] = [REGRESSION, RECOVERY, WARNING, GAP, DOUBT, FORECAST, DIGEST];

  test.each(everyKind)("the subject alone is the subject: $kind", (alert) => {
    for (const language of ["da", "en"] as const) {
      expect(alertSubject(alert, language)).toBe(alertText(alert, bareContext("X"), language).subject);
    }
  });

  test("whatever assets and evidence hold, lines are ours and printable, and subjects short", () => {
    const text = fc.string({ unit: "binary", maxLength: 300 });
    const languages = fc.constantFrom<Language>("da", "en");
    fc.assert(
      fc.property(text, text, languages, (name, evidence, language) => {
        const asset = `domain:${name}`;
        const known = finding(asset, "S18_SIGNATURE_EXPIRED", "fail");
        const hostile = [{ ...known, evidence: { ...known.evidence, record: evidence, zone: evidence } }];
        const context = { ...RECOVERY_CONTEXT, municipality: evidence, findingsOf: () => hostile };
        const plain = alertText(REGRESSION, EXPIRED, language).body.split("\n").length;
        const told = alertText(withMember(REGRESSION, { asset }), context, language);
        expect(told.body.split("\n")).toHaveLength(plain);
        for (const line of [told.subject, ...told.body.split("\n"), ...told.brief.split("\n")]) {
          expect(printable(line)).toBe(line);
        }
        expect(told.subject.length).toBeLessThanOrEqual(LONGEST_SUBJECT);
      }),
    );
  });

  test("a very long name is cut in the words and whole in the command", () => {
    const asset = `domain:${"a".repeat(900)}.dk`;
    const { body } = alertText(withMember(REGRESSION, { asset }), EXPIRED, "da");
    expect(body.split("\n")[0]!.length).toBeLessThan(300);
    expect(body).toContain(`npx kravvagt history ${asset} S18 --verify`);
  });
});
