import type { Bilingual, Language } from "./messages.ts";

type Phrase = readonly [english: string, danish: string];

/** What was under way. */
const DOINGS: readonly Phrase[] = [
  ["connecting", "forbindelsen"],
  ["connecting to (\\S+) port (\\d+)", "forbindelsen til $1 port $2"],
  ["asking (\\S+) port (\\d+) over UDP", "spørgsmålet til $1 port $2 over UDP"],
  ["asking the preload list", "spørgsmålet til preload-listen"],
  ["asking (\\S+)", "spørgsmålet til $1"],
  ["profiling (\\S+) port (\\d+)", "målingen af $1 port $2"],
  ["visiting (\\S+)", "besøget hos $1"],
  ["(?:the|waiting for the) TLS handshake", "TLS-håndtrykket"],
  ["waiting for another handshake", "endnu et TLS-håndtryk"],
  ["waiting for the answer to a (?:TLS )?hello", "svaret på TLS-hilsenen"],
  ["waiting for the greeting", "serverens hilsen"],
  ["waiting for the (?:answer|reply) to (\\S+)", "svaret på $1"],
  ["waiting for the answer over HTTP/2", "svaret over HTTP/2"],
  ["waiting for (?:the|an) answer(?: over HTTPS| over TCP)?", "svaret"],
  ["waiting for the first (?:words|line)", "serverens første ord"],
  ["(?:the HTTP exchange|reading the answer)", "HTTP-svaret"],
  ["the connection", "forbindelsen"],
  ["the preload list", "preload-listen"],
];

/** What came of it. */
const ENDINGS: readonly Phrase[] = [
  ["no (?:whole )?(?:answer|reply)(?: to a hello)? within (\\d+) ms", "intet helt svar inden for $1 ms"],
  ["not (?:whole|done) within (\\d+) ms", "ikke færdigt inden for $1 ms"],
  ["none within (\\d+) ms", "intet inden for $1 ms"],
  ["no whole answer came in time", "der kom ikke et helt svar i tide"],
  ["(?:the visit was not over within|the visit took longer than) (\\d+) ms", "besøget tog mere end $1 ms"],
  ["(?:deadline passed|the time for the visit was over)", "tiden til besøget var gået"],
  ["stopped before it was done", "afbrudt, før det var færdigt"],
  ["the server hung up(?: without a word)?", "serveren lagde på"],
  ["the connection was closed", "forbindelsen blev lukket"],
  ["the server reset the connection", "serveren brød forbindelsen"],
  ["the connection was reset, with a smaller hello too", "forbindelsen blev brudt, også ved en mindre TLS-hilsen"],
  ["the answer could not be read as TLS", "svaret kan ikke læses som TLS"],
  ["what the server answers could not be read as TLS", "det, serveren svarer, kan ikke læses som TLS"],
  ["the server chose something that was not offered", "serveren valgte noget, vi ikke havde tilbudt"],
  ["the server answered with an alert that says nothing about the offer", "serverens alarm siger intet om tilbuddet"],
  ["every version was refused", "alle versioner blev afvist"],
  ["more than (\\d+) connections", "det tager mere end $1 forbindelser"],
  ["more than (\\d+) octets arrived", "der kom mere end $1 byte"],
  ["no answer", "intet svar"],
  ["no answer at (\\S+)", "intet svar fra $1"],
  ["nobody (?:there|listens)", "der er ingen, der svarer"],
  ["not asked", "ikke spurgt"],
  ["not asked within (\\d+) ms", "ikke spurgt inden for $1 ms"],
  ["not tried", "ikke prøvet"],
  [
    "the server left (\\d+) connections in a row without an answer, so no more was asked",
    "serveren svarede ikke på $1 forbindelser i træk, så der blev ikke spurgt mere",
  ],
  ["it could not be told whose order rules", "det kan ikke ses, hvis rækkefølge der gælder"],
  ["the server uses one, and none was found", "serveren bruger en, men den blev ikke fundet"],
  ["what the server did on trial does not tell", "det, serveren gjorde i forsøget, viser det ikke"],
  ["the offer got no answer that can be read", "tilbuddet fik intet svar, der kan læses"],
  ["the issuer, who would prove it, is not known", "udstederen, som skulle bevise det, kendes ikke"],
  ["the server has shown none", "serveren har ikke vist noget"],
  ["it presents more different chains than are looked at", "serveren viser flere forskellige kæder, end vi ser på"],
  ["it cannot be read", "det kan ikke læses"],
  ["the server does not offer STARTTLS", "serveren tilbyder ikke STARTTLS"],
  ["octets in clear came after the go-ahead for TLS", "der kom klartekst, efter at serveren havde sagt ja til TLS"],
  ["no answer to STARTTLS", "intet svar på STARTTLS"],
  ["TLS was promised, and no version of it came about", "serveren lover TLS, men ingen version af TLS kommer i stand"],
  ["the port refused this look, and answered another", "porten afviste dette kig, men svarede et andet"],
  ["the server (?:greets us|answers|puts us off) with (\\S+)", "serveren svarer $1"],
];

/** What our own observations lack. */
const GAPS: readonly Phrase[] = [
  ["nothing was observed of it", "det er ikke målt"],
  ["nothing was asked for over HTTP", "der blev ikke spurgt over HTTP"],
  ["the front page was not asked for(?: over HTTPS)?", "der blev ikke spurgt efter forsiden"],
  ['the page for "([\\w-]+)" was not asked for', "der blev ikke spurgt efter siden «$1»"],
  ["fewer pages were asked for than it takes", "der blev spurgt efter for få sider"],
  ["(?:HTTPS|(.+)) was recorded without TLS", "et HTTPS-svar er gemt uden TLS"],
  ["an answer over HTTPS came without TLS", "et HTTPS-svar er gemt uden TLS"],
  ["no visit", "intet besøg"],
  ["the visit is of another kind of asset", "besøget gælder en anden slags aktiv"],
  ["the visit is not of one of the asset's names", "besøget gælder et andet navn end aktivets"],
  ["nothing was visited, and no reason was found", "der er ikke besøgt noget, og grunden kendes ikke"],
  ["the name has addresses, and there is no visit of any", "navnet har adresser, men ingen af dem er besøgt"],
  ["it goes in circles for visitors without cookies", "den går i ring for besøgende uden cookies"],
  ["the walk did not go where it was led", "besøget gik ikke derhen, hvor det blev sendt"],
  ["the profile (\\S+) gives advice only and objects to (.+)", "profilen $1 giver kun råd og har indvendinger mod $2"],
];

/** Ports, pages and names. */
const PLACES: readonly Phrase[] = [
  ["DNS has no name (\\S+)", "DNS kender ikke navnet $1"],
  ["the host has no address", "værten har ingen adresse"],
  ["(\\S+) is not dialled", "$1 kontaktes ikke"],
  ["its range is special \\((\\S+)\\)", "adressen er ikke en almindelig internetadresse ($1)"],
  ["it carries an embedded IPv4 address", "den indeholder en IPv4-adresse"],
  ["there is no route from here to (IPv[46])", "der er ingen rute til $1 herfra"],
  ["no route from here", "der er ingen rute herfra"],
  ["the port for (HTTPS?) kept silent", "porten til $1 svarede ikke"],
  ["the HTTPS port did not answer", "HTTPS-porten svarede ikke"],
  ["no port is open, and not every one refused", "ingen port er åben, og de har ikke alle afvist"],
  ["no HTTPS belongs to this port", "der hører ingen HTTPS til denne port"],
  ["an error over HTTP may be content", "en fejl over HTTP kan være indhold"],
  ["what HTTP gives or leads to was not seen", "det er ikke set, hvad HTTP giver eller fører til"],
  ["the target is at an address that is not on the internet", "målets adresse er ikke på internettet"],
  ["more redirects than are followed", "der er flere omdirigeringer, end vi følger"],
  ["(.+) was not read to its end", "$1 blev ikke læst til ende"],
  ["the server (?:wants HTTP/1\\.1|did not agree on HTTP/2)", "serveren vil ikke tale HTTP/2"],
  ["the HTTPS record of this name was not asked for", "der blev ikke spurgt efter navnets HTTPS-post"],
  ["the list is not asked", "listen spørges ikke"],
  ["the list's host has no address", "listens vært har ingen adresse"],
  ["the list's certificate is not trusted", "listens certifikat er ikke gyldigt"],
  ["the list's answer was not read to its end", "listens svar blev ikke læst til ende"],
  ["the list took too long", "listen svarede ikke i tide"],
  ["the list answered (\\d+)", "listen svarede $1"],
  ["it did not answer before", "den svarede heller ikke før"],
];

/** Parts of a TLS server's set-up that a question was about. */
const TLS_PARTS: readonly Phrase[] = [
  ["((?:TLS|SSL) [\\d.]+) preference", "rækkefølge i $1"],
  ["suites of ((?:TLS|SSL)v[\\d.]+)", "ciphersuiter i $1"],
  ["((?:TLS|SSL) [\\d.]+) suites", "ciphersuiter i $1"],
  ["((?:TLS|SSL) [\\d.]+) groups", "grupper i $1"],
  ["certificate", "certifikat"],
  ["(\\w+) certificate", "$1-certifikat"],
  ["an issuer of (\\w+)", "en udsteder af $1-certifikatet"],
  ["the key of (\\w+) certificate", "$1-certifikatets nøgle"],
  ["the signature of (\\w+) certificate", "$1-certifikatets signatur"],
  ["the key of issuer (\\d+) of (\\w+)", "nøglen hos udsteder $1 ($2)"],
  ["the signature of issuer (\\d+) of (\\w+)", "signaturen hos udsteder $1 ($2)"],
  ["OCSP response of (\\w+)", "$1-certifikatets OCSP-svar"],
  ["DHE groups", "DH-grupper"],
  ["key exchange signatures", "nøgleudvekslingens signatur"],
  ["(\\S+) alone", "$1 alene"],
  ["compression and renegotiation", "komprimering og genforhandling"],
  ["compression", "komprimering"],
  ["client renegotiation", "genforhandling fra klienten"],
  ["early data", "tidlige data (0-RTT)"],
];

const PHRASES = [...DOINGS, ...ENDINGS, ...GAPS, ...PLACES, ...TLS_PARTS].map(
  ([english, danish]) => [new RegExp(`^${english}$`, "u"), danish] as const,
);

/**
 * The details of an observation are English, for whoever must dig. In Danish each part of one that has words here is said by
 * them; codes, and what nobody has put into words, stay.
 */
export function detailWords(detail: string, language: Language): string {
  if (language === "en") return detail;
  return detail
    .split(/(: |; )/u)
    .map(partWords)
    .join("");
}

/** What codes and details in the evidence of a requirement are called in a sentence. */
export function namesIn(
  requirement: { readonly terms?: Readonly<Record<string, Bilingual>> } | undefined,
  language: Language,
): (code: string) => string {
  // Names and codes of one word are said as they are: only phrases are looked up.
  const plain = (code: string): string => (code.includes(" ") ? detailWords(code, language) : code);
  return (code) => requirement?.terms?.[code]?.[language] ?? plain(code);
}

function partWords(part: string): string {
  const [pattern, danish] = PHRASES.find(([each]) => each.test(part)) ?? [];
  return pattern === undefined || danish === undefined ? part : part.replace(pattern, danish);
}
