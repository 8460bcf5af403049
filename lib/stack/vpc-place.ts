import { ManagedPolicy, type Role } from "aws-cdk-lib/aws-iam";
import type { CfnFunction, Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { accept } from "./accept.ts";
import type { Settings } from "./settings-form.ts";

/** A network of the customer's own that a function stands in, with a way out through a NAT gateway. */
export type VpcPlace = NonNullable<Settings["mail"]["vpc"]>;

const NETWORK_POLICY = "service-role/AWSLambdaVPCAccessExecutionRole";

/** Places the function there, and lets its role make the network interfaces that takes. */
export function placeIn({ subnets, securityGroup }: VpcPlace, lambda: LambdaFunction, role: Role): void {
  role.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName(NETWORK_POLICY));
  const reason = "AWS's own policy for functions in a VPC: interfaces are made and removed by Lambda, under no name.";
  accept(role, reason, `IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${NETWORK_POLICY}]`);
  // By its ids alone: the network is somebody else's, and nothing here needs to know how it is made.
  const made = lambda.node.defaultChild as CfnFunction;
  made.vpcConfig = { subnetIds: [...subnets], securityGroupIds: [securityGroup] };
  // A function that is made before its role may make interfaces cannot be made at all.
  lambda.node.addDependency(role);
}
