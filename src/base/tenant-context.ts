/**
 * On whose behalf something happens. First parameter of everything that touches tenant-owned data;
 * built by a door (server, CLI, job) and never read from a request's headers or body.
 */
export interface TenantContext {
  /** UUIDv7 of the organisation. */
  readonly tenantId: string;
  /** Who acts: `local` for the person at this machine, otherwise a principal's id. */
  readonly principalId: string;
  /** Access-list entries this principal matches, always including `g:everyone`. */
  readonly groups: readonly string[];
  /** Identifies the request in logs and answers. */
  readonly requestId: string;
}

/** The access-list entry every principal matches. */
export const EVERYONE = 'g:everyone';
