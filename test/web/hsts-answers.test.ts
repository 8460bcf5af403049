import { describe, expect, test } from "@jest/globals";
import { answerAt, frontHop, hostAnswers, originOf, type VisitedHost } from "../../lib/web/hsts-answers.ts";
import type { OriginVisit } from "../../lib/web/observations.ts";
import { hop, openOrigin, shutOrigin, visited, walk } from "../../lib/web/written-visit.ts";

const HOST = "www.kommune.dk";
const HTTPS = `https://${HOST}`;

function visit(...origins: readonly OriginVisit[]): VisitedHost {
  const seen = visited({ host: HOST, address: "192.0.2.10", role: "own" }, origins);
  if (seen.state !== "observed" || seen.value.state !== "visited") throw new Error("not visited");
  return seen.value;
}

describe("answers of a host", () => {
  test("are those of every walk over both schemes, each once, and nobody else's", () => {
    const home = { url: `${HTTPS}/` };
    const { secure, plain, unseen } = hostAnswers(
      visit(
        openOrigin("http", [walk("front", { url: `http://${HOST}/`, location: `${HTTPS}/` }, home)]),
        openOrigin("https", [
          walk("front", home, { url: "https://login.example.com/" }, { url: `${HTTPS}:8443/ind` }),
          walk("front-h2", { ...home, httpVersion: "2" }),
          walk("missing", { url: `${HTTPS}/intet`, status: 404 }),
        ]),
      ),
    );
    expect(secure.map(({ label }) => label).sort()).toEqual([
      "/ [200, HTTP/1.1]",
      "/ [200, HTTP/2]",
      "/ind [200, HTTP/1.1]",
      "/intet [404, HTTP/1.1]",
    ]);
    expect(plain.map(({ label }) => label)).toEqual(["/ [301, HTTP/1.1]"]);
    expect(unseen).toEqual([]);
  });

  test("two at the same place that differ in the field, or in what they lead to, are two", () => {
    const sts = (value: string) => ({ fields: [["strict-transport-security", value]] as const });
    const plain = { references: { plain: [{ kind: "link" as const, url: "http://www.kommune.dk/" }] } };
    const { secure } = hostAnswers(
      visit(
        openOrigin("https", [
          walk("front", { url: `${HTTPS}/`, ...sts("max-age=1") }),
          walk("deep", { url: `${HTTPS}/`, ...sts("max-age=2") }),
          walk("resource", { url: `${HTTPS}/`, ...sts("max-age=2"), ...plain }),
        ]),
      ),
    );
    expect(secure).toHaveLength(3);
  });

  test("long paths are cut for people", () => {
    const { secure } = hostAnswers(visit(openOrigin("https", [walk("front", { url: `${HTTPS}/${"a".repeat(90)}` })])));
    expect(secure[0]?.label).toBe(`/${"a".repeat(38)}… [200, HTTP/1.1]`);
  });

  test("another address of the host answers for itself", () => {
    const elsewhere = { url: `${HTTPS}/`, address: "192.0.2.99" };
    const redirect = { url: `http://${HOST}/`, location: `${HTTPS}/` };
    const { secure, unseen } = hostAnswers(
      visit(
        openOrigin("http", [
          walk("front", redirect, elsewhere),
          walk("missing", { url: `http://${HOST}/x`, location: `${HTTPS}/x` }, { ...elsewhere, cause: "tcp-timeout" }),
        ]),
        shutOrigin("https", "closed"),
      ),
    );
    expect({ secure, unseen }).toEqual({ secure: [], unseen: [] });
  });

  test("what was not heard is unseen, but for a refused port and for HTTP/2 that the server does not speak", () => {
    const { unseen } = hostAnswers(
      visit(
        openOrigin("http", [
          walk(
            "front",
            { url: `http://${HOST}/`, location: `${HTTPS}:444/` },
            { url: `${HTTPS}:444/`, cause: "connection-refused" },
          ),
        ]),
        shutOrigin("https", "closed", 444),
        openOrigin("https", [
          walk("front", { url: `${HTTPS}/`, cause: "connection-refused" }),
          walk("front-h2", { url: `${HTTPS}/`, cause: "not-observable", code: "NO_HTTP2" }),
          walk("robots", { url: `${HTTPS}/robots.txt`, cause: "tcp-timeout" }),
        ]),
      ),
    );
    expect(unseen.map(({ label, cause }) => [label, cause])).toEqual([
      ["/", "connection-refused"],
      ["/robots.txt", "tcp-timeout"],
    ]);
  });

  test("the front page's first answer is found by its scheme", () => {
    const both = visit(
      shutOrigin("http", "closed"),
      openOrigin("https", [walk("missing", { url: `${HTTPS}/x` }), walk("front", { url: `${HTTPS}/` })]),
    );
    expect(frontHop(both, "https")?.url).toBe(`${HTTPS}/`);
    expect(frontHop(both, "http")).toBeNull();
    expect(originOf(both, "http")?.state).toBe("closed");
    expect(answerAt(both, hop({ url: "https://example.com/" }))).toBeNull();
    expect(answerAt(both, hop({ url: `${HTTPS}/`, cause: "tcp-timeout" }))).toBeNull();
    expect(answerAt(both, hop({ url: `${HTTPS}./` }))?.label).toBe("/ [200, HTTP/1.1]");
  });
});
