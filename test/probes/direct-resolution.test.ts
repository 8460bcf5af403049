import { expect, test } from "@jest/globals";
import { createDirectResolution } from "../../lib/probes/direct-resolution.ts";
import { RCODE } from "../../lib/wire/rcode.ts";
import { name } from "../../lib/wire/name.ts";
import { scriptDns } from "./scripted-dns.ts";

const ENOUGH = 100;

test("resolvers that deny even the root are not asked without end", async () => {
  let asked = 0;
  const { context } = scriptDns({
    resolver: () => {
      asked += 1;
      if (asked > ENOUGH) throw new Error("asked without end");
      return RCODE.NXDOMAIN;
    },
    direct: () => RCODE.NXDOMAIN,
  });
  const { direct } = context;
  if (direct === null) throw new Error("no servers to ask");
  const reply = await createDirectResolution(direct, context).ask({ name: name("www.kommune.dk"), type: "HTTPS" });
  expect(reply).toMatchObject({ state: "unobserved", cause: "dns-servfail" });
});
