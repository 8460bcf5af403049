import { type App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";

/** Synthesis of the app fails on every finding of the AWS Solutions rules that no construct accepts with a reason. */
export function enforceRules(app: App): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}
