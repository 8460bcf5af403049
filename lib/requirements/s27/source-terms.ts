import type { Bilingual } from "../../core/messages.ts";

/** Where a row of our profiles comes from, in words; the rest are numbers that both languages share. A file's own sources stay. */
const DANISH: Readonly<Record<string, string>> = {
  "Appendix B": "appendiks B",
  "Appendix C": "appendiks C",
  "B2-5: the suite itself carries the fail": "B2-5: det er suiten selv, der ikke godtages",
  "RFC 9325 section 3.1.1; RFC 8996": "RFC 9325 afsnit 3.1.1; RFC 8996",
  "RFC 9325 section 3.5; NCSC-NL 2025-05 section 4.1": "RFC 9325 afsnit 3.5; NCSC-NL 2025-05 afsnit 4.1",
  "T10; measured in TLS 1.2 alone by Internet.nl": "T10; Internet.nl måler det kun i TLS 1.2",
  "T12; RFC 9325 section 3.5": "T12; RFC 9325 afsnit 3.5",
  "T13; insufficient in NCSC-NL 2.0": "T13; utilstrækkelig i NCSC-NL 2.0",
  "T2; sufficient in NCSC-NL 2025-05": "T2; tilstrækkelig i NCSC-NL 2025-05",
  "T5; RFC 9155 sections 2 to 5; insufficient in NCSC-NL 2025-05":
    "T5; RFC 9155 afsnit 2 til 5; utilstrækkelig i NCSC-NL 2025-05",
  "T9 says others; Internet.nl v1.9.3 accepted it": "T9 nævner andre; Internet.nl v1.9.3 godtog den",
  "T9; sufficient in NCSC-NL 2025-05": "T9; tilstrækkelig i NCSC-NL 2025-05",
  "an earlier form of what is stronger than T4 knows": "en tidligere udgave af en, der er stærkere end dem i T4",
  "insufficient in NCSC-NL 2025-05": "utilstrækkelig i NCSC-NL 2025-05",
  "not in 2.1": "ikke i 2.1",
  "stronger than T4 knows": "stærkere end dem i T4",
  "section 3.10; RFC 8470": "afsnit 3.10; RFC 8470",
  "section 3.3": "afsnit 3.3",
  "section 3.5": "afsnit 3.5",
  "section 3.5; RFC 5746": "afsnit 3.5; RFC 5746",
  "section 3.5; RFC 7627": "afsnit 3.5; RFC 7627",
  "section 4.1": "afsnit 4.1",
  "section 4.5": "afsnit 4.5",
  "section 4.5 asks for a size only": "afsnit 4.5 nævner kun en størrelse",
  "section 7.5; RFC 7633": "afsnit 7.5; RFC 7633",
  "sections 4.1 and 4.2": "afsnit 4.1 og 4.2",
  "sections 4.1 and 4.2.1": "afsnit 4.1 og 4.2.1",
  "sections 4.2 and 4.3": "afsnit 4.2 og 4.3",
  "sections 4.2 and 4.5": "afsnit 4.2 og 4.5",
  "NCSC-NL IT Security Guidelines for TLS 2.1 (2021-01), as read in Internet.nl v1.9.3; CFCS 2020":
    "NCSC-NL IT Security Guidelines for TLS 2.1 (2021-01), læst i Internet.nl v1.9.3; CFCS 2020",
  "NCSC-NL IT Security Guidelines for TLS 2025-05, as read in Internet.nl 1.11":
    "NCSC-NL IT Security Guidelines for TLS 2025-05, læst i Internet.nl 1.11",
};

export const SOURCE_TERMS: Readonly<Record<string, Bilingual>> = Object.fromEntries(
  Object.entries(DANISH).map(([en, da]) => [en, { da, en }]),
);
