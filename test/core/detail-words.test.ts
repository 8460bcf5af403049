import { expect, test } from "@jest/globals";
import { detailWords, namesIn } from "../../lib/core/detail-words.ts";

test.each([
  ["no whole answer came in time", "der kom ikke et helt svar i tide"],
  ["the TLS handshake: ERR_SSL_WRONG_VERSION_NUMBER", "TLS-håndtrykket: ERR_SSL_WRONG_VERSION_NUMBER"],
  ["/: waiting for the TLS handshake: not done within 9993 ms", "/: TLS-håndtrykket: ikke færdigt inden for 9993 ms"],
  [
    "10.1.2.3 is not dialled: its range is special (private)",
    "10.1.2.3 kontaktes ikke: adressen er ikke en almindelig internetadresse (private)",
  ],
  [
    "connecting to 2001:db8::1 port 443: no answer within 4000 ms",
    "forbindelsen til 2001:db8::1 port 443: intet helt svar inden for 4000 ms",
  ],
  [
    "ns1.dk. 192.0.2.1: no answer; ns2.dk. 192.0.2.2: no answer",
    "ns1.dk. 192.0.2.1: intet svar; ns2.dk. 192.0.2.2: intet svar",
  ],
  ["DNS has no name www.kommune.dk", "DNS kender ikke navnet www.kommune.dk"],
  ["what nobody has words for", "what nobody has words for"],
])("%s", (english, danish) => {
  expect(detailWords(english, "da")).toBe(danish);
  expect(detailWords(english, "en")).toBe(english);
});

test("a requirement's own terms come first, and a single word is a name", () => {
  const terms = { "no answer": { da: "tavshed", en: "silence" } };
  const nameOf = namesIn({ terms }, "da");
  expect(["no answer", "not asked", "compression"].map(nameOf)).toEqual(["tavshed", "ikke spurgt", "compression"]);
  expect(namesIn(undefined, "en")("not asked")).toBe("not asked");
});
