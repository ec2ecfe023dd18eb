import { randomUUID } from 'node:crypto';

/** The Platform API's ErrorBody: https://developer.genesys.cloud/platform/api/errors */
export interface ErrorBody {
  message: string;
  code: string;
  status: number;
  contextId: string;
  details: unknown[];
  errors: unknown[];
}

const codes: Readonly<Record<number, string>> = {
  400: 'bad.request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not.found',
  405: 'method.not.allowed',
  413: 'request.entity.too.large',
  429: 'too.many.requests',
  500: 'internal.server.error',
  503: 'service.unavailable',
};

const messages: Readonly<Record<number, string>> = {
  401: 'The request could not be authenticated.',
  403: 'This is not allowed.',
  404: 'The requested resource was not found.',
  429: 'Rate limit exceeded the maximum.',
  500: 'The server encountered an unexpected condition which prevented it from fulfilling the request.',
  503: 'The service is temporarily unavailable.',
};

export function errorBody(status: number, message?: string): ErrorBody {
  return {
    message: message ?? messages[status] ?? 'The request failed.',
    code: codes[status] ?? 'unknown',
    status,
    contextId: randomUUID(),
    details: [],
    errors: [],
  };
}

/** A Platform API call fails with this status. */
export class PlatformError extends Error {
  readonly status: number;

  constructor(status: number, message?: string) {
    super(message ?? messages[status] ?? 'The request failed.');
    this.status = status;
  }
}
