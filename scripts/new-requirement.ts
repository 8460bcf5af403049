/**
 * Starts the folder of a new requirement: npm run new:requirement -- S23
 * What it writes compiles, but the contract suite fails until messages, checks, scenarios and SPEC.md are real.
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import process from "node:process";
import { REQUIREMENT_IDS } from "../lib/core/requirement-id.ts";
import { REQUIREMENTS } from "../lib/requirements/index.ts";

const requested = process.argv[2] ?? "";
const id = REQUIREMENT_IDS.find((known) => known === requested);
if (id === undefined) {
  console.error(`usage: npm run new:requirement -- ID, where ID is one of ${REQUIREMENT_IDS.join(", ")}`);
  process.exit(64);
}
const lower = id.toLowerCase();
const folder = new URL(`../lib/requirements/${lower}/`, import.meta.url);
if (existsSync(folder) || REQUIREMENTS.some((requirement) => requirement.id === id)) {
  console.error(`${id} exists already: lib/requirements/${lower}`);
  process.exit(64);
}

const files: Readonly<Record<string, string>> = {
  "messages.ts": `import { defineMessages } from "../../core/messages.ts";

/** Everything ${id} can say. A failing message without Danish, English or a remedy does not compile. */
export const messages = defineMessages({});
`,
  "requirement.ts": `import { defineRequirement } from "../../core/requirement.ts";
import { messages } from "./messages.ts";

/** ${id}. The rows it implements are in SPEC.md beside this file. */
export const ${lower} = defineRequirement({
  id: "${id}",
  version: 1,
  title: { da: "", en: "" },
  wording: "",
  fulfilledWhen: "",
  appliesTo: [],
  clauses: [],
  messages,
  checks: [],
});
`,
  "scenarios.ts": `import type { Scenario } from "../../core/scenario.ts";

/** Observations and exactly what ${id} must say of them; every tag of messages.ts is said by at least one. */
export const scenarios: readonly Scenario[] = [];
`,
  "SPEC.md": `# ${id}

## Rows

| Row | Scenarios | Cases | Why none can show it |
| --- | --- | --- | --- |

## Tags

| Tag | Outcome | Says |
| --- | --- | --- |
`,
};

mkdirSync(folder);
for (const [name, content] of Object.entries(files)) writeFileSync(new URL(name, folder), content);
console.log(`lib/requirements/${lower} is ready. Next:
  1. node scripts/spec-rows.ts SPECIFICATION ${id}   writes docs/specification/${lower}-rows.json
  2. messages.ts: every sentence, Danish first
  3. checks: defineCheck(messages, { id: "${lower}.…", clause, needs, judge })
  4. scenarios.ts and SPEC.md: npm test says which tag or row is missing
  5. lib/requirements/index.ts: import it and add it to the list`);
