import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { gatewayPath } from "../lib/adapters/gateway-path.ts";
import type { StatusRequest, StatusResponse } from "../lib/status/status-request.ts";

/** The request of an HTTP API's event (payload version 2.0). Cookies come apart from the other fields. */
export function requestIn(event: APIGatewayProxyEventV2): StatusRequest {
  const { rawPath, rawQueryString, headers, cookies, requestContext } = event;
  return {
    method: requestContext.http.method,
    path: gatewayPath(rawPath),
    query: new URLSearchParams(rawQueryString),
    headers: { ...headers, ...(cookies === undefined ? {} : { cookie: cookies.join("; ") }) },
  };
}

/** What an HTTP API makes a response of: bytes travel as base64. */
export function answerWith({ status, headers, body }: StatusResponse): APIGatewayProxyStructuredResultV2 {
  const common = { statusCode: status, headers: { ...headers } };
  if (typeof body === "string") return { ...common, body, isBase64Encoded: false };
  return { ...common, body: Buffer.from(body).toString("base64"), isBase64Encoded: true };
}
