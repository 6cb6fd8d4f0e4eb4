import { stat } from 'node:fs/promises';
import { PlumblineError } from '../../base/index.ts';
import type { Place } from '../documents/deletions.ts';
import type { IngestServices } from '../services.ts';
import { printableName, type SourceItem } from '../sources/index.ts';

interface TakenPath {
  readonly externalId: string;
  readonly root: string;
}

/** Two folders of one collection hold the same path, and a path names one document. */
class PathTaken extends PlumblineError {
  constructor({ externalId, root }: TakenPath) {
    super({
      code: 'source.path-taken',
      kind: 'caller',
      message:
        `“${printableName(externalId)}” is already a document of this collection, from the folder “${printableName(root)}”. ` +
        'It was not overwritten and the pass ended; what it had taken in before stays. ' +
        'Put this folder into a collection of its own, or take in the folder above both.',
      details: { externalId, root },
    });
  }
}

/**
 * Refuses files of a folder whose path is a valid document of another folder, so that neither overwrites the other. A
 * folder that is no longer there counts as moved: its documents go on with the new one.
 * @throws PlumblineError `source.path-taken`
 */
export async function refuseTakenPaths(
  services: IngestServices,
  place: Place,
  given: { readonly items: readonly SourceItem[]; readonly sourceId: string },
): Promise<void> {
  const externalIds = given.items.map((item) => item.externalId);
  const taken = await services.database.readTenant<TakenPath>(
    place.context,
    `select distinct on (s.id) d.external_id as "externalId", s.root
       from documents d join sources s on s.id = d.source_id
      where d.collection_id = $1 and d.external_id = any($2::text[])
        and s.id <> $3 and s.kind = 'folder' and d.source_state is not null
      order by s.id, d.external_id`,
    [place.collection.id, externalIds, given.sourceId],
  );
  for (const each of taken) if (await isThere(each.root)) throw new PathTaken(each);
}

async function isThere(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}
