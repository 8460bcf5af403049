import { describe, expect, test } from "@jest/globals";
import type { Cause } from "../../../lib/core/cause.ts";
import { type Observed, observed, unobserved } from "../../../lib/core/observation.ts";
import { MAX_HOST_ADDRESSES, visitHost } from "../../../lib/probes/hosts/visit-hosts.ts";
import type { ProbeContext } from "../../../lib/probes/probe-context.ts";
import { scriptDns } from "../scripted-dns.ts";

const HOST = "www.kommune.dk";
const V4 = "185.20.1.1";
const V6 = "2a0d:2000::1";

type Seen = Observed<string>;

/** Looks at a host whose zone is `records`; `visits` by address, any other is seen. */
async function look(
  records: string | number,
  visits: Readonly<Record<string, Cause>> = {},
  changes: Partial<ProbeContext> & { readonly setsSilentAside?: boolean; readonly isMet?: boolean } = {},
): Promise<Readonly<Record<string, string>>> {
  const { setsSilentAside = true, isMet = true, ...overrides } = changes;
  const answers = (type: string): string =>
    typeof records === "number"
      ? ""
      : records
          .split("\n")
          .filter((line) => line.includes(` ${type} `))
          .join("\n");
  const { context } = scriptDns(
    { resolver: ({ type }) => (typeof records === "number" ? records : answers(type)) },
    overrides,
  );
  const looks = await visitHost<string>(
    {
      host: HOST,
      targetAt: (address) => address,
      targetOfHost: null,
      visit: async (address): Promise<Seen> => {
        const cause = visits[address];
        return cause === undefined ? observed("seen") : unobserved(cause, "as written");
      },
      notHere: (_, family, why) => `${why} ${family}`,
      setsSilentAside,
      isMet: () => isMet,
      noAddress: "no address",
    },
    context,
  );
  return Object.fromEntries(
    looks.map(({ target, result }) => [target ?? "host", result.state === "observed" ? result.value : result.cause]),
  );
}

const A = `${HOST}. 60 IN A ${V4}`;
const BOTH = `${A}\n${HOST}. 60 IN AAAA ${V6}`;
const NXDOMAIN = 3;
const SERVFAIL = 2;

describe("a host is visited at each of its addresses", () => {
  test("of both families", async () => {
    expect(await look(BOTH)).toEqual({ [V4]: "seen", [V6]: "seen" });
  });

  test("and an address that is silent stands beside one that is seen", async () => {
    const second = `${HOST}. 60 IN A 185.20.1.2`;
    expect(await look(`${A}\n${second}`, { [V4]: "tcp-timeout" })).toEqual({
      [V4]: "tcp-timeout",
      "185.20.1.2": "seen",
    });
  });

  test("up to a limit, which is said", async () => {
    const many = Array.from({ length: MAX_HOST_ADDRESSES + 3 }, (_, at) => `${HOST}. 60 IN A 185.20.1.${at + 10}`);
    const seen = Object.values(await look(many.join("\n")));
    expect(seen.filter((each) => each === "seen")).toHaveLength(MAX_HOST_ADDRESSES);
    expect(seen.at(-1)).toBe("tool-limit");
  });
});

describe("a family", () => {
  const onlyIpv4 = { hasRouteTo: (address: string) => !address.includes(":") };

  test("without a route is set aside where the host was seen at the other", async () => {
    expect(await look(BOTH, {}, onlyIpv4)).toEqual({ [V4]: "seen", [V6]: "no-route ipv6" });
  });

  test("without a route is no excuse where nothing was seen, or where it is demanded", async () => {
    expect(await look(BOTH, { [V4]: "tcp-timeout" }, onlyIpv4)).toEqual({
      [V4]: "tcp-timeout",
      [V6]: "vantage-blocked",
    });
    expect(await look(BOTH, {}, { ...onlyIpv4, demandedFamilies: ["ipv6"] })).toMatchObject({
      [V6]: "vantage-blocked",
    });
  });

  test("that is IPv6 and silent is set aside, unless it is demanded, counts, or nothing else was seen", async () => {
    const silent = { [V6]: "tcp-timeout" } as const;
    expect(await look(BOTH, silent)).toEqual({ [V4]: "seen", [V6]: "silent ipv6" });
    expect(await look(BOTH, silent, { demandedFamilies: ["ipv6"] })).toMatchObject({ [V6]: "tcp-timeout" });
    expect(await look(BOTH, silent, { setsSilentAside: false })).toMatchObject({ [V6]: "tcp-timeout" });
    expect(await look(BOTH, { ...silent, [V4]: "connection-reset" })).toMatchObject({ [V6]: "tcp-timeout" });
  });

  test("is no excuse either where nobody was met at the other, though it was heard", async () => {
    expect(await look(BOTH, {}, { ...onlyIpv4, isMet: false })).toEqual({ [V4]: "seen", [V6]: "vantage-blocked" });
    expect(await look(BOTH, { [V6]: "tcp-timeout" }, { isMet: false })).toEqual({ [V4]: "seen", [V6]: "tcp-timeout" });
  });

  test("that is IPv4 and silent, or that resets, is never set aside", async () => {
    expect(await look(BOTH, { [V4]: "tcp-timeout" })).toEqual({ [V4]: "tcp-timeout", [V6]: "seen" });
    expect(await look(BOTH, { [V6]: "connection-reset" })).toEqual({ [V4]: "seen", [V6]: "connection-reset" });
  });
});

describe("a host", () => {
  test("without addresses, without a name, and without an answer are three things", async () => {
    expect(await look("")).toEqual({ host: "no address" });
    expect(await look(NXDOMAIN)).toEqual({ host: "asset-not-found" });
    expect(await look(SERVFAIL)).toEqual({ host: "dns-servfail" });
  });
});
