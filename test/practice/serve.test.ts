import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { type Network, openNetwork } from "../../lib/verify/network.ts";
import { mappedSockets } from "../../lib/dial/sockets.ts";
import { type InventoryFiles, readInventoryText } from "../../lib/inventory/read-inventory.ts";
import type { Requirement } from "../../lib/core/requirement.ts";
import { type PracticeInternet, startPracticeInternet } from "../../lib/practice/internet.ts";
import { QUICK_DOMAINS } from "../../lib/practice/municipality.ts";
import { s18 } from "../../lib/requirements/s18/requirement.ts";
import { s19 } from "../../lib/requirements/s19/requirement.ts";
import { s20 } from "../../lib/requirements/s20/requirement.ts";
import { s23 } from "../../lib/requirements/s23/requirement.ts";
import { verifyAssets } from "../../lib/verify/verify-assets.ts";
import { name } from "../../lib/wire/name.ts";
import { Asker, RESOLVER } from "./ask-practice.ts";

const DOMAIN = "oevelse.dk";
const HARBOUR = "havn-oevelse.dk";
const SERVERS = ["185.20.10.1", "2a0d:2000:10::1", "185.20.10.2", "2a0d:2000:10::2"];

let internet: PracticeInternet;
let asker: Asker;
let files: InventoryFiles;
beforeAll(async () => {
  internet = await startPracticeInternet();
  asker = new Asker(internet);
  const read = await readInventoryText(internet.inventoryOf([HARBOUR, ...QUICK_DOMAINS]), "practice.json");
  if (!read.ok) throw new Error(JSON.stringify(read));
  files = read;
});
afterEach(() => {
  for (const domain of [DOMAIN, HARBOUR]) internet.serve(domain, null);
});
afterAll(() => internet.stop());

/** What somebody sees who comes anew: nothing is remembered from an earlier look. */
async function looking<T>(look: (network: Network) => Promise<T>): Promise<T> {
  const sockets = mappedSockets(internet.sockets, internet.families);
  const network = await openNetwork(files, { signal: new AbortController().signal, sockets });
  try {
    return await look(network);
  } finally {
    network.close();
  }
}

/** Verdict and failing tags by domain; with several requirements by domain and requirement. */
async function verdicts(requirements: readonly Requirement[] = [s18]): Promise<Readonly<Record<string, unknown>>> {
  const { inventory } = files;
  const request = {
    ...{ inventory, requirements, requested: requirements.map(({ id }) => id), reading: inventory.reading },
    onProgress: () => undefined,
  };
  const { judged } = await looking((network) => verifyAssets(request, network));
  return Object.fromEntries(
    judged.map(({ evaluation: { asset, requirement, verdict, findings } }) => [
      requirements.length === 1 ? asset.name : `${asset.name} ${requirement.id}`,
      [verdict, ...findings.filter(({ outcome }) => outcome === "fail").map(({ tag }) => tag)],
    ]),
  );
}

const types = (records: readonly { readonly type: string }[] = []) => records.map(({ type }) => type);

describe("a zone that loses its signatures", () => {
  test("does so at once, at each of its servers and each resolver, and its parent keeps the DS", async () => {
    for (const [fault, soa] of [
      [null, ["SOA", "RRSIG"]],
      ["signatures-stripped", ["SOA"]],
      [null, ["SOA", "RRSIG"]],
    ] as const) {
      internet.serve(DOMAIN, fault);
      for (const address of [...SERVERS, RESOLVER]) {
        expect(types((await asker.overUdp(address, DOMAIN, "SOA"))?.answer)).toEqual(soa);
        expect(types((await asker.overTcp(address, DOMAIN, "SOA")).answer)).toEqual(soa);
      }
      expect(types((await asker.overUdp("185.20.2.1", DOMAIN, "DS"))?.answer)).toEqual(["DS", "RRSIG"]);
      const heard = await looking(({ dns }) =>
        Promise.all(dns.resolver.alone().map(({ ask }) => ask({ name: name(DOMAIN), type: "SOA" }))),
      );
      expect(heard.map((reply) => (reply.state === "observed" ? types(reply.value.answer) : reply))).toEqual([
        soa,
        soa,
      ]);
    }
  });

  test("has neither keys nor proofs, and is otherwise as it was", async () => {
    internet.serve(DOMAIN, "signatures-stripped");
    const [address = ""] = SERVERS;
    expect(await asker.overUdp(address, DOMAIN, "DNSKEY")).toMatchObject({ rcode: 0, answer: [] });
    const denied = await asker.overUdp(address, `findes-ikke.${DOMAIN}`, "A");
    expect([denied?.rcode, types(denied?.authority)]).toEqual([3, ["SOA"]]);
    expect(types((await asker.overUdp(address, DOMAIN, "MX"))?.answer)).toEqual(["MX"]);
    expect(types((await asker.overUdp(address, "raadhus-oevelse.dk", "SOA"))?.answer)).toEqual(["SOA", "RRSIG"]);
  });

  test("fails S18 with everything in it, and passes again when it is mended", async () => {
    const before = await verdicts();
    expect(before).toMatchObject({ [DOMAIN]: ["pass"], "mail.oevelse.dk": ["pass"], "raadhus-oevelse.dk": ["pass"] });
    internet.serve(DOMAIN, "signatures-stripped");
    const after = await verdicts();
    expect(after).toEqual({
      ...before,
      [DOMAIN]: ["fail", "S18_DNSKEY_MISSING"],
      // The zone above this name is the broken one.
      "mail.oevelse.dk": ["fail", "S18_PARENT_BOGUS"],
    });
    internet.serve(DOMAIN, null);
    expect(await verdicts()).toEqual(before);
  });
});

describe("what befalls a domain's mail", () => {
  const MAIL = [s19, s20, s23];

  test.each([
    ["certificate-renewed", "S20", "S20_CERTIFICATE_MISMATCH"],
    ["policy-weakened", "S23", "S23_DMARC_POLICY_ALL"],
  ] as const)("%s fails %s of that domain alone, and it passes again when it is mended", async (fault, id, tag) => {
    const before = await verdicts(MAIL);
    expect(before).toMatchObject(Object.fromEntries(MAIL.map((each) => [`${HARBOUR} ${each.id}`, ["pass"]])));
    internet.serve(HARBOUR, fault);
    const after = await verdicts(MAIL);
    const [verdict, ...tags] = after[`${HARBOUR} ${id}`] as readonly string[];
    expect([verdict, ...new Set(tags)]).toEqual(["fail", tag]);
    expect({ ...after, [`${HARBOUR} ${id}`]: ["pass"] }).toEqual(before);
    internet.serve(HARBOUR, null);
    expect(await verdicts(MAIL)).toEqual(before);
  });
});

test("a zone that nobody serves cannot be changed", () => {
  expect(() => internet.serve("ledig-oevelse.dk", "signatures-stripped")).toThrow(RangeError);
});
