import { isDeepStrictEqual } from "node:util";
import { meansMailServer, parseMtaStsPolicy, parseMtaStsRecord } from "../../../lib/parsers/mta-sts.ts";
import { parseTlsReporting } from "../../../lib/parsers/tls-rpt.ts";
import { name } from "../../../lib/wire/name.ts";
import { composed, mutated, octetsOf } from "../random-texts.ts";
import type { Random } from "../random.ts";
import { promise, type Target } from "../target.ts";

const RECORDS = [
  "v=STSv1; id=20260101T000000;",
  "v=STSv1;x.y=z;id=1",
  "v=TLSRPTv1; rua=mailto:tls@example.org",
  "v=TLSRPTv1;rua=https://example.org/r?a=b , mailto:a@example.org;x=1;",
];
const POLICIES = [
  "version: STSv1\r\nmode: enforce\r\nmx: mail.example.org\r\nmx: *.example.net\r\nmax_age: 604800\r\n",
  "version: STSv1\nmode: none\nmax_age: 0",
];
const PIECES = [
  ...[
    "v=STSv1",
    "v=TLSRPTv1",
    ";",
    " ",
    "\t",
    "=",
    "id",
    "id=1",
    "rua=",
    "mailto:",
    "https://",
    "a@b.dk",
    ",",
    "!",
    "\u00e6",
  ],
  ...[
    "version",
    "mode",
    "mx",
    "max_age",
    ": ",
    ":",
    "\n",
    "\r\n",
    "enforce",
    "testing",
    "*.",
    "31557600",
    "31557601",
    "\u0000",
  ],
];

function exerciseText(text: string): string {
  const sts = parseMtaStsRecord(text);
  const reporting = parseTlsReporting(text);
  promise(!(sts.ok && reporting.ok), "one text is two records");
  if (sts.ok) {
    promise(text.startsWith("v=STSv1;") && text.includes(`id=${sts.value.id}`), "an id was read that is not there");
    promise(
      isDeepStrictEqual(parseMtaStsRecord(`${text.replace(/;[ \t]*$/, "")} ;zz=1;`), sts),
      "a field more changes it",
    );
    return "MTA-STS";
  }
  if (!reporting.ok) return "no record";
  const { rua } = reporting.value;
  promise(
    rua.some(({ valid, host }) => valid && host !== null),
    "no report could be sent",
  );
  promise(
    rua.every(({ text: uri }) => /^[ -~]*$/.test(uri)),
    "a destination is not printable",
  );
  return "TLS reports";
}

function exercisePolicy(text: string): string {
  const read = parseMtaStsPolicy(octetsOf(text));
  if (!read.ok) return "no policy";
  const { mode, maxAge, mx } = read.value;
  const written = ["version: STSv1", `mode: ${mode}`, ...mx.map((pattern) => `mx: ${pattern}`), `max_age: ${maxAge}`];
  promise(isDeepStrictEqual(parseMtaStsPolicy(octetsOf(written.join("\r\n"))), read), "a policy is not read back");
  for (const pattern of mx) {
    const [host, below] = [name(pattern.replace("*", "a")), name(pattern.replace("*", "a.b"))];
    promise(meansMailServer(pattern, host), "a pattern does not match what it says");
    promise(!pattern.startsWith("*") || !meansMailServer(pattern, below), "a wildcard matches two labels");
  }
  return "policy";
}

function inputText(random: Random, sound: readonly string[]): string {
  return random.chance(0.7) ? mutated(random, random.pick(sound), PIECES) : composed(random, PIECES, 15);
}

export const COMPANION_RECORDS: Target = {
  name: "companion-records",
  about: "records and policies of MTA-STS and records of TLS reports are read, and say no more than they do",
  endings: ["MTA-STS", "TLS reports", "no record", "policy", "no policy"],
  prepare: async () => (random, number) => {
    const isPolicy = number % 2 === 0;
    const text = inputText(random, isPolicy ? POLICIES : RECORDS);
    return { message: octetsOf(text), run: () => (isPolicy ? exercisePolicy(text) : exerciseText(text)) };
  },
};
