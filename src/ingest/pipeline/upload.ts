import { PlumblineError } from '../../base/index.ts';
import { forgetDeletion } from '../documents/deletions.ts';
import type { GivenFacts, StoredDocument } from '../documents/prepared-document.ts';
import { DocumentQuarantined } from '../quarantine/quarantine.ts';
import { type Destination, type HoldingDestination, prepareDocument } from './prepare-document.ts';
import { setAside } from './set-aside.ts';
import { type Intake, storeAndAnnounce } from './store-and-announce.ts';

/** A file handed over by a person or a program. */
export interface Upload {
  /** Names the document in its collection; the same name again is a new version. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly declaredType: string | undefined;
  readonly given: GivenFacts;
}

/** An upload without a usable name or without content. */
class UploadInvalid extends PlumblineError {
  constructor(problem: string) {
    super({ code: 'upload.invalid', kind: 'caller', message: `The upload was refused: ${problem}.` });
  }
}

/**
 * Parses and stores one file. When it returns, the document is acknowledged.
 * @throws DocumentQuarantined with the reason; the file is kept
 */
export async function ingestUpload(intake: Intake, to: Destination, upload: Upload): Promise<StoredDocument> {
  checkUpload(upload);
  const hold = intake.holds.begin();
  try {
    return await storeUpload(intake, { ...to, hold }, upload);
  } finally {
    hold.release();
  }
}

async function storeUpload(intake: Intake, to: HoldingDestination, upload: Upload): Promise<StoredDocument> {
  const { services } = intake;
  const file = {
    externalId: upload.name,
    fileName: upload.name.split('/').at(-1) ?? upload.name,
    sourceId: null,
    sourceState: null,
    declaredType: upload.declaredType,
    bytes: upload.bytes,
    size: upload.bytes.byteLength,
  };
  const prepared = await prepareDocument(services, to, { ...file, given: upload.given }).catch(
    async (thrown: unknown) => {
      const { id, error } = await setAside(services, to, { ...file, thrown });
      throw new DocumentQuarantined({ id, externalId: upload.name }, error);
    },
  );
  await forgetDeletion(services.database, to, upload.name);
  const [stored] = await storeAndAnnounce(intake, to, [prepared]);
  if (stored === undefined) throw new UploadInvalid('it produced no document');
  return stored;
}

const MAX_NAME = 512;

function checkUpload(upload: Upload): void {
  const { name } = upload;
  if (name.length === 0 || name.length > MAX_NAME)
    throw new UploadInvalid(`its name must have 1 to ${MAX_NAME} characters`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
  if (/[\u0000-\u001f\u007f]/.test(name)) throw new UploadInvalid('its name holds control characters');
  if (upload.bytes.byteLength === 0) throw new UploadInvalid('it is empty');
}
