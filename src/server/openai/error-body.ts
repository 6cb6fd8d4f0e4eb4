import { problemOf } from '../problem.ts';

/** An error in OpenAI's shape, with its HTTP status. */
export interface OpenAiError {
  readonly status: number;
  readonly body: {
    readonly error: {
      readonly message: string;
      readonly type: string;
      readonly param: string | null;
      readonly code: string;
    };
  };
}

const TYPE_BY_STATUS: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  403: 'permission_error',
  429: 'rate_limit_error',
};

/** Addresses that answer as OpenAI's API does, errors included. */
export function speaksOpenAi(path: string): boolean {
  return path.startsWith('/v1/chat/') || path === '/v1/models' || path.startsWith('/v1/models/');
}

/**
 * Says an error as OpenAI's API does; its official clients choose their error class by the status.
 * @param request.origin the page that asked; undefined: a program, whose key was wrong when it was refused
 */
export function openAiError(
  thrown: unknown,
  request: { readonly id: string; readonly origin: string | undefined },
): OpenAiError {
  const { status, code, detail, details } = problemOf(thrown, request.id);
  if (code === 'request.foreign-origin' && request.origin === undefined) {
    const message = 'The API key is not the token of server.json in the home of this server.';
    return said(401, { message, param: null, code: 'invalid_api_key' });
  }
  if (code === 'collection.not-found') {
    return said(404, { message: `${detail} A model here is a collection.`, param: 'model', code: 'model_not_found' });
  }
  return said(status, { message: detail, param: firstPlace(details), code });
}

function said(status: number, error: Omit<OpenAiError['body']['error'], 'type'>): OpenAiError {
  const type = TYPE_BY_STATUS[status] ?? (status >= 500 ? 'server_error' : 'invalid_request_error');
  const { message, param, code } = error;
  return { status, body: { error: { message, type, param, code } } };
}

/** The field of the request that a schema refused. */
function firstPlace(details: Readonly<Record<string, unknown>> | undefined): string | null {
  const problems = details?.['problems'];
  const first: unknown = Array.isArray(problems) ? problems[0] : undefined;
  const where = typeof first === 'object' && first !== null && 'where' in first ? first.where : null;
  return typeof where === 'string' && where !== '' ? where : null;
}
