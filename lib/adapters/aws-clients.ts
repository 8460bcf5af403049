import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";

/** A call that hangs must end well before the function that waits for it does. Region, credentials and endpoints are the environment's. */
const PATIENT = {
  maxAttempts: 4,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
};

export function dynamoClient(): DynamoDBClient {
  return new DynamoDBClient(PATIENT);
}

export function s3Client(): S3Client {
  return new S3Client(PATIENT);
}

export function sqsClient(): SQSClient {
  return new SQSClient(PATIENT);
}

export function snsClient(): SNSClient {
  return new SNSClient(PATIENT);
}
