import { describe, expect, test } from "@jest/globals";
import { HOST, outcome, ROOT, WebLoopback } from "./loopback.ts";

const internet = new WebLoopback();

/** A server that takes in nobody without a certificate says so in a way of each version's own. */
describe("a server that wants a certificate of its visitors", () => {
  test.each(["TLSv1.2", "TLSv1.3"] as const)("at %s", async (version) => {
    const options = { requestCert: true, rejectUnauthorized: true, minVersion: version, maxVersion: version, ca: ROOT };
    await internet.secureSite((_, response) => void response.end("hej"), options);
    const hops = await internet.visit(`https://${HOST}/`);
    expect(outcome(hops.at(-1))).toBe("tls-failed CERTIFICATE_REQUIRED");
  });

  test("and goes on without one", async () => {
    const options = { requestCert: true, rejectUnauthorized: false, maxVersion: "TLSv1.2", ca: ROOT } as const;
    await internet.secureSite((_, response) => void response.end("hej"), options);
    const hops = await internet.visit(`https://${HOST}/`);
    expect(outcome(hops.at(-1))).toBe("200");
  });
});
