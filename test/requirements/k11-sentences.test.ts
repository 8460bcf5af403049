/** What K11 says fits where it is read, also for a long name at a long address. */
import { expect, test } from "@jest/globals";
import { render } from "../../lib/core/messages.ts";
import { k11 } from "../../lib/requirements/k11/requirement.ts";
import { terms } from "../../lib/requirements/k11/terms.ts";
import { webTarget } from "../../lib/web/target-text.ts";

const TEXT_LIMIT = 150;
const host = "bibliotek.kommunen.dk";
const ordinary = {
  ...{ host, target: webTarget({ host, address: "2a02:2350:5:104:cc80:40f6:2f1a:9c01" }), family: "ipv6" },
  ...{ count: 3, total: 8, answer: "/robots.txt [404, HTTP/1.1]", seconds: 15_768_000, status: 200 },
  ...{ code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE", location: "https://www.kommunen.dk", listing: "absent" },
  ...{ reference: "http://www.kommunen.dk/kontakt" },
};
const PROBLEMS = [
  "syntax",
  "repeated",
  "max-age-missing",
  "max-age-value",
  "include-sub-domains-value",
  "too-long",
] as const;
const WAYS = ["preloaded", "no-http", "https-record"] as const;
const ONCE = [{ problem: "syntax", way: "preloaded" }];

test.each(Object.keys(k11.messages))("%s", (tag) => {
  const text = k11.messages[tag]?.text ?? { da: "", en: "" };
  const each = text.da.includes("{problem}")
    ? PROBLEMS.map((problem) => ({ problem, way: "" }))
    : text.da.includes("{way}")
      ? WAYS.map((way) => ({ way, problem: "" }))
      : ONCE;
  for (const language of ["da", "en"] as const) {
    const nameOf = (code: string) => (terms as Readonly<Record<string, typeof text>>)[code]?.[language] ?? code;
    for (const more of each) {
      const said = render(text[language], { ...ordinary, ...more }, nameOf);
      expect(said).not.toMatch(/[{}]/u);
      expect({ said, long: Math.max(0, said.length - TEXT_LIMIT) }).toEqual({ said, long: 0 });
    }
  }
});

test("the sentences are imperative as the others are", () => {
  const remedies = Object.values(k11.messages).flatMap(({ remedy }) => remedy?.da ?? []);
  expect(remedies.filter((remedy) => /\bomdiriger\b/iu.test(remedy))).toEqual([]);
});
