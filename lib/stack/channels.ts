import { Aws, RemovalPolicy } from "aws-cdk-lib";
import { ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { SubscriptionFilter, Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription, SmsSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import type { Settings } from "./settings-form.ts";

/** Alerts about the watch's own doubts: the operator's business, nobody else's. */
const FOR_OPERATOR = ["doubt"];

/** Where people are told: alerts to the municipality, alarms about the service to its operator. */
export class Channels extends Construct {
  readonly key: Key;
  readonly alerts: Topic;
  readonly alarms: Topic;

  constructor(scope: Construct, id: string, { alerts, operator }: Pick<Settings, "alerts" | "operator">) {
    super(scope, id);
    this.key = new Key(this, "Key", {
      description: "Messages on their way to people",
      enableKeyRotation: true,
      // Nothing is stored under it: a message waits for minutes.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.#letAlarmsIn();
    this.alerts = new Topic(this, "Alerts", { masterKey: this.key, enforceSSL: true });
    this.alarms = new Topic(this, "Alarms", { masterKey: this.key, enforceSSL: true });
    for (const address of alerts.email) this.alerts.addSubscription(new EmailSubscription(address, TO_MUNICIPALITY));
    for (const number of alerts.sms) this.alerts.addSubscription(new SmsSubscription(number, IN_HASTE));
    for (const address of operator.email) {
      this.alerts.addSubscription(new EmailSubscription(address, TO_OPERATOR));
      this.alarms.addSubscription(new EmailSubscription(address));
    }
  }

  /** A topic under a customer key drops what CloudWatch sends unless the key's own policy lets it (AWS-managed keys cannot). */
  #letAlarmsIn(): void {
    this.key.grant(
      new ServicePrincipal("cloudwatch.amazonaws.com", { conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } } }),
      "kms:Decrypt",
      "kms:GenerateDataKey*",
    );
  }
}

const TO_MUNICIPALITY = {
  filterPolicy: { kind: SubscriptionFilter.stringFilter({ denylist: FOR_OPERATOR }) },
};

const TO_OPERATOR = {
  filterPolicy: { kind: SubscriptionFilter.stringFilter({ allowlist: FOR_OPERATOR }) },
};

/** A telephone rings for what cannot wait; the digest, whatever its severity, is for the morning. */
const IN_HASTE = {
  filterPolicy: {
    severity: SubscriptionFilter.stringFilter({ allowlist: ["high"] }),
    kind: SubscriptionFilter.stringFilter({ denylist: ["digest", ...FOR_OPERATOR] }),
  },
};
