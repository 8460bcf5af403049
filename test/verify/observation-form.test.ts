import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { inventoryOfAssets } from "../../lib/inventory/inventory.ts";
import { s18 } from "../../lib/requirements/s18/requirement.ts";
import { saveObservations } from "../../lib/verify/observation-files.ts";
import { parseObservationFile, parseRunFile } from "../../lib/verify/observation-form.ts";
import { openRehearsal } from "../support/rehearsal.ts";
import { verificationOf } from "./trial.ts";

type Form = Record<string, unknown>;

/** What a run of one domain is saved as. */
let forms: Readonly<Record<"chain" | "servers" | "run", Form>>;

beforeAll(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "kravvagt-form-"));
  const rehearsal = await openRehearsal();
  const by = { name: "Anna And" };
  const validUntil = 4_000_000_000_000;
  const inventory = {
    ...inventoryOfAssets([rehearsal.asset("signed")]),
    attestations: [{ requirement: "S18", clause: "1", assets: "all", statement: "Ja", by, validUntil } as const],
    exemptions: [{ requirement: "S18", asset: "domain:a.dk", reason: "Flyttes", by, validUntil } as const],
    inventoryAttestation: { by, validUntil },
  };
  const observations = await rehearsal.observe("signed");
  const verification = verificationOf({ inventory, requirements: [s18], observations });
  await saveObservations(folder, inventory, verification, observations);
  const [chain, servers, run] = await Promise.all(
    (await readdir(folder)).sort().map(async (file) => {
      return JSON.parse(await readFile(path.join(folder, file), "utf8")) as Form;
    }),
  );
  await rm(folder, { recursive: true });
  forms = { chain: chain ?? {}, servers: servers ?? {}, run: run ?? {} };
});

describe("a stored form", () => {
  test("is read as it was written, with nothing added and nothing lost", () => {
    for (const kind of ["chain", "servers"] as const) {
      const { schema, ...observation } = forms[kind];
      expect(schema).toBe("kravvagt/observation/1");
      expect(parseObservationFile(forms[kind])).toEqual({ ok: true, value: observation });
    }
    expect(parseRunFile(forms.run)).toEqual({ ok: true, value: forms.run });
  });

  /** The object or list at a path of keys. */
  function at(form: unknown, keys: readonly (string | number)[]): Form {
    return keys.reduce<unknown>((inner, key) => (inner as Form)[key], form) as Form;
  }

  /** What reading says of a form that was changed. */
  function altered(kind: "chain" | "servers" | "run", change: (form: Form) => void): string {
    const form = structuredClone(forms[kind]);
    change(form);
    const read = kind === "run" ? parseRunFile(form) : parseObservationFile(form);
    if (read.ok) throw new Error("it was taken as it is");
    return read.problem;
  }

  const FIRST_RECORD = ["result", "value", "book", 0, "reply", "value", "answer", 0];

  test.each<readonly [string, "chain" | "servers", readonly (string | number)[], string, unknown]>([
    ["schema", "chain", [], "schema", "kravvagt/observation/2"],
    ["kind", "chain", [], "kind", "dns.nothing"],
    ["observedAt", "chain", [], "observedAt", "i går"],
    ["observedAt", "chain", [], "observedAt", "2026-02-30T00:00:00.000Z"],
    ["asset", "chain", [], "asset", null],
    ["target", "chain", [], "target", 1],
    ["result.state", "chain", ["result"], "state", "guessed"],
    ["result.value.domain", "chain", ["result", "value"], "domain", "Ikke Et Navn"],
    ["result.value.domain", "chain", ["result", "value"], "domain", "uden-punktum.dk"],
    ["result.value.anchors.0.digest", "chain", ["result", "value", "anchors", 0], "digest", "zz"],
    ["result.value.crossCheck", "chain", ["result", "value"], "crossCheck", null],
    [[...FIRST_RECORD, "data"].join("."), "chain", FIRST_RECORD, "data", "ikke base64!"],
    [[...FIRST_RECORD, "ttl"].join("."), "chain", FIRST_RECORD, "ttl", -1],
    ["result.value.book.0.reply.value.rcode", "chain", FIRST_RECORD.slice(0, 6), "rcode", "NOERROR"],
    ["result.value.book.0.reply.value.flags.0", "chain", FIRST_RECORD.slice(0, 6), "flags", ["qr"]],
    ["result.value.servers.0.state", "servers", ["result", "value", "servers", 0], "state", "fine"],
    ["result.value.servers.0.cause", "servers", ["result", "value", "servers", 0], "cause", "because"],
    ["result.value.named.byParent", "servers", ["result", "value", "named"], "byParent", "ns1"],
  ])("an altered %s", (field, kind, keys, key, value) => {
    const problem = altered(kind, (form) => {
      at(form, keys)[key] = value;
    });
    expect(problem).toContain(field);
  });

  test("a field that is missing, or one too many", () => {
    expect(altered("chain", (form) => delete at(form, ["result", "value"]).anchors)).toContain(
      "result.value.anchors: ",
    );
    expect(altered("servers", (form) => void (at(form, ["result", "value"]).extra = 1))).toContain("extra");
    expect(altered("chain", (form) => void (form.extra = 1))).toContain("extra");
  });

  test.each<readonly [string, readonly (string | number)[], string, unknown]>([
    ["schema", [], "schema", "kravvagt/run/2"],
    ["startedAt", [], "startedAt", 0],
    ["reading", [], "reading", "kommune-1999"],
    ["requirements.0", [], "requirements", ["S99"]],
    ["assets.0.kind", ["assets", 0], "kind", "kommune"],
    ["assets.0.domain", ["assets", 0], "domain", undefined],
    ["assets.0.domain", ["assets", 0], "domain", "Stort.dk."],
    ["attestations.0.validUntil", ["attestations", 0], "validUntil", "snart"],
    ["exemptions.0.by", ["exemptions", 0], "by", "Anna And"],
    ["inventoryAttestation.validUntil", ["inventoryAttestation"], "validUntil", null],
    ["interrupted", [], "interrupted", undefined],
  ])("an altered %s of a run", (field, keys, key, value) => {
    const problem = altered("run", (form) => {
      at(form, keys)[key] = value;
    });
    expect(problem).toContain(`${field}: `);
  });
});
