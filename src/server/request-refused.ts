import { PlumblineError } from '../base/index.ts';

/** The request names another host than this server's: a page of another site may be rebinding its name to us. */
export class ForeignHost extends PlumblineError {
  constructor(given: string, allowed: readonly string[]) {
    super({
      code: 'request.foreign-host',
      kind: 'caller',
      message: `This server does not answer to the host ${JSON.stringify(given)}. Allowed: ${allowed.join(', ')}.`,
    });
  }
}

/** A page of another origin sent the request. */
export class ForeignOrigin extends PlumblineError {
  constructor(given: string | undefined) {
    super({
      code: 'request.foreign-origin',
      kind: 'caller',
      message:
        `A request ${given === undefined ? 'without an Origin' : `from ${JSON.stringify(given)}`} may not change anything or ask here. ` +
        'Allowed: this server’s own pages, or programs that send the token of server.json as `Authorization: Bearer …`.',
    });
  }
}

/** Only a program with the token may do this. */
export class TokenRequired extends PlumblineError {
  constructor(what: string) {
    super({
      code: 'request.token-required',
      kind: 'caller',
      message: `${what} needs the token of server.json as \`Authorization: Bearer …\`; the plumb command sends it by itself.`,
    });
  }
}

/** The body's type is not taken here. */
export class MediaTypeRefused extends PlumblineError {
  constructor(given: string, allowed: string) {
    super({
      code: 'request.media-type',
      kind: 'caller',
      message: `The content type ${JSON.stringify(given)} is not taken here. Allowed: ${allowed}.`,
    });
  }
}

/** The body is over the cap. */
export class BodyTooLarge extends PlumblineError {
  constructor(maxBytes: number) {
    super({
      code: 'request.too-large',
      kind: 'caller',
      message: `The body is larger than the ${Math.floor(maxBytes / 1024)} KB allowed here.`,
      details: { maxBytes },
    });
  }
}

/** A JSON body came without its length. */
export class LengthRequired extends PlumblineError {
  constructor() {
    super({
      code: 'request.length-required',
      kind: 'caller',
      message: 'A JSON body must come with its Content-Length; only uploads to /v1/documents may be streamed.',
    });
  }
}

/** The request breaks the route's schema. */
export class RequestInvalid extends PlumblineError {
  constructor(problems: readonly { readonly where: string; readonly problem: string }[]) {
    super({
      code: 'request.invalid',
      kind: 'caller',
      message: problems.map(sentence).join(' '),
      details: { problems },
    });
  }
}

function sentence({ where, problem }: { readonly where: string; readonly problem: string }): string {
  return `${where === '' ? 'The body' : where}: ${problem}${problem.endsWith('.') ? '' : '.'}`;
}

/** The address is known, but not for this method. */
export class MethodNotAllowed extends PlumblineError {
  constructor(given: string, allowed: readonly string[]) {
    super({
      code: 'route.method',
      kind: 'caller',
      message: `${given} is not for this address. Allowed: ${allowed.join(', ')}.`,
      details: { allowed },
    });
  }
}

/** The server is not there yet, or not any more. */
export class NotServing extends PlumblineError {
  constructor(state: 'starting' | 'stopping') {
    super({
      code: `server.${state}`,
      kind: 'retry',
      message:
        state === 'starting'
          ? 'Plumbline is starting. Try again in a moment; /readyz says when it is ready.'
          : 'Plumbline is stopping and takes nothing new.',
    });
  }
}

/** No route has this address. */
export class RouteNotFound extends PlumblineError {
  constructor(path: string) {
    super({
      code: 'route.not-found',
      kind: 'caller',
      message: `There is nothing at ${path}. /docs lists what there is.`,
    });
  }
}
