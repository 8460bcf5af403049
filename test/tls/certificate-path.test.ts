import { describe, expect, test } from "@jest/globals";
import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import path from "node:path";
import { matchDane } from "../../lib/mail/dane/match.ts";
import { USAGE } from "../../lib/mail/dane/usability.ts";
import { readChain } from "../../lib/requirements/s27/cert-chain.ts";
import { certificateFacts } from "../../lib/requirements/s27/profile-chain-facts.ts";
import { MODERN } from "../../lib/requirements/s27/tls-scenario-endpoint.ts";
import { pathProblem } from "../../lib/tls/certificate-path.ts";
import { type Certificate, parseCertificate } from "../../lib/tls/certificate.ts";
import { publicKeyOf } from "../../lib/tls/certificate-signature.ts";
import { presentedChains } from "../../lib/tls/presented-chains.ts";
import { rootStoreOf, trustAnchorOf } from "../../lib/tls/trust-anchor.ts";
import { isDirectoryBelow, readDirectoryName } from "../../lib/tls/directory-name.ts";
import { readDer, TAG } from "../../lib/tls/der.ts";
import { name as hostName } from "../../lib/wire/name.ts";

/** Made by certificate-paths.sh; what OpenSSL's `verify -purpose sslserver` says is what is expected where it is decided here. */
const DER = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, "../vectors/certificate-paths.json"), "utf8"),
) as Readonly<Record<string, string>>;

const AT = Date.parse("2026-11-23T12:00:00Z");
const HOST = "www.kommune.dk";
const WHERE = { host: HOST, serverName: HOST, address: "192.0.2.1", port: 443, startTls: null };

function base64(name: string): string {
  const found = DER[name];
  if (found === undefined) throw new Error(`no certificate ${name}`);
  return found;
}

function read(name: string): Certificate {
  const certificate = parseCertificate(new Uint8Array(Buffer.from(base64(name), "base64")));
  if (!certificate.ok) throw new Error(certificate.problem);
  return certificate.value;
}

const STORE = rootStoreOf([read("root-a"), read("root-b")]);

function presented(...names: readonly string[]) {
  const [chain] = presentedChains([{ version: "TLSv1.3", chain: names.map(base64), staple: null }], STORE);
  if (chain === undefined) throw new Error("nothing was presented");
  return chain;
}

/** What a client says of the chain that a server sends. */
function problemOf(...names: readonly string[]) {
  const chain = readChain(presented(...names), AT);
  return chain?.isAnchored === true ? pathProblem(chain.path, AT) : "not anchored";
}

describe("a certificate that says it may sign, but not that it is an authority", () => {
  test("is none where it stands between (RFC 5280 section 6.1.4)", () => {
    expect(problemOf("leaf", "issuer-plain")).toBe("not-an-authority");
  });

  test("is none below a bare key, either, and is one where it is trusted as it is", () => {
    const path = [read("leaf"), read("issuer-plain")];
    expect(pathProblem(path, AT, { key: publicKeyOf(read("root-a"))! })).toBe("not-an-authority");
    expect(pathProblem(path, AT)).toBeNull();
  });
});

describe("keyUsage of a server's own certificate", () => {
  test.each(["leaf", "silent", "exchanging", "agreeing"])("%s is for servers", (leaf) => {
    expect(problemOf(leaf, "issuer")).toBeNull();
  });

  test.each(["signing", "vouching"])("%s is not for servers", (leaf) => {
    expect(problemOf(leaf, "issuer")).toBe("not-for-servers");
  });

  test("senders heed it below a DANE authority, and not where the record is about the certificate itself", () => {
    const whyOf = (leaf: string, usage: number, about: string) => {
      const record = { usage, selector: 0, matchingType: 0, association: read(about).octets };
      const match = matchDane(
        [record],
        [leaf, "issuer"].map((name) => read(name).octets),
        [hostName(HOST)],
        AT,
      );
      return match.state === "matched" ? "matched" : match.why;
    };
    expect(whyOf("signing", USAGE.daneEe, "signing")).toBe("matched");
    expect(whyOf("signing", USAGE.daneTa, "issuer")).toBe("not-for-servers");
    expect(whyOf("leaf", USAGE.daneTa, "issuer")).toBe("matched");
  });
});

describe("an authority with several certificates", () => {
  test.each([
    ["one of them has ended", "issuer-ended", "issuer-cross"],
    ["one of them begins later", "issuer-later", "issuer"],
    ["one of them may not issue for the name", "issuer-elsewhere", "issuer-cross"],
    ["one of them ended, another begins later", "issuer-ended", "issuer-later", "issuer-cross"],
  ])("%s: in any order the other one counts", (_, ...issuers) => {
    expect(problemOf("leaf", ...issuers)).toBeNull();
    expect(problemOf("leaf", ...issuers.toReversed())).toBeNull();
  });

  test("where all have a fault it is told", () => {
    expect(problemOf("leaf", "issuer-ended")).toBe("expired");
    expect(problemOf("leaf", "issuer-later")).toBe("not-yet-valid");
    expect(problemOf("leaf", "issuer-ended", "issuer-elsewhere")).not.toBeNull();
  });

  test("where all are good the first that was sent counts", () => {
    expect(trustAnchorOf(["leaf", "issuer-cross", "issuer"].map(read), STORE)).toEqual(read("root-b"));
    expect(trustAnchorOf(["leaf", "issuer", "issuer-cross"].map(read), STORE)).toEqual(read("root-a"));
  });

  test("a store without the issuer's root has no anchor", () => {
    expect(trustAnchorOf(["leaf", "issuer"].map(read), rootStoreOf([read("root-b")]))).toBeNull();
  });
});

describe("constraints on subjects", () => {
  test.each([
    ["leaf", "issuer-inside", null],
    ["leaf", "issuer-country", null],
    ["leaf", "issuer-sparing", null],
    ["leaf", "issuer-outside", "name-not-permitted"],
    ["leaf", "issuer-excluding", "name-not-permitted"],
    // Case and doubled spaces make no other name.
    ["shouted", "issuer-inside", null],
    ["shouted", "issuer-excluding", "name-not-permitted"],
    ["nameless", "issuer-outside", null],
    // A directory name in subjectAltName is not looked at.
    ["pointing", "issuer-inside", "not-understood"],
    ["pointing", "issuer", null],
  ])("%s below %s: %s", (leaf, issuer, problem) => {
    expect(problemOf(leaf, issuer)).toBe(problem);
  });

  test("equal names of different string types are equal", () => {
    const nameOf = (hex: string) => {
      const parsed = readDer(new Uint8Array(Buffer.from(hex, "hex")), (reader) =>
        readDirectoryName(reader.expect(TAG.sequence, "a name")),
      );
      if (!parsed.ok) throw new Error(parsed.problem);
      return parsed.value;
    };
    const [printable, utf8, bmp, other] = ["13024142", "0c026162", "1e0400410062", "13024143"].map((value) =>
      nameOf(`30${length(value, 9)}31${length(value, 7)}30${length(value, 5)}060355040a${value}`),
    );
    expect([utf8, bmp]).toEqual([printable, printable]);
    expect(isDirectoryBelow(printable ?? [], other ?? [])).toBe(false);
  });
});

function length(hex: string, more: number): string {
  return (hex.length / 2 + more).toString(16).padStart(2, "0");
}

describe("what is graded of a chain", () => {
  const graded = (...names: readonly string[]) => {
    const { seen } = certificateFacts({ ...WHERE, state: "visited", ...MODERN, chains: [presented(...names)] }, AT);
    return [...new Set(seen.map(({ where }) => where))];
  };

  test("the leaf once, each intermediate once, and no root", () => {
    const once = graded("leaf", "issuer");
    expect(once).toContain("issuer 1 of ECDSA");
    expect(once).not.toContain("issuer 2 of ECDSA");
    expect(graded("leaf", "leaf", "issuer", "issuer", "root-a")).toEqual(once);
    expect(graded("leaf", "leaf")).not.toContain("issuer 1 of ECDSA");
  });
});
