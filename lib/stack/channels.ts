import { RemovalPolicy, Stack } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
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
    this.alerts = new Topic(this, "Alerts", { masterKey: this.key, enforceSSL: true });
    this.alarms = new Topic(this, "Alarms", { masterKey: this.key, enforceSSL: true });
    this.#letAlarmsIn();
    for (const address of alerts.email) this.alerts.addSubscription(new EmailSubscription(address, TO_MUNICIPALITY));
    for (const number of alerts.sms) this.alerts.addSubscription(new SmsSubscription(number, IN_HASTE));
    for (const address of operator.email) {
      this.alerts.addSubscription(new EmailSubscription(address, TO_OPERATOR));
      this.alarms.addSubscription(new EmailSubscription(address));
    }
  }

  /**
   * CloudWatch needs to be let in twice. Under AWS's own key it cannot publish at all, and a topic that has a policy of its own,
   * here the one that demands TLS, no longer has the one that lets the account's alarms in.
   */
  #letAlarmsIn(): void {
    const { account, region, partition } = Stack.of(this);
    const cloudWatch = new ServicePrincipal("cloudwatch.amazonaws.com", {
      conditions: {
        StringEquals: { "aws:SourceAccount": account },
        ArnLike: { "aws:SourceArn": `arn:${partition}:cloudwatch:${region}:${account}:alarm:*` },
      },
    });
    this.key.grant(cloudWatch, "kms:Decrypt", "kms:GenerateDataKey*");
    this.alarms.addToResourcePolicy(
      new PolicyStatement({ principals: [cloudWatch], actions: ["sns:Publish"], resources: [this.alarms.topicArn] }),
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
