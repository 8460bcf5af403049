import { Buffer } from "node:buffer";
import { describe, expect, test } from "@jest/globals";
import packet, { type Packet } from "dns-packet";
import fc from "fast-check";
import { answerFromZone } from "../../lib/practice/answer.ts";
import { exchange, type Server, type Transport } from "../../lib/practice/exchange.ts";
import { pathFromOrigin } from "../../lib/practice/zone.ts";
import { encodeMessage, encodeQuery, type QueryOptions } from "../../lib/wire/codec.ts";
import { name } from "../../lib/wire/name.ts";
import { parseAddress } from "../../lib/wire/rdata/address.ts";
import { parseTargetName } from "../../lib/wire/rdata/target-name.ts";
import { allPracticeZones } from "./practice-zones.ts";
import { proveText, zoneOf } from "./prove-zone.ts";

const prove = zoneOf(proveText("nsec"));
const server: Server = (question, dnssecOk) =>
  Promise.resolve({ answer: answerFromZone(prove, question, dnssecOk), flags: [], truncated: false });

function query(owner: string, type: string, changes: Partial<QueryOptions> = {}): Uint8Array {
  return encodeQuery({
    ...{ id: 0x1234, question: { name: name(owner), type }, recursionDesired: false, checkingDisabled: false },
    ...{ dnssecOk: true, udpPayloadSize: 1_232, ...changes },
  });
}

/** What dns-packet reads: more than its types say. */
type Seen = Packet & { readonly rcode: string; readonly flag_aa: boolean; readonly flag_tc: boolean };

async function reply(octets: Uint8Array, transport: Transport = "tcp", from: Server = server): Promise<Seen> {
  const answer = await exchange(from, octets, transport);
  if (answer === null) throw new Error("no answer");
  return packet.decode(Buffer.from(answer)) as unknown as Seen;
}

/** The query's octets with some of them replaced. */
function patched(octets: Uint8Array, at: number, ...values: number[]): Uint8Array {
  const copy = Uint8Array.from(octets);
  copy.set(values, at);
  return copy;
}

describe("exchange", () => {
  test("answers with the query's id and question, AA, RD and CD as asked, and OPT with DO", async () => {
    const asked = query("mail.prove.dk", "A", { recursionDesired: true, checkingDisabled: true });
    const got = await reply(asked);
    expect(got).toMatchObject({ id: 0x1234, type: "response", rcode: "NOERROR", flag_aa: true, flag_rd: true });
    expect(got).toMatchObject({ flag_cd: true, flag_ra: false, flag_ad: false, flag_tc: false });
    expect(got.questions).toEqual([{ name: "mail.prove.dk", type: "A", class: "IN" }]);
    expect(got.additionals).toMatchObject([{ type: "OPT", flag_do: true }]);
  });

  test("keeps the letter case of the question, and finds the name whatever its case", async () => {
    const got = await reply(query("mail.prove.dk", "A", { mixCase: (index) => index % 2 === 0 }));
    expect(got.questions?.[0]?.name).toBe("MaIl.PrOvE.dK");
    expect(got.answers?.[0]).toMatchObject({ type: "A", data: "185.20.20.1" });
  });

  test("sends no OPT to a client that sent none, and at most 512 octets over UDP", async () => {
    const bare = packet.encode({ type: "query", id: 7, questions: [{ type: "DNSKEY", name: "prove.dk" }] });
    expect((await reply(bare)).additionals).toEqual([]);
    const many = packet.encode({ type: "query", id: 7, questions: [{ type: "ANY" as "A", name: "prove.dk" }] });
    expect(await reply(many, "udp")).toMatchObject({ flag_tc: false });
    expect((await exchange(server, many, "udp"))?.length).toBeLessThanOrEqual(512);
  });

  test.each([
    [512, true],
    [100, true],
    [1_232, false],
    [4_096, false],
  ])("with a UDP size of %d, truncated is %s", async (udpPayloadSize, truncated) => {
    const octets = query("prove.dk", "ANY", { udpPayloadSize });
    const got = await reply(octets, "udp");
    expect(got.flag_tc).toBe(truncated);
    expect(got.answers?.length === 0).toBe(truncated);
    expect((await reply(octets, "tcp")).flag_tc).toBe(false);
  });

  test.each<[string, Uint8Array, string]>([
    ["another opcode", patched(query("prove.dk", "A"), 2, 0x28), "NOTIMP"],
    ["no question", patched(query("prove.dk", "A").slice(0, 12), 4, 0, 0, 0, 0, 0, 0, 0, 0), "FORMERR"],
    ["another class", patched(query("prove.dk", "A"), 12 + 10 + 2, 0, 3), "REFUSED"],
    ["a zone transfer", query("prove.dk", "AXFR"), "REFUSED"],
    ["rubbish after the message", Uint8Array.from([...query("prove.dk", "A"), 0]), "FORMERR"],
    ["a cut message", query("prove.dk", "A").slice(0, 15), "FORMERR"],
  ])("refuses %s", async (_, octets, rcode) => {
    expect(await reply(octets)).toMatchObject({ id: 0x1234, rcode, answers: [] });
  });

  test("never answers a response, nor what is too short to have an id and flags", async () => {
    const nothing = { question: null, answer: [], authority: [], additional: [], edns: null, flags: [], rcode: 0 };
    expect(await exchange(server, encodeMessage({ id: 1, ...nothing }), "udp")).toBeNull();
    expect(await exchange(server, Uint8Array.of(0, 1, 0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0), "udp")).toBeNull();
    expect(await exchange(server, new Uint8Array(11), "udp")).toBeNull();
  });

  test("says nothing when the server does not, and TC without records when it truncates", async () => {
    expect(await exchange(() => Promise.resolve(null), query("prove.dk", "A"), "udp")).toBeNull();
    const cutting: Server = async (...asked) => ({ ...(await server(...asked))!, truncated: true });
    const got = await reply(query("mail.prove.dk", "A"), "udp", cutting);
    expect(got).toMatchObject({ flag_tc: true, answers: [] });
    expect(got.questions).toHaveLength(1);
  });

  test("never throws, whatever octets come", async () => {
    const octets = fc.oneof(
      fc.uint8Array({ maxLength: 80 }),
      fc.tuple(fc.nat({ max: 30 }), fc.uint8Array({ minLength: 1, maxLength: 6 })).map(([at, values]) => {
        return patched(query("mail.prove.dk", "A"), at, ...values.slice(0, 6));
      }),
    );
    await fc.assert(
      fc.asyncProperty(octets, async (each) => {
        const answer = await exchange(server, each, "udp");
        if (answer !== null) expect(Buffer.from(answer).readUInt16BE(0)).toBe(Buffer.from(each).readUInt16BE(0));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("what dns-packet reads in the answers", () => {
  test("every set of every practice zone, under its owner, complete, with its signatures", async () => {
    let sets = 0;
    for (const zone of await allPracticeZones()) {
      const zoneServer: Server = (question, dnssecOk) =>
        Promise.resolve({ answer: answerFromZone(zone, question, dnssecOk), flags: [], truncated: false });
      for (const [owner, node] of zone.nodes) {
        const isCut = (at: string) => at !== zone.origin && zone.nodes.get(name(at))?.has("NS") === true;
        for (const [type, set] of node) {
          if (set.records.length === 0 || pathFromOrigin(zone.origin, owner).some(isCut)) continue;
          const got = await reply(query(owner, type), "tcp", zoneServer);
          expect([got.rcode, got.flag_aa]).toEqual(["NOERROR", true]);
          expect(got.answers).toHaveLength(set.records.length + set.signatures.length);
          expect(new Set(got.answers?.map((each) => each.name))).toEqual(new Set([textOf(owner)]));
          const data = got.answers
            ?.filter((each) => each.type === type)
            .map((each) => (each as { data: unknown }).data);
          if (/^(A|AAAA|NS|CNAME|DNAME)$/u.test(type)) {
            expect(data?.toSorted()).toEqual(set.records.map((record) => textOfData(type, record.data)).toSorted());
          }
          sets += 1;
        }
      }
    }
    expect(sets).toBeGreaterThan(500);
  });
});

function textOf(owner: string): string {
  return owner === "." ? "." : owner.slice(0, -1);
}

function textOfData(type: string, data: string): string {
  const read = type === "A" || type === "AAAA" ? parseAddress(data) : parseTargetName(data);
  if (!read.ok) throw new Error(read.problem);
  return type === "A" || type === "AAAA" ? read.value : textOf(read.value).toLowerCase();
}
