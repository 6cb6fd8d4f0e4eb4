import { PlumblineError, type TenantContext } from '../base/index.ts';
import { type DataClass, strictestDataClass } from '../guard/index.ts';
import type { Collection, Ingest } from '../ingest/index.ts';
import {
  type EmbedderConfig,
  type ModelCalls,
  type ModelRegistry,
  type TenantClasses,
  withDataClass,
} from '../models/index.ts';
import type { Database, Events, Transaction } from '../store/index.ts';

/** What an organisation's material is declared to be. */
export interface Declared {
  /** Of everything on this installation, by models.json. */
  readonly installation: DataClass;
  /** Of everything the organisation has; null: nothing is declared. */
  readonly organisation: DataClass | null;
  /** By name. */
  readonly collections: readonly DeclaredCollection[];
}

/** What a collection is declared to be. */
export interface DeclaredCollection {
  readonly name: string;
  readonly declared: DataClass | null;
  /** The strictest of the three: what counts. */
  readonly effective: DataClass;
}

/** What counts as private by declaration, and who may see it. */
export interface DeclaredPrivacy {
  /** The models for what is in a collection or asked about it. */
  readonly modelsFor: (collection: Collection) => ModelCalls;
  /** What is declared. */
  show(context: TenantContext): Promise<Declared>;
  /** What a collection is, by name or id. @throws PlumblineError `collection.not-found` */
  showCollection(context: TenantContext, nameOrId: string): Promise<DeclaredCollection>;
  /**
   * Declares what the organisation's material is, or a collection's; null takes it back. When it returns, what is asked from then on
   * keeps to it: of the organisation every call of a model, of a collection every answer, also where it was begun by another process.
   * @throws PlumblineError `collection.not-found`, `privacy.embedder-not-private`
   */
  declare(context: TenantContext, wanted: Declaration): Promise<void>;
  /** @throws PlumblineError `privacy.embedder-not-private` when something is private already and the embedder is not */
  check(): Promise<void>;
}

/** A declaration. */
export interface Declaration {
  /** Name or id; null: everything the organisation has. */
  readonly collection: string | null;
  readonly dataClass: DataClass | null;
}

/** What declared privacy stands on. */
export interface PrivacyParts {
  readonly database: Database;
  readonly events: Events;
  readonly ingest: Ingest;
  readonly models: ModelCalls;
  readonly registry: ModelRegistry;
  readonly tenantClasses: TenantClasses;
  /** Every text goes to it, whatever a collection declares. */
  readonly embedder: EmbedderConfig;
}

/** Material is or would be private, and the embedder is elsewhere. */
class EmbedderNotPrivate extends PlumblineError {
  constructor(url: string, what: string) {
    super({
      code: 'privacy.embedder-not-private',
      kind: 'caller',
      message:
        `${what} cannot be private: every text goes to the embedder at ${url}, which is not declared private. ` +
        'Allowed: PLUMB_EMBEDDER=default or a folder, which send nothing anywhere, or PLUMB_EMBEDDER_PRIVATE=on, if that server is yours.',
      details: { url },
    });
  }
}

/** Opens what is declared about material. */
export function openDeclaredPrivacy(parts: PrivacyParts): DeclaredPrivacy {
  const { models } = parts;
  return {
    modelsFor: ({ settings }) => (settings.dataClass === null ? models : withDataClass(models, settings.dataClass)),
    show: (context) => show(parts, context),
    showCollection: (context, nameOrId) => showCollection(parts, context, nameOrId),
    declare: (context, wanted) => declare(parts, context, wanted),
    check: () => check(parts),
  };
}

async function show({ ingest, registry, tenantClasses }: PrivacyParts, context: TenantContext): Promise<Declared> {
  const [collections, organisation] = await Promise.all([ingest.collections(context), tenantClasses.of(context)]);
  const installation = registry.privacy.dataClass;
  return {
    installation,
    organisation,
    collections: collections.map((each) => declaredBy(each, [installation, organisation])),
  };
}

async function showCollection(
  { ingest, registry, tenantClasses }: PrivacyParts,
  context: TenantContext,
  nameOrId: string,
): Promise<DeclaredCollection> {
  const [collection, organisation] = await Promise.all([
    ingest.collection(context, nameOrId),
    tenantClasses.of(context),
  ]);
  return declaredBy(collection, [registry.privacy.dataClass, organisation]);
}

function declaredBy({ name, settings }: Collection, above: readonly (DataClass | null)[]): DeclaredCollection {
  const declared = settings.dataClass;
  return { name, declared, effective: strictestDataClass([...above, declared]) };
}

async function declare(parts: PrivacyParts, context: TenantContext, wanted: Declaration): Promise<void> {
  const { events, ingest, tenantClasses } = parts;
  const { collection, dataClass } = wanted;
  const url = addressOfStranger(parts.embedder);
  if (dataClass === 'private' && url !== null)
    throw new EmbedderNotPrivate(url, collection === null ? 'The organisation' : `The collection ${collection}`);
  const note = (tx: Transaction, subjectId: string): Promise<void> =>
    events.append(tx, context, [{ type: 'privacy.declared', subjectId, data: { dataClass, by: context.principalId } }]);
  if (collection === null) await tenantClasses.declare(context, dataClass, (tx) => note(tx, context.tenantId));
  else await ingest.setDataClass(context, collection, { dataClass, beside: note });
  events.announce(context.tenantId);
}

const PRIVATE_ONES = `
select name from collections where settings->>'dataClass' = 'private'
union all select name from organisations where data_class = 'private' limit 5`;

async function check({ database, embedder, registry }: PrivacyParts): Promise<void> {
  const url = addressOfStranger(embedder);
  if (url === null) return;
  if (registry.privacy.dataClass === 'private')
    throw new EmbedderNotPrivate(url, `Everything, as ${registry.file} says,`);
  const rows = await database.withSystem('start: who is private', (tx) => tx.query<{ name: string }>(PRIVATE_ONES));
  if (rows.length > 0) throw new EmbedderNotPrivate(url, rows.map(({ name }) => name).join(', '));
}

/** Where texts go that is not ours; null: nowhere. */
function addressOfStranger(embedder: EmbedderConfig): string | null {
  return embedder.kind === 'openai' && !embedder.private ? embedder.url : null;
}
