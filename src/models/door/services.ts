import type { Clock, NewId, TenantContext } from '../../base/index.ts';
import type { DataClass } from '../../guard/index.ts';
import type { ProviderSet } from '../providers/provider-set.ts';
import type { ModelEntry, ModelRegistry } from '../registry/registry.ts';
import type { Lane } from '../resilience/lane.ts';
import type { Budgets, Meter, ReplyCache } from './ports.ts';

/** What calls stand on; one per door. */
export interface DoorServices {
  readonly registry: ModelRegistry;
  readonly providers: ProviderSet;
  readonly budgets: Budgets;
  readonly meter: Meter;
  readonly cache: ReplyCache | null;
  /** What the caller's organisation declares all its material to be; null: nothing. */
  tenantClass(context: TenantContext): Promise<DataClass | null>;
  readonly clock: Clock;
  readonly newId: NewId;
  /** The way to a model, shared by all calls to it. */
  laneOf(model: ModelEntry): Lane;
}
