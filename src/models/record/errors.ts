import { PlumblineError } from '../../base/index.ts';

/** A call was made that nobody recorded. */
export class RecordingMissing extends PlumblineError {
  /** @param file name of the file that would hold it */
  constructor(file: string, given: { readonly folder: string; readonly url: string }) {
    super({
      code: 'recording.missing',
      kind: 'caller',
      message:
        `No reply is recorded for this call of ${given.url}: ${given.folder} holds no ${file}. ` +
        'Make the call once with PLUMB_MODELS_RECORD set to the folder, or change it back to what was recorded.',
      details: { file, ...given },
    });
  }
}

/** A recorded file cannot be read. */
export class RecordingInvalid extends PlumblineError {
  /** @param file its path */
  constructor(file: string, cause: unknown) {
    super({
      code: 'recording.invalid',
      kind: 'caller',
      message: `The recorded reply ${file} cannot be read. Delete it and make the call again with PLUMB_MODELS_RECORD.`,
      details: { file },
      cause,
    });
  }
}
