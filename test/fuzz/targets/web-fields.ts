import { parseHsts } from "../../../lib/parsers/hsts.ts";
import { parseLocation, parseWebUrl } from "../../../lib/parsers/location.ts";
import { parseRefresh } from "../../../lib/parsers/meta-refresh.ts";
import { SCANNED_LENGTH, scanForLeaving } from "../../../lib/parsers/meta-refresh-scan.ts";
import { composed, mutated, octetsOf } from "../random-texts.ts";
import type { Random } from "../random.ts";
import { promise, type Target } from "../target.ts";

const HSTS_SOUND = [
  "max-age=31536000",
  'max-age="31536000"; includeSubDomains',
  "max-age=31536000; includeSubDomains; preload",
  "MAX-AGE = 0 ;; x=1",
];
const HSTS_PIECES = [
  ...[
    "max-age",
    "=",
    ";",
    " ",
    "\t",
    '"',
    "\\",
    ",",
    "0",
    "31536000",
    "abc",
    "includeSubDomains",
    "preload",
    "x-max-age",
  ],
  ...["\u0000", "\u00e6", "max-age=1", '="', "; ", "-1", "1e9", "\r\n"],
];
const TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
const QUOTED = '"(?:[\\t\\x20!\\x23-\\x5b\\x5d-\\x7e\\x80-\\xff]|\\\\[\\t\\x20-\\x7e\\x80-\\xff])*"';
/** One directive, or none, up to a semicolon or the end: RFC 6797 section 6.1 with blanks around every part. */
const DIRECTIVE = new RegExp(`[ \\t]*(?:(${TOKEN})[ \\t]*(?:=[ \\t]*(${TOKEN}|${QUOTED})[ \\t]*)?)?(;|$)`, "y");

/** A second reading of the grammar; null where the field is invalid. */
function maxAgeOf(text: string): number | null {
  const found = new Map<string, string | undefined>();
  DIRECTIVE.lastIndex = 0;
  for (;;) {
    const match = DIRECTIVE.exec(text);
    if (match === null) return null;
    const [, name, value, end] = match;
    if (name !== undefined && found.has(name.toLowerCase())) return null;
    if (name !== undefined) found.set(name.toLowerCase(), value);
    if (end === "") break;
  }
  const age = found.get("max-age");
  const digits = age?.startsWith('"') === true ? age.slice(1, -1).replace(/\\(.)/g, "$1") : age;
  if (digits === undefined || !/^[0-9]+$/.test(digits)) return null;
  return found.get("includesubdomains") === undefined ? Number(digits) : null;
}

function exerciseHsts(text: string): string {
  const read = parseHsts(text);
  const right = maxAgeOf(text);
  promise(
    read.ok === (right !== null),
    `a second reading of the field comes to ${right === null ? "nothing" : "a policy"}`,
  );
  if (!read.ok) return read.problem === "syntax" ? "syntax" : "invalid";
  promise(read.value.maxAge === Math.min(right ?? 0, 2 ** 31), "a second reading of the field comes to another age");
  return "policy";
}

export const HSTS_FIELDS: Target = {
  name: "hsts-fields",
  about: "Strict-Transport-Security fields mean what a second reading of RFC 6797 says, or nothing",
  endings: ["policy", "syntax", "invalid"],
  prepare: async () => (random) => {
    const sound = random.chance(0.6);
    const text = sound ? mutated(random, random.pick(HSTS_SOUND), HSTS_PIECES) : composed(random, HSTS_PIECES, 10);
    return { message: octetsOf(text), run: () => exerciseHsts(text) };
  },
};

const BASE = "https://www.example.dk/dyb/side?sprog=da";
const LOCATIONS = [
  ...["https://www.example.dk/", "/velkommen", "//andre.example/", "?a=b", "http://bruger:kode@169.254.169.254/x"],
  ...[
    "https://www.example.dk@andre.example/.dk",
    "file:///etc/passwd",
    "https://[::1]:8443/",
    "HTTPS://\u00c3\u00b8.DK",
  ],
];
const LOCATION_PIECES = [
  ...["http:", "https:", "file:", "javascript:", "//", "/", "\\", "@", ":", "#", "?", "%0d%0a", "%", "..", ".dk"],
  ...["\r\n", "\t", " ", "\u00ff", "[", "]", "0x7f.1", "2852039166", "xn--", "a".repeat(70), "\u0000"],
];

function exerciseLocation(text: string): string {
  const read = parseLocation(text, BASE);
  if (!read.ok) return read.problem === "scheme" ? "other scheme" : "unusable";
  const { url, host, scheme, port } = read.value;
  promise(/^https?:\/\/[!-~]+$/.test(url), "a URL holds what no request line can");
  const parsed = new URL(url);
  promise(parsed.username === "" && parsed.password === "" && parsed.hash === "", "a URL keeps a name or a fragment");
  promise(parsed.protocol === `${scheme}:` && port > 0 && port <= 0xffff, "a URL is of another scheme or port");
  promise(/^[a-z0-9._:-]+$/.test(host) && parsed.hostname.includes(host), "the host is not the URL's");
  const again = parseWebUrl(url);
  promise(again.ok && again.value.url === url && again.value.host === host, "read again, the URL is another one");
  return "followed";
}

export const LOCATIONS_OF_REDIRECTS: Target = {
  name: "locations",
  about: "Location fields lead to http and https URLs that a request line can hold, or nowhere",
  endings: ["followed", "other scheme", "unusable"],
  prepare: async () => (random) => {
    const sound = random.chance(0.7);
    const text = sound
      ? mutated(random, random.pick(LOCATIONS), LOCATION_PIECES)
      : composed(random, LOCATION_PIECES, 8);
    return { message: octetsOf(text), run: () => exerciseLocation(text) };
  },
};

const PAGES = [
  '<!doctype html><meta http-equiv="refresh" content="0;url=https://www.example.dk/"><p>Flyttet',
  "<html><head><META HTTP-EQUIV=Refresh CONTENT='5; URL=/ny'><base href=https://www.example.dk/></head>",
  '<script>location.href="https://www.example.dk/"</script>',
  '<!-- <meta http-equiv=refresh content="0;url=/"> --><title>side</title>',
];
const PAGE_PIECES = [
  '<meta http-equiv=refresh content="1;url=/x">',
  ...["<", ">", "</", "/>", "<!--", "-->", "<meta ", "http-equiv=", "refresh", "content=", "0;url=", '"', "'", "&amp;"],
  ...[
    "<script>",
    "</script>",
    "<title>",
    "<textarea>",
    "location=",
    "&#x68;",
    "<base href=",
    "\u0000",
    " ",
    "=",
    "a=b ",
  ],
];

function exercisePage(text: string): string {
  const { refreshes, base, scriptMentionsLocation } = scanForLeaving(text);
  promise(refreshes.length <= 4, "there are more refreshes than are kept");
  promise(refreshes.length === 0 || /refresh|&/i.test(text), "a refresh is found where the word does not stand");
  promise(base === null || /<base/i.test(text), "a base is found where none stands");
  promise(!scriptMentionsLocation || /<script/i.test(text), "a script is found where none stands");
  promise(
    scanForLeaving(text.slice(0, SCANNED_LENGTH)).refreshes.length === refreshes.length,
    "what lies further on counts",
  );
  for (const content of refreshes) {
    const refresh = parseRefresh(content);
    promise(
      refresh === null || (Number.isInteger(refresh.seconds) && refresh.seconds >= 0),
      "the seconds are no number",
    );
  }
  if (refreshes.length > 0) return "leaves";
  return scriptMentionsLocation ? "script" : "stays";
}

/** Long pages of one thing over and over show what takes more than linear time. */
function pageOf(random: Random): string {
  if (random.chance(0.02)) return random.pick(PAGE_PIECES).repeat(20_000);
  return random.chance(0.7) ? mutated(random, random.pick(PAGES), PAGE_PIECES) : composed(random, PAGE_PIECES, 30);
}

export const META_REFRESHES: Target = {
  name: "meta-refreshes",
  about: "pages are scanned for what leaves them, in linear time, and nothing is found that does not stand there",
  endings: ["leaves", "script", "stays"],
  prepare: async () => (random) => {
    const text = pageOf(random);
    return { message: octetsOf(text), run: () => exercisePage(text) };
  },
};
