import { asksTheSame } from './answers/index.ts';
import type { Clock, NewId } from './base/index.ts';
import type { Config } from './config/index.ts';
import {
  createModelDoor,
  type Embedder,
  keysFor,
  LeasedBudgets,
  loadRegistry,
  type ModelDoor,
  type ModelRegistry,
  openReplyCache,
  readBudgets,
  type SqlReplyCache,
  TenantClasses,
  UsageMeter,
} from './models/index.ts';
import type { Closer } from './platform-stores.ts';
import type { Database } from './store/index.ts';
import type { Log } from './telemetry/index.ts';

/** What asking language models stands on. */
export interface Asking {
  readonly models: ModelDoor;
  readonly registry: ModelRegistry;
  readonly tenantClasses: TenantClasses;
  readonly budgets: LeasedBudgets;
  readonly meter: UsageMeter;
  /** Undefined: replies are not kept. */
  readonly replies: SqlReplyCache | undefined;
}

/** What asking is opened on. */
export interface AskingParts {
  readonly database: Database;
  readonly embedder: Embedder;
  readonly log: Log;
  readonly clock: Clock;
  readonly newId: NewId;
  /** What is opened adds how it is closed. */
  readonly closers: Closer[];
}

/**
 * Opens the door to models with its budgets, its meter and its cache; what is used is written before the database closes.
 * @throws PlumblineError `models.invalid`, `budgets.invalid`
 */
export async function openAsking(config: Config, { closers, ...parts }: AskingParts): Promise<Asking> {
  const budgets = new LeasedBudgets({ ...parts, rules: await readBudgets(config.budgetsFile) });
  closers.push(() => budgets.close());
  const meter = new UsageMeter(parts);
  closers.push(() => meter.close());
  const registry = loadRegistry(config.models.file, keysFor(config.models.recording, config.models.key));
  const replies = openReplyCache(config.replyCache, parts, asksTheSame);
  closers.push(async () => replies?.settled());
  const tenantClasses = new TenantClasses(parts.database);
  const models = createModelDoor({
    registry,
    tenantClass: (context) => tenantClasses.of(context),
    budgets,
    meter,
    ...(replies && { cache: replies }),
    recording: config.models.recording,
    clock: parts.clock,
  });
  closers.push(() => models.close());
  return { models, registry, tenantClasses, budgets, meter, replies };
}
