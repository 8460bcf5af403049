import { App } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { KravvagtStack } from "../../lib/stack/kravvagt-stack.ts";
import { parseSettings } from "../../lib/stack/parse-settings.ts";
import { enforceRules } from "../../lib/stack/rules.ts";
import { FUNCTION_NAMES } from "../../lib/stack/service-function.ts";

const HOUSE = path.resolve(import.meta.dirname, "../..");

/** A rule and the constructs that it speaks of. */
export interface Finding {
  readonly rule: string;
  readonly constructs: readonly string[];
}

/** What the validation plugins said of an app, CDK's own check of the template among them. */
export interface Findings {
  readonly open: readonly Finding[];
  readonly accepted: readonly (Finding & { readonly reason: string })[];
}

export type Properties = Readonly<Record<string, unknown>>;

export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly properties: Properties;
  readonly deletionPolicy: string | undefined;
}

export interface Synthesised {
  readonly stack: KravvagtStack;
  readonly template: Template;
  readonly resources: readonly Resource[];
  readonly findings: Findings;
}

/** The settings that a fresh checkout is synthesised with. */
export function exampleSettings(): string {
  return readFileSync(path.join(HOUSE, "kravvagt.config.example.yaml"), "utf8");
}

/** The stack of these settings as the app makes it, by default with stand-ins for the bundles: what they hold is not looked at. */
export function synthesise(settings: string, bundles?: string): Synthesised {
  return inFolder((folder) => {
    const app = createApp(folder);
    const stack = new KravvagtStack(app, {
      settings: parseSettings(settings, "test"),
      bundles: bundles ?? standIns(folder),
    });
    enforceRules(app);
    const findings = findingsOf(app);
    const written = readFileSync(path.join(app.outdir, stack.templateFile), "utf8");
    const template = Template.fromJSON(JSON.parse(written) as Properties);
    return { stack, template, resources: resourcesOf(template), findings };
  });
}

/** What the validation plugins say of an app that `build` fills. */
export function findingsAbout(build: (app: App) => void): Findings {
  return inFolder((folder) => {
    const app = createApp(folder);
    build(app);
    enforceRules(app);
    return findingsOf(app);
  });
}

/** An app with the feature flags of cdk.json, as the command line gives them. */
function createApp(folder: string): App {
  const { context } = JSON.parse(readFileSync(path.join(HOUSE, "cdk.json"), "utf8")) as { context: Properties };
  return new App({ context: { ...context }, outdir: path.join(folder, "out"), analyticsReporting: false });
}

function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), "kravvagt-stack-"));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function standIns(folder: string): string {
  for (const name of FUNCTION_NAMES) {
    mkdirSync(path.join(folder, name));
    writeFileSync(path.join(folder, name, "index.mjs"), "export const handler = undefined;\n");
  }
  return folder;
}

interface Violation {
  readonly ruleName: string;
  readonly reason?: string;
  readonly violatingConstructs: readonly { readonly constructPath?: string }[];
}

interface Report {
  readonly pluginReports: readonly {
    readonly violations: readonly Violation[];
    readonly suppressedViolations?: readonly Violation[];
  }[];
}

/** Synthesis throws when something is found; what was found stands in the report, which is always written. */
function findingsOf(app: App): Findings {
  const report = path.join(app.outdir, "validation-report.json");
  try {
    app.synth();
  } catch (error) {
    if (!existsSync(report)) throw error;
  }
  const { pluginReports } = JSON.parse(readFileSync(report, "utf8")) as Report;
  const open = pluginReports.flatMap(({ violations }) => violations.map(findingOf));
  const accepted = pluginReports.flatMap(({ suppressedViolations = [] }) =>
    suppressedViolations.map((each) => ({ ...findingOf(each), reason: each.reason ?? "" })),
  );
  return { open, accepted };
}

function findingOf({ ruleName, violatingConstructs }: Violation): Finding {
  return { rule: ruleName, constructs: violatingConstructs.map(({ constructPath }) => constructPath ?? "") };
}

function resourcesOf(template: Template): readonly Resource[] {
  const { Resources = {} } = template.toJSON() as { Resources?: Record<string, Record<string, unknown>> };
  return Object.entries(Resources).map(([id, { Type, Properties = {}, DeletionPolicy }]) => ({
    ...{ id, type: Type as string, properties: Properties as Properties },
    deletionPolicy: DeletionPolicy as string | undefined,
  }));
}
