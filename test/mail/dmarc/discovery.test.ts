import { describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import path from "node:path";
import { type Author, discover7489, discover9989, type Reached } from "../../../lib/mail/dmarc/discovery.ts";
import { treeWalkTargets } from "../../../lib/mail/dmarc/tree-walk.ts";
import { name } from "../../../lib/wire/name.ts";
import { publishedAt, type Standing } from "./published-records.ts";

interface DiscoveryVector extends Standing {
  readonly name: string;
  readonly author: string;
  readonly exists: boolean | null;
  readonly organisation: string;
  readonly current: Record<string, unknown>;
  readonly former: Record<string, unknown>;
}

interface WalkVector {
  readonly author: string;
  readonly targets: readonly string[];
}

function vectors(file: string): unknown {
  const text = readFileSync(path.resolve(import.meta.dirname, "../../vectors/dmarc", file), "utf8");
  return JSON.parse(text);
}

const DOUBT = { cause: "dns-servfail", detail: "SERVFAIL" } as const;

/** Without the final dot, as the vectors write names. */
function shown(reached: Reached, { at }: Record<string, unknown>): unknown {
  return { ...reached, at: at === undefined ? undefined : reached.at.slice(0, -1) };
}

describe("the names of the tree walk", () => {
  test.each((vectors("walks.json") as readonly WalkVector[]).map((vector) => [vector.author, vector] as const))(
    "%s",
    (author, vector) => {
      const targets = treeWalkTargets(name(author));
      expect(targets).toEqual(vector.targets.map((target) => name(target)));
      // With the author domain itself, at most eight queries.
      expect(targets.length).toBeLessThan(8);
    },
  );
});

describe("discovery", () => {
  const cases = (vectors("discovery.json") as readonly DiscoveryVector[]).map(
    (vector) => [vector.name, vector] as const,
  );

  test.each(cases)("%s", (_, vector) => {
    const published = publishedAt(vector);
    const author: Author = {
      name: name(vector.author),
      exists: vector.exists ?? DOUBT,
      own: true,
      organisation: name(vector.organisation),
    };
    const [current, former] = [discover9989(author, published), discover7489(author, published)];
    expect(shown(current, vector.current)).toMatchObject(vector.current);
    expect(shown(former, vector.former)).toMatchObject(vector.former);
  });

  test("each has a name of its own", () => {
    expect(new Set(cases.map(([title]) => title)).size).toBe(cases.length);
  });

  test("names that are too long for _dmarc have no record of their own", () => {
    const label = "x".repeat(61);
    const long = name(`${label}.${label}.${label}.${label}.dk`);
    const author = { name: long, exists: true, own: true, organisation: name(`${label}.dk`) };
    const published = publishedAt({ records: { [`${label}.dk`]: ["v=DMARC1; p=reject"] } });
    expect(discover9989(author, published)).toMatchObject({ state: "record", policy: "reject" });
    expect(discover7489(author, published)).toMatchObject({ state: "record", policy: "reject" });
  });
});
