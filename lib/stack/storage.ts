import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, Billing, StreamViewType, TableEncryptionV2, TableV2 } from "aws-cdk-lib/aws-dynamodb";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type IBucket,
  ObjectLockRetention,
  ObjectOwnership,
} from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import type { Settings } from "./settings-form.ts";

/** Where the functions keep evidence and find the inventory in their buckets. */
export const EVIDENCE_PREFIX = "evidence/";
export const INVENTORY_KEY = "inventory/current.json";

/** Old versions of evidence and inventories: long enough to notice that somebody overwrote or removed what they should not. */
const OLD_VERSIONS_KEPT = Duration.days(90);
const UNFINISHED_UPLOADS_KEPT = Duration.days(7);
/** The most that DynamoDB can be taken back to. */
const RESTORABLE_DAYS = 35;

/** What must outlive the stack: memory, evidence and inventories. Removing the stack removes none of it. */
export class Storage extends Construct {
  readonly table: TableV2;
  readonly evidence: Bucket;
  readonly inventory: Bucket;

  constructor(scope: Construct, id: string, { evidence, logs }: Pick<Settings, "evidence" | "logs">) {
    super(scope, id);
    this.table = new TableV2(this, "Memory", {
      partitionKey: { name: "pk", type: AttributeType.STRING },
      sortKey: { name: "sk", type: AttributeType.STRING },
      billing: Billing.onDemand(),
      dynamoStream: StreamViewType.NEW_IMAGE,
      encryption: TableEncryptionV2.awsManagedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: RESTORABLE_DAYS },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const accessLog = this.#accessLog(logs.days);
    this.evidence = this.#bucket("Evidence", accessLog, evidence.lockDays);
    this.inventory = this.#bucket("Inventory", accessLog, null);
  }

  #bucket(id: string, accessLog: Bucket, lockDays: number | null): Bucket {
    return new Bucket(this, id, {
      ...CLOSED,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
      serverAccessLogsBucket: accessLog as IBucket,
      serverAccessLogsPrefix: `${id.toLowerCase()}/`,
      ...(lockDays !== null && { objectLockDefaultRetention: ObjectLockRetention.governance(Duration.days(lockDays)) }),
      lifecycleRules: [
        {
          noncurrentVersionExpiration: OLD_VERSIONS_KEPT,
          abortIncompleteMultipartUploadAfter: UNFINISHED_UPLOADS_KEPT,
        },
      ],
    });
  }

  #accessLog(days: number): Bucket {
    return new Bucket(this, "AccessLog", {
      ...CLOSED,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        { expiration: Duration.days(days), abortIncompleteMultipartUploadAfter: UNFINISHED_UPLOADS_KEPT },
      ],
    });
  }
}

/** Encrypted, reached over TLS only, by nobody outside the account, and without access lists. */
const CLOSED = {
  encryption: BucketEncryption.S3_MANAGED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
} as const;
