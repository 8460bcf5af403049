import { describe, expect, test } from "@jest/globals";
import { proveDenialByNsec, proveNoCloserByNsec, type ProvenNsec } from "../../lib/dnssec/denial-nsec.ts";
import { name } from "../../lib/wire/name.ts";

const apex = name("example.");

function nsec(owner: string, next: string, types: string): ProvenNsec {
  return { owner: name(owner), next: name(next), types: new Set(types.split(" ").filter((type) => type !== "")) };
}

/** The zone of RFC 4035 appendix A. */
const ZONE = {
  apex: nsec("example.", "a.example.", "NS SOA MX RRSIG NSEC DNSKEY"),
  a: nsec("a.example.", "ai.example.", "NS DS RRSIG NSEC"),
  b: nsec("b.example.", "ns1.example.", "NS RRSIG NSEC"),
  ns1: nsec("ns1.example.", "ns2.example.", "A RRSIG NSEC"),
  ns2: nsec("ns2.example.", "*.w.example.", "A RRSIG NSEC"),
  wildcard: nsec("*.w.example.", "x.w.example.", "MX RRSIG NSEC"),
  xw: nsec("x.w.example.", "x.y.w.example.", "MX RRSIG NSEC"),
  xyw: nsec("x.y.w.example.", "xx.example.", "MX RRSIG NSEC"),
  last: nsec("xx.example.", "example.", "A HINFO AAAA RRSIG NSEC"),
};

function prove(owner: string, type: string, ...nsecs: ProvenNsec[]): unknown {
  return proveDenialByNsec({ name: name(owner), type, apex }, nsecs);
}

const NXDOMAIN = { kind: "nxdomain", compact: false };
const WILDCARD_NODATA = { kind: "nodata", types: null, nameExists: false };
const ENT = { kind: "nodata", types: null, nameExists: true };

describe("RFC 4035 appendix B", () => {
  test("B.2: a name error", () => {
    expect(prove("ml.example.", "A", ZONE.b, ZONE.apex)).toEqual(NXDOMAIN);
  });
  test("B.3: no such type", () => {
    expect(prove("ns1.example.", "MX", ZONE.ns1)).toEqual({ kind: "nodata", types: ZONE.ns1.types, nameExists: true });
  });
  test("B.5: no DS at an unsigned delegation", () => {
    expect(prove("b.example.", "DS", ZONE.b)).toEqual({ kind: "nodata", types: ZONE.b.types, nameExists: true });
  });
  test("B.6: nothing closer than a wildcard", () => {
    expect(proveNoCloserByNsec(name("a.z.w.example."), name("w.example."), apex, [ZONE.xyw])).toBe(true);
  });
  test("B.7: a wildcard without the type", () => {
    expect(prove("a.z.w.example.", "AAAA", ZONE.xyw, ZONE.wildcard)).toEqual(WILDCARD_NODATA);
  });
  test("B.8: the child's own NSEC does not deny its DS", () => {
    expect(prove("example.", "DS", ZONE.apex)).toBeNull();
  });
});

describe("an NSEC at the name", () => {
  test("does not deny what its bitmap has", () => {
    expect(prove("ns1.example.", "A", ZONE.ns1)).toBeNull();
  });
  test("denies nothing when the bitmap has CNAME (RFC 6840 section 4.3)", () => {
    expect(prove("c.example.", "A", nsec("c.example.", "d.example.", "CNAME RRSIG NSEC"))).toBeNull();
    expect(prove("c.example.", "DS", nsec("c.example.", "d.example.", "CNAME RRSIG NSEC"))).toBeNull();
  });
  test("from the parent's side of a cut denies only DS (RFC 6840 section 4.1)", () => {
    expect(prove("b.example.", "A", ZONE.b)).toBeNull();
    expect(prove("b.example.", "NSEC3PARAM", ZONE.b)).toBeNull();
  });
  test("from the child's side denies anything but DS", () => {
    expect(prove("example.", "A", ZONE.apex)).toMatchObject({ kind: "nodata" });
  });
  test("does not deny a DS that is there", () => {
    expect(prove("a.example.", "DS", ZONE.a)).toBeNull();
  });
  test("settles the matter even beside one that covers", () => {
    const before = nsec("a.example.", "z.example.", "A RRSIG NSEC");
    expect(prove("ns1.example.", "A", before, ZONE.ns1, ZONE.apex)).toBeNull();
  });
  test("with NXNAME says that the name does not exist (RFC 9824)", () => {
    const compact = nsec("q.example.", "\\000.q.example.", "RRSIG NSEC NXNAME");
    expect(prove("q.example.", "A", compact)).toEqual({ kind: "nxdomain", compact: true });
    expect(prove("q.example.", "DS", compact)).toEqual({ kind: "nxdomain", compact: true });
  });
  test("with NXNAME and other types says nothing", () => {
    expect(prove("q.example.", "A", nsec("q.example.", "\\000.q.example.", "MX RRSIG NSEC NXNAME"))).toBeNull();
  });
  test("with NXNAME at another name says nothing", () => {
    expect(prove("r.example.", "A", nsec("q.example.", "\\000.q.example.", "RRSIG NSEC NXNAME"))).toBeNull();
  });
});

describe("a covering NSEC", () => {
  test("is not enough without the wildcard", () => {
    expect(prove("ml.example.", "A", ZONE.b)).toBeNull();
    expect(prove("ml.example.", "A", ZONE.apex)).toBeNull();
    expect(prove("ml.example.", "A")).toBeNull();
  });
  test("must end after the name", () => {
    expect(prove("ns2.example.", "A", ZONE.b, ZONE.apex)).toBeNull();
    expect(prove("ns1.example.", "A", ZONE.b, ZONE.apex)).toBeNull();
    expect(prove("ns3.example.", "A", ZONE.b, ZONE.apex)).toBeNull();
  });
  test("must begin before the name", () => {
    expect(prove("ac.example.", "A", ZONE.b, ZONE.apex)).toBeNull();
  });
  test("may be the last of the zone", () => {
    expect(prove("zz.example.", "A", ZONE.last, ZONE.apex)).toEqual(NXDOMAIN);
  });
  test("may be the only one of the zone", () => {
    const only = nsec("example.", "example.", "NS SOA RRSIG NSEC DNSKEY");
    expect(prove("q.example.", "A", only)).toEqual(NXDOMAIN);
    expect(prove("x.q.example.", "A", only)).toEqual(NXDOMAIN);
  });
  test("that points backwards covers nothing unless it points at the apex", () => {
    expect(prove("zz.example.", "A", nsec("xx.example.", "b.example.", "A RRSIG NSEC"), ZONE.apex)).toBeNull();
    expect(prove("zz.example.", "A", nsec("xx.example.", "xx.example.", "A RRSIG NSEC"), ZONE.apex)).toBeNull();
  });
  test("counts only for names of the zone", () => {
    const only = nsec("example.", "example.", "NS SOA RRSIG NSEC DNSKEY");
    expect(proveDenialByNsec({ name: name("q.other."), type: "A", apex }, [only])).toBeNull();
    const outside = nsec("dk.", "zz.", "A RRSIG NSEC");
    expect(prove("ml.example.", "A", outside, ZONE.apex)).toBeNull();
    expect(prove("ml.example.", "A", nsec("b.example.", "other.", "A RRSIG NSEC"), ZONE.apex)).toBeNull();
    expect(prove("ml.example.", "A", nsec("aa.", "other.example.", "A RRSIG NSEC"), ZONE.apex)).toBeNull();
  });
  test("from above a zone cut does not speak for names below the cut", () => {
    expect(prove("x.b.example.", "A", ZONE.b, ZONE.apex)).toBeNull();
    expect(prove("x.b.example.", "DS", ZONE.b, ZONE.apex)).toBeNull();
  });
  test("at the apex speaks for the zone, though it has NS", () => {
    expect(prove("9.example.", "A", ZONE.apex)).toEqual(NXDOMAIN);
  });
  test("at a DNAME does not speak for names below it", () => {
    const dname = nsec("d.example.", "e.example.", "DNAME RRSIG NSEC");
    expect(prove("x.d.example.", "A", dname, ZONE.apex)).toBeNull();
    expect(prove("dd.example.", "A", dname, ZONE.apex)).toEqual(NXDOMAIN);
  });
  test("that leads to a name below shows an empty non-terminal", () => {
    expect(prove("y.w.example.", "A", ZONE.xw)).toEqual(ENT);
    expect(prove("w.example.", "A", ZONE.ns2)).toEqual(ENT);
    expect(prove("y.w.example.", "DS", ZONE.xw)).toEqual(ENT);
  });
});

describe("the wildcard", () => {
  test("to be denied is the one below the closest encloser, by owner or by next", () => {
    const before = nsec("a.w.example.", "c.w.example.", "A RRSIG NSEC");
    const star = nsec("w.example.", "a.w.example.", "A RRSIG NSEC");
    expect(prove("b.w.example.", "A", before, star)).toEqual(NXDOMAIN);
    expect(prove("b.w.example.", "A", before, ZONE.apex)).toBeNull();
    const byNext = nsec("v.example.", "c.w.example.", "A RRSIG NSEC");
    expect(prove("b.w.example.", "A", byNext)).toEqual(NXDOMAIN);
    const byOwner = nsec("a.w.example.", "z.example.", "A RRSIG NSEC");
    expect(prove("b.w.example.", "A", byOwner, ZONE.apex)).toBeNull();
    expect(prove("b.w.example.", "A", byOwner, star)).toEqual(NXDOMAIN);
  });
  test("that has the type, or CNAME, is no denial", () => {
    expect(prove("a.z.w.example.", "MX", ZONE.xyw, ZONE.wildcard)).toBeNull();
    expect(prove("a.z.w.example.", "A", ZONE.xyw, nsec("*.w.example.", "x.w.example.", "CNAME RRSIG NSEC"))).toBeNull();
  });
  test("that is a delegation is no denial", () => {
    expect(prove("a.z.w.example.", "A", ZONE.xyw, nsec("*.w.example.", "x.w.example.", "NS RRSIG NSEC"))).toBeNull();
  });
  test("with NXNAME is no denial", () => {
    expect(
      prove("a.z.w.example.", "A", ZONE.xyw, nsec("*.w.example.", "x.w.example.", "RRSIG NSEC NXNAME")),
    ).toBeNull();
  });
  test("with names below it is an empty non-terminal", () => {
    const ent = nsec("ns2.example.", "a.*.w.example.", "A RRSIG NSEC");
    expect(prove("a.z.w.example.", "A", ZONE.xyw, ent)).toEqual(WILDCARD_NODATA);
  });
});

describe("nothing closer than a wildcard", () => {
  const proven = (owner: string, encloser: string, ...nsecs: ProvenNsec[]): boolean =>
    proveNoCloserByNsec(name(owner), name(encloser), apex, nsecs);

  test("is not shown by a record that does not cover the name", () => {
    expect(proven("a.z.w.example.", "w.example.", ZONE.xw)).toBe(false);
    expect(proven("a.z.w.example.", "w.example.")).toBe(false);
  });
  test("is not shown when a closer encloser exists", () => {
    expect(proven("a.x.w.example.", "w.example.", ZONE.xw)).toBe(false);
    expect(proven("a.y.w.example.", "w.example.", ZONE.xw)).toBe(false);
  });
  test("is not shown when the encloser of the proof is a shorter one", () => {
    expect(proven("q.v.example.", "v.example.", nsec("ns2.example.", "w.example.", "A RRSIG NSEC"))).toBe(false);
  });
  test("is not shown when the name itself is an empty non-terminal", () => {
    expect(proven("y.w.example.", "w.example.", ZONE.xw)).toBe(false);
  });
  test("is shown for names below the wildcard's encloser only, not for the encloser itself", () => {
    expect(proven("ns1.example.", "ns1.example.", ZONE.ns1)).toBe(false);
    expect(proven("x.ns1.example.", "ns1.example.", ZONE.ns1)).toBe(true);
  });
});
