/** Reads a mail with the rules of RFC 5322, 2045, 2047 and 3676, for the tests: what a mail program would show. */
export interface ReadMail {
  /** Unfolded and decoded, by lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  /** How often each header stands there. */
  readonly counts: ReadonlyMap<string, number>;
  /** Decoded, soft line breaks joined, lines ending in line feeds. */
  readonly text: string;
  /** As it stands there. */
  readonly rawLines: readonly string[];
}

export function readMail(message: Buffer): ReadMail {
  const end = message.indexOf("\r\n\r\n");
  if (end === -1) throw new Error("no empty line after the headers");
  const head = message.subarray(0, end).toString("ascii");
  const body = message.subarray(end + 4);
  const fields = head.replaceAll(/\r\n[ \t]/g, " ").split("\r\n");
  const entries = fields.map((field): readonly [string, string] => {
    const colon = field.indexOf(":");
    if (colon < 1) throw new Error(`not a header: ${field}`);
    return [field.slice(0, colon).toLowerCase(), decodedWords(field.slice(colon + 1).trim())];
  });
  const headers = new Map(entries);
  const counts = new Map([...Map.groupBy(entries, ([name]) => name)].map(([name, all]) => [name, all.length]));
  const encoding = headers.get("content-transfer-encoding");
  const decoded = encoding === "quoted-printable" ? decodedOctets(body.toString("ascii")) : body;
  const text = decoded.toString("utf8").replaceAll("\r\n", "\n");
  const isFlowed = headers.get("content-type")?.includes("format=flowed") === true;
  return { headers, counts, text: isFlowed ? joined(text) : text, rawLines: body.toString("utf8").split("\r\n") };
}

function decodedWords(value: string): string {
  return value
    .replaceAll(/\?=\s+=\?/g, "?==?")
    .replaceAll(/=\?utf-8\?q\?([^?]*)\?=/gi, (_, word: string) =>
      decodedOctets(word.replaceAll("_", " ")).toString("latin1"),
    )
    .replaceAll(/[\u0080-\u00ff]+/g, (octets) => Buffer.from(octets, "latin1").toString("utf8"));
}

function decodedOctets(text: string): Buffer {
  const whole = text.replaceAll("=\r\n", "");
  const octets = whole.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(octets, "latin1");
}

function joined(text: string): string {
  const unstuffed = text.split("\n").map((line) => (line.startsWith(" ") ? line.slice(1) : line));
  return unstuffed
    .map((line) => (line.endsWith(" ") ? line : `${line}\n`))
    .join("")
    .replace(/\n$/, "");
}
