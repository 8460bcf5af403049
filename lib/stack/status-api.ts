import { Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import {
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpIamAuthorizer, HttpJwtAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { letReadEvidence, letReadMemory } from "./access.ts";
import { accept } from "./accept.ts";
import { LOG_RETENTION } from "./log-retention.ts";
import { ServiceFunction } from "./service-function.ts";
import type { Settings } from "./settings-form.ts";
import type { Storage } from "./storage.ts";

/** An HTTP API gives up after 30 seconds; the function must have answered before. */
const TIMEOUT = Duration.seconds(20);
/** People and a few machines read it: what is beyond is a mistake or an attack, and costs nothing but answers 429. */
const REQUESTS_A_SECOND = 20;
const BURST = 40;

export interface StatusApiProps {
  readonly settings: Settings;
  readonly bundles: string;
  readonly storage: Storage;
  readonly environment: Readonly<Record<string, string>>;
}

/** The status API: everything asks for a credential except `/health`, which tells only when the last run closed. */
export class StatusApi extends Construct {
  readonly status: ServiceFunction;
  readonly http: HttpApi;
  readonly url: string;

  constructor(scope: Construct, id: string, { settings, bundles, storage, environment }: StatusApiProps) {
    super(scope, id);
    this.status = new ServiceFunction(this, "Status", {
      ...{ name: "status" as const, description: "Answers what is so, since when, on what evidence" },
      ...{ settings, bundles, environment, timeout: TIMEOUT, memory: 1024, reserved: 5 },
    });
    letReadMemory(storage, this.status);
    letReadEvidence(storage, this.status);
    this.http = this.#api(settings);
    const stage = new HttpStage(this, "Stage", {
      httpApi: this.http,
      stageName: "$default",
      autoDeploy: true,
      throttle: { rateLimit: REQUESTS_A_SECOND, burstLimit: BURST },
      accessLogSettings: {
        destination: new LogGroupLogDestination(this.#accessLog(settings)),
        format: ACCESS_LOG_FORMAT,
      },
    });
    this.url = stage.url;
  }

  #api(settings: Settings): HttpApi {
    const integration = new HttpLambdaIntegration("Status", this.status.lambda);
    const api = new HttpApi(this, "Api", {
      apiName: Stack.of(this).stackName,
      createDefaultStage: false,
      defaultIntegration: integration,
      defaultAuthorizer: authorizerFor(settings.api),
    });
    const [health] = api.addRoutes({
      path: "/health",
      methods: [HttpMethod.GET],
      integration,
      authorizer: new HttpNoneAuthorizer(),
    });
    if (health !== undefined) {
      accept(
        health,
        "Liveness for monitors without a credential: whether runs close, and nothing of what they found.",
        "APIG4",
      );
    }
    return api;
  }

  #accessLog({ logs }: Settings): LogGroup {
    return new LogGroup(this, "AccessLog", {
      retention: LOG_RETENTION[logs.days],
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}

function authorizerFor(access: Settings["api"]): IHttpRouteAuthorizer {
  if (access.by === "iam") return new HttpIamAuthorizer();
  return new HttpJwtAuthorizer("Tokens", access.issuer, { jwtAudience: [...access.audience] });
}

/** Who asked for what, when, and what they were told. Paths hold ids of assets, never findings. */
const ACCESS_LOG_FORMAT = AccessLogFormat.custom(
  JSON.stringify({
    requestId: "$context.requestId",
    time: "$context.requestTimeEpoch",
    ip: "$context.identity.sourceIp",
    caller: "$context.identity.caller",
    subject: "$context.authorizer.claims.sub",
    method: "$context.httpMethod",
    path: "$context.path",
    status: "$context.status",
    bytes: "$context.responseLength",
    milliseconds: "$context.responseLatency",
    problem: "$context.error.message",
  }),
);
