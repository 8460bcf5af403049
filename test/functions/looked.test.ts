import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Looked } from "../../functions/verify-batches.ts";
import type * as verifyWebModule from "../../functions/verify-web.ts";
import { REQUIREMENTS } from "../../lib/requirements/index.ts";
import { s18 } from "../../lib/requirements/s18/requirement.ts";
import { DOMAIN_PROBES } from "../../lib/verify/domain-looks.ts";
import { MAIL_PROBES } from "../../lib/verify/mail-looks.ts";
import { TLS_PROBES } from "../../lib/verify/tls-looks.ts";
import { WEB_PROBES } from "../../lib/verify/web-looks.ts";
import { familyOf } from "../../lib/watch/cadence.ts";
import { LEFT_OUT } from "../../scripts/left-out.ts";
import { sqsEvent } from "../bundles/events.ts";
import { type Aws, contextOf, MUNICIPALITY, startAws } from "./aws.ts";

let aws: Aws;
let looked: Readonly<Record<string, Looked>>;
let web: typeof verifyWebModule;

beforeAll(async () => {
  aws = await startAws();
  web = await import("../../functions/verify-web.ts");
  looked = {
    "verify-domains": (await import("../../functions/verify-domains.ts")).LOOKED,
    "verify-mail": (await import("../../functions/verify-mail.ts")).LOOKED,
    "verify-web": web.LOOKED,
  };
});

afterAll(() => aws.stop());

describe("what the functions look at", () => {
  test("is every requirement that is built, each by the function of its family", () => {
    const own = Object.values(looked).map(({ family, requirements }) => [family, requirements.map(({ id }) => id)]);
    const families = Map.groupBy(REQUIREMENTS, ({ id }) => familyOf(id));
    expect(Object.fromEntries(own)).toEqual(
      Object.fromEntries([...families].map(([family, of]) => [family, of.map(({ id }) => id)])),
    );
  });

  test("is not left out of their bundles, nor is what the controls take", () => {
    const probes: Readonly<Record<string, object>> = {
      ...{ "domain-looks": DOMAIN_PROBES, "mail-looks": MAIL_PROBES, "tls-looks": TLS_PROBES, "web-looks": WEB_PROBES },
    };
    expect(Object.keys(LEFT_OUT).sort()).toEqual(Object.keys(looked).sort());
    for (const [name, { requirements }] of Object.entries(looked)) {
      const kinds = [s18, ...requirements].flatMap(({ checks }) => checks.flatMap(({ needs }) => needs));
      const lacking = LEFT_OUT[name]?.flatMap((module) => Object.keys(probes[module] ?? {})) ?? [];
      expect(lacking.length).toBeGreaterThan(0);
      expect([name, kinds.filter((kind) => lacking.includes(kind))]).toEqual([name, []]);
    }
  });

  test("is nothing of another family: such a message comes again, and is remembered by nobody", async () => {
    const about = { municipality: MUNICIPALITY, slot: "2026-11-22T10:00:00.000Z/confirm" };
    const work = (family: string) =>
      web.handler(
        sqsEvent("web-jobs", JSON.stringify({ kind: "second-look", family, ...about })),
        contextOf("verify-web"),
      );
    await expect(work("domains")).rejects.toThrow("All records failed");
    // Nothing is declared: there is nothing to look at again.
    expect(await work("web")).toEqual({ batchItemFailures: [] });
    expect(await aws.memory.runs.newest(MUNICIPALITY, "domains", 1)).toEqual([]);
  });
});
