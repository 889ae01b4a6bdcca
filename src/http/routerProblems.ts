import type { FastifyError } from "fastify";

/** What is told of a request that never reached a route's handler. */
export interface RouterProblem {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

export const bodyLimitKib = 64;
export const longestParameter = 64;

const badJson = { status: 400, code: "api/bad-json", message: "The body is no JSON" };

const byCode = new Map<string, RouterProblem>([
  [
    "FST_ERR_BAD_URL",
    { status: 400, code: "api/bad-address", message: "The address has a % that begins no escape" },
  ],
  [
    "FST_ERR_MAX_PARAM_LENGTH",
    {
      status: 414,
      code: "api/id-too-long",
      message: `No id is longer than ${longestParameter} characters`,
    },
  ],
  [
    "FST_ERR_CTP_BODY_TOO_LARGE",
    { status: 413, code: "api/body-too-large", message: `The body is longer than ${bodyLimitKib} KiB` },
  ],
  [
    "FST_ERR_CTP_INVALID_MEDIA_TYPE",
    {
      status: 415,
      code: "api/unknown-media-type",
      message: "Bodies are JSON here: send content-type: application/json",
    },
  ],
  ["FST_ERR_CTP_EMPTY_JSON_BODY", badJson],
  ["FST_ERR_CTP_INVALID_JSON_BODY", badJson],
]);

/** Undefined when the fault is the server's own. */
export function routerProblem({ code, statusCode = 500, message }: FastifyError): RouterProblem | undefined {
  const known = byCode.get(code);
  if (known) return known;
  return statusCode < 500 ? { status: statusCode, code: "api/bad-request", message } : undefined;
}
