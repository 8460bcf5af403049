import { describe, expect, test } from "@jest/globals";
import { toText } from "../../lib/reports/text.ts";
import { only, SAMPLE } from "./sample-result.ts";

describe("the text for people", () => {
  const danish = toText(SAMPLE, "da");
  const lines = danish.split("\n");

  test("begins with the requirement, its verdict and how many assets came out how", () => {
    expect(lines[0]).toBe("S18  DNSSEC på alle domæner");
    expect(lines[1]).toBe(
      "IKKE OPFYLDT  –  6 aktiver: 1 ikke opfyldt, 1 kan ikke afgøres, 1 erklæret opfyldt, 1 ikke relevant, 2 opfyldt",
    );
  });

  test("puts the failing assets first, then the open ones, and the passing last", () => {
    const names = lines.flatMap((line) => /^ {2}\S (\S+)/u.exec(line)?.[1] ?? []);
    expect(names).toEqual(["fail.dk", "silent.dk", "attested.dk", "na.dk", "pass.dk", "pass-warn.dk"]);
  });

  test("gives each failing finding's sentence and remedy, before warnings", () => {
    const at = lines.indexOf("  ✗ fail.dk  ikke opfyldt");
    expect(lines[at + 1]).toContain("[S18_UNSIGNED]");
    expect(lines[at + 2]).toBe("      → =cmd()");
    expect(lines[at + 3]).toBe("      Advarsel: S18_KEY_SHORT siger noget. [S18_KEY_SHORT]");
    expect(lines[at + 4]).toBe("      → Gør noget ved S18_KEY_SHORT.");
  });

  test("says why something is not known, and who exempted what until when", () => {
    expect(danish).toContain("? silent.dk  kan ikke afgøres (DNS svarede ikke)");
    expect(danish).toContain("Dispensation til 2027-11-01 ved Anna And: Flyttes");
  });

  test("tells what was not seen, and a requirement without assets is not passed over", () => {
    expect(danish).toContain("Ikke set herfra:\n  Adresser i IPv6");
    expect(danish).toContain(
      "\nS19  Mailgateways i DNSSEC-signerede domæner\nKAN IKKE AFGØRES (FORTEGNELSEN MANGLER DET NØDVENDIGE)\n      Fortegnelsen har ingen aktiver, som kravet gælder for: domain.\n      → Skriv dem under assets i fortegnelsen, f.eks. «- domain: example.dk».",
    );
    expect(danish).toContain("12,3 s, 812 DNS-opslag, 240 forbindelser.");
  });

  test("shows passing findings only for an asset that stands alone", () => {
    expect(danish).not.toContain("S18_SECURE");
    expect(toText(only("pass.dk"), "da")).toContain("S18_SECURE siger noget.");
  });

  test("lets nothing through that a terminal acts on", () => {
    // eslint-disable-next-line no-control-regex -- control characters are what must not be there
    expect(danish).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]|\p{Cs}/u);
    expect(danish).toContain("\\u{1b}[31m<b>&\"'\\u{202e}=1+1,\\u{0}\\u{a}\\u{d}\\u{9b}]]>\\u{d800}{0}");
  });

  test("a remedy that several findings share stands once", () => {
    const [verdict] = only("fail.dk").verdicts;
    const [, finding] = verdict!.findings;
    const twice = [finding!, { ...finding!, text: "Andet." }, { ...finding!, text: "Andet." }];
    const text = toText({ ...only("fail.dk"), verdicts: [{ ...verdict!, findings: twice }] }, "da");
    expect(text.match(/→/gu)).toHaveLength(1);
    expect(text.match(/Andet\./gu)).toHaveLength(1);
  });

  test("speaks English, and says when it was interrupted or had nothing to judge", () => {
    expect(toText(SAMPLE, "en")).toContain("NOT FULFILLED");
    expect(toText({ ...SAMPLE, interrupted: true }, "en")).toMatch(/^Interrupted/u);
    expect(toText({ ...SAMPLE, requirements: [], verdicts: [] }, "en")).toContain("Nothing was judged.");
  });

  test("is painted only by the painter it is given", () => {
    const painted = toText(SAMPLE, "da", (tone, text) => `<${tone}>${text}</${tone}>`);
    expect(painted).toContain("<bad>IKKE OPFYLDT</bad>");
    expect(painted.replaceAll(/<\/?(?:bad|good|unsure|faint|heading)>/gu, "")).toBe(danish);
  });
});
