import type { Bilingual } from "../core/messages.ts";

/** What the help says about the program, its commands and their options. */
export const HELP = {
  program: {
    da: "Holder øje med, om en kommunes internetvendte aktiver opfylder de tekniske minimumskrav.",
    en: "Watches whether a municipality's internet-facing assets fulfil the technical minimum requirements.",
  },
  start: {
    da: "overvåg fra denne maskine, med statussider på 127.0.0.1; uden fortegnelse øvelseskommunen",
    en: "watch from this machine, with status pages on 127.0.0.1; without an inventory the practice municipality",
  },
  verify: { da: "efterprøv navne eller en fortegnelse én gang", en: "verify names or an inventory once" },
  inventory: { da: "fortegnelsen over aktiver", en: "the inventory of assets" },
  inventoryCheck: { da: "find alle fejl i en fortegnelse", en: "find every mistake in an inventory" },
  inventoryPush: {
    da: "læg en version, hvor tjenesten på AWS læser den",
    en: "put a version where the service on AWS reads it",
  },
  dnssec: { da: "tegn DNSSEC-kæden fra roden til et navn", en: "draw the DNSSEC chain from the root to a name" },
  dane: {
    da: "vis et domænes mailgateways, deres TLSA-poster og certifikater",
    en: "show a domain's mail gateways, their TLSA records and certificates",
  },
  dmarc: {
    da: "vis et domænes DMARC, SPF og DKIM; «dmarc ingest FIL...» tager rapporter ind",
    en: 'show a domain\'s DMARC, SPF and DKIM; "dmarc ingest FILE..." takes in reports',
  },
  dmarcIngest: {
    da: "tag DMARC-rapporter ind: hvilke DKIM-selektorer der signerer, og hvem der sender",
    en: "take in DMARC reports: which DKIM selectors sign, and who sends",
  },
  reportFiles: {
    da: "rapporter (xml, gz, zip) eller mapper med dem",
    en: "reports (xml, gz, zip) or folders of them",
  },
  tls: {
    da: "vis og bedøm alt, en TLS-server tager imod: versioner, suites, grupper, certifikater",
    en: "show and grade all that a TLS server takes: versions, suites, groups, certificates",
  },
  tlsPlace: {
    da: "vært, evt. med port (25, 110, 143, 587 og 21 begynder med STARTTLS), eller f.eks. imap://mail.example.dk",
    en: "host, with a port if need be (25, 110, 143, 587 and 21 begin with STARTTLS), or such as imap://mail.example.dk",
  },
  active: {
    da: "prøv også genforhandling og 0-RTT: kun med ejerens samtykke",
    en: "try renegotiation and 0-RTT too: only with the owner's consent",
  },
  hsts: {
    da: "vis HSTS i alle svar fra en hjemmeside og navnene ved siden af",
    en: "show HSTS in every answer of a web site and the names beside it",
  },
  site: { da: "en webadresse eller en vært", en: "a web address or a host" },
  domain: { da: "et domæne", en: "a domain" },
  explain: {
    da: "forklar et fund: betydning, krav og afhjælpning",
    en: "explain a finding: meaning, requirement and remedy",
  },
  history: {
    da: "vis, hvad der er sket med et aktiv for et krav, og på hvilket bevis",
    en: "show what became of an asset for a requirement, and on what evidence",
  },
  report: { da: "rapporten over en dag, også tidligere dage", en: "the report of a day, past days included" },
  judge: {
    da: "døm gemte observationer igen efter andre regler, uden at se på noget aktiv",
    en: "judge stored observations again by other rules, without looking at any asset",
  },
  notBuilt: { da: "ikke bygget endnu", en: "not built yet" },
  names: {
    da: "domæner, værter, webadresser eller IP-adresser",
    en: "domains, hosts, web addresses or IP addresses",
  },
  asset: { da: "et aktivs id eller navn", en: "an asset's id or name" },
  oneRequirement: { da: "et krav, f.eks. S18", en: "a requirement, such as S18" },
  tag: { da: "et mærke som S18_UNSIGNED", en: "a tag such as S18_UNSIGNED" },
  file: { da: "fortegnelsen, i YAML eller JSON", en: "the inventory, in YAML or JSON" },
  inventoryOption: { da: "fortegnelsen, i YAML eller JSON", en: "the inventory, in YAML or JSON" },
  networkOption: {
    da: "fortegnelse, hvis netværksindstillinger bruges",
    en: "an inventory whose network settings are used",
  },
  requirement: {
    da: "kun disse krav, f.eks. S18 (ellers alle, der er bygget)",
    en: "only these requirements, such as S18 (else all that are built)",
  },
  format: { da: "text (standard), json, sarif, junit eller csv", en: "text (default), json, sarif, junit or csv" },
  formatShort: { da: "text (standard) eller json", en: "text (default) or json" },
  formatReport: {
    da: "json (standard); html, pdf, csv og xlsx er ikke bygget endnu",
    en: "json (default); html, pdf, csv and xlsx are not built yet",
  },
  dataRead: { da: "datamappen (standard: kravvagt-data)", en: "the data folder (default: kravvagt-data)" },
  municipality: {
    da: "kommunens id, hvis datamappen husker flere",
    en: "the municipality's id, if the data folder remembers several",
  },
  verifyHistory: {
    da: "efterprøv hashkæden, beviserne og afgørelserne; slutkode 1, hvis noget ikke holder",
    en: "verify the chain of hashes, the evidence and the verdicts; exit code 1 if anything does not hold",
  },
  asOf: { da: "en dag (UTC), f.eks. 2026-11-23; ellers nu", en: "a day (UTC), such as 2026-11-23; else now" },
  bundle: { da: "med beviserne (ikke bygget endnu)", en: "with the evidence (not built yet)" },
  output: { da: "skriv til en fil i stedet", en: "write to a file instead" },
  readingStored: {
    da: "kommune-2024 eller stat-2024-10 (ellers fortegnelsens)",
    en: "kommune-2024 or stat-2024-10 (else the inventory's)",
  },
  tlsProfileStored: {
    da: "TLS-profil for S27(c): et id eller en fil (ellers fortegnelsens)",
    en: "TLS profile for S27(c): an id or a file (else the inventory's)",
  },
  tlsProfile: {
    da: "TLS-profil for S27(c): et id eller en fil (som settings.tlsProfile i fortegnelsen)",
    en: "TLS profile for S27(c): an id or a file (as settings.tlsProfile in the inventory)",
  },
  lang: { da: "sprog: da (standard) eller en", en: "language: da (default) or en" },
  saveObservations: { da: "gem det, der blev set, i en mappe", en: "save what was seen in a folder" },
  fromObservations: {
    da: "døm ud fra en gemt mappe, uden netværk",
    en: "judge from a saved folder, without a network",
  },
  reading: { da: "kommune-2024 (standard) eller stat-2024-10", en: "kommune-2024 (default) or stat-2024-10" },
  strict: {
    da: "døm også det, ordlyden lader stå åbent (som settings.strict i fortegnelsen)",
    en: "judge also what the wording leaves open (as settings.strict in the inventory)",
  },
  rate: { da: "højst så mange spørgsmål i sekundet", en: "at most so many questions per second" },
  data: {
    da: "datamappe (standard kravvagt-data; øvelsens er midlertidig)",
    en: "data folder (default kravvagt-data; that of practice is temporary)",
  },
  dataVerify: { da: "husk resultatet i denne datamappe", en: "remember the result in this data folder" },
  bucket: { da: "stakkens bucket til fortegnelsen", en: "the stack's bucket for the inventory" },
  port: { da: "port til statussiderne (standard 8180)", en: "port of the status pages (default 8180)" },
  once: { da: "kun én runde; i øvelsen hele historien", en: "one round only; in practice the whole story" },
  exitCodes: {
    da: [
      "Slutkoder: 0 alt er opfyldt, erklæret eller ikke relevant; 1 noget er ikke opfyldt; 2 noget kan ikke afgøres;",
      "64 forkert brug, eller ikke bygget endnu; 66 en fil mangler eller er forkert; 69 en port eller tjeneste er optaget;",
      "70 fejl hos os selv; 74 datamappen kan ikke bruges; 130 afbrudt.",
    ].join("\n"),
    en: [
      "Exit codes: 0 all fulfilled, attested or not applicable; 1 something is not fulfilled; 2 something is not known;",
      "64 wrong usage, or not built yet; 66 a file is missing or wrong; 69 a port or service is not available;",
      "70 a bug of our own; 74 the data folder cannot be used; 130 interrupted.",
    ].join("\n"),
  },
  help: { da: "vis hjælp", en: "show help" },
  version: { da: "vis versionen", en: "show the version" },
} as const satisfies Record<string, Bilingual>;

/** Commander's own headings. */
export const HEADINGS: Readonly<Record<string, string>> = {
  "Usage:": "Brug:",
  "Arguments:": "Argumenter:",
  "Options:": "Tilvalg:",
  "Commands:": "Kommandoer:",
};

/** Of the promised command line, what answers "not built yet". */
export const UNBUILT_COMMANDS = [
  "attest",
  "exempt",
  "authorise",
  "testzone",
  "export",
  "import",
  "outpost",
  "scan",
] as const;
