import { PlumblineError } from '../../base/index.ts';

/** The ways a file ends in quarantine instead of in a collection. */
export type ParseFailureCode =
  | 'document.no-text'
  | 'document.encrypted'
  | 'document.damaged'
  | 'document.unsupported'
  | 'document.too-large'
  | 'parser.memory-exceeded'
  | 'parser.stalled'
  | 'parser.crashed';

/**
 * A file that cannot become a document. `message` is one or two sentences for the person who finds it in quarantine:
 * what is wrong with the file and what to do.
 */
export abstract class ParseFailure extends PlumblineError {
  declare readonly code: ParseFailureCode;

  constructor(code: ParseFailureCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super({ code, kind: 'caller', message, details });
  }
}

/** The file was read, and there is no text in it. */
export class DocumentWithoutText extends ParseFailure {
  constructor(what = 'The file was read but holds no text') {
    super('document.no-text', `${what}. If it is a scan, run text recognition on it and add the result.`);
  }
}

/** A password is needed. */
export class DocumentEncrypted extends ParseFailure {
  constructor() {
    super('document.encrypted', 'The file is protected by a password. Save a copy without the password and add that.');
  }
}

/** The format was recognised but the file breaks its rules beyond repair. */
export class DocumentDamaged extends ParseFailure {
  /** @param problem what is broken, as the end of the sentence “The file is damaged: …” */
  constructor(problem: string) {
    super('document.damaged', `The file is damaged: ${problem}. Open it where it came from and save it again.`);
  }
}

/** A kind of file no parser here reads. */
export class DocumentUnsupported extends ParseFailure {
  /** @param found what the file is, for example `image/png` */
  constructor(found: string) {
    super(
      'document.unsupported',
      `The file is ${found}, which cannot be read. These can: PDF, DOCX, HTML, Markdown, plain text, CSV, TSV, JSON, JSONL, XML, EML.`,
      { found },
    );
  }
}

/** The file, or what it unpacks into, is larger than allowed. */
export class DocumentTooLarge extends ParseFailure {
  /** @param excess what is too large, as the end of the sentence “The file …” */
  constructor(excess: string) {
    super('document.too-large', `The file ${excess}. Split it and add the parts.`);
  }
}

/** The parser needed more memory than a file may use; its process was ended. */
export class ParserMemoryExceeded extends ParseFailure {
  constructor(memoryMb: number) {
    super(
      'parser.memory-exceeded',
      `Reading the file needed more than the ${memoryMb} MB a file may use, so it was stopped. If the file is trusted, raise PLUMB_PARSE_MEMORY_MB and retry.`,
      { memoryMb },
    );
  }
}

/** The parser made no progress; its process was ended. */
export class ParserStalled extends ParseFailure {
  constructor(stallMs: number) {
    super(
      'parser.stalled',
      `Reading the file made no progress for ${stallMs / 1000} s, so it was stopped. If the file is trusted, raise PLUMB_PARSE_STALL_SECONDS and retry.`,
      { stallMs },
    );
  }
}

/** The parser's process ended by itself, or failed in a way nobody foresaw. */
export class ParserCrashed extends ParseFailure {
  /** @param how exit code, signal or error, for the operator */
  constructor(how: string) {
    super(
      'parser.crashed',
      `The parser failed on the file (${how}). Retry once; if it fails again, save the file in another format.`,
      { how },
    );
  }
}

const byCode: Readonly<Record<ParseFailureCode, { readonly prototype: ParseFailure }>> = {
  'document.no-text': DocumentWithoutText,
  'document.encrypted': DocumentEncrypted,
  'document.damaged': DocumentDamaged,
  'document.unsupported': DocumentUnsupported,
  'document.too-large': DocumentTooLarge,
  'parser.memory-exceeded': ParserMemoryExceeded,
  'parser.stalled': ParserStalled,
  'parser.crashed': ParserCrashed,
};

/** A failure as it crosses from the parser's process. */
export interface FailureMessage {
  readonly code: ParseFailureCode;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Packs a failure for the way across. */
export function packFailure(failure: ParseFailure): FailureMessage {
  return { code: failure.code, message: failure.message, details: failure.details };
}

class ReceivedFailure extends ParseFailure {}

/** Unpacks a failure: an instance of the class of its code. */
export function unpackFailure(packed: FailureMessage): ParseFailure {
  const failure = new ReceivedFailure(packed.code, packed.message, packed.details);
  Object.setPrototypeOf(failure, byCode[packed.code].prototype);
  failure.name = byCode[packed.code].prototype.constructor.name;
  return failure;
}
