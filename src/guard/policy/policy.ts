import type { PersonalDataSpan, PersonalDataType } from '../personal-data/span.ts';

/**
 * What happens to personal data on its way to a model, mildest first:
 * - `allow`: it is sent as it is.
 * - `pseudonymise`: typed placeholders are sent, and the answer gets the values back.
 * - `redact`: typed placeholders are sent, and nothing comes back.
 * - `private-only`: it is sent as it is, but to a private model only.
 * - `block`: the call is refused.
 */
export const privacyActions = ['allow', 'pseudonymise', 'redact', 'private-only', 'block'] as const;

/** One of {@link privacyActions}. */
export type PrivacyAction = (typeof privacyActions)[number];

/** What a tenant, a collection or a task declares its material to be, mildest first. `private` goes to private models only. */
export const dataClasses = ['public', 'internal', 'private'] as const;

/** One of {@link dataClasses}. */
export type DataClass = (typeof dataClasses)[number];

/** What applies to one call. */
export interface PrivacyPolicy {
  /**
   * The strictest class declared by tenant, collection and task (see {@link strictestDataClass}). `private` alone decides that
   * only private models may see the call, whatever the detectors find or miss.
   */
  readonly dataClass: DataClass;
  /** What happens to every kind of personal data that `byType` does not name. */
  readonly personalData: PrivacyAction;
  /** Exceptions by kind, milder or stricter. */
  readonly byType?: Readonly<Partial<Record<PersonalDataType, PrivacyAction>>>;
  /** Spans with a lower score are ignored, 0…1. Default .5. */
  readonly minScore?: number;
}

/** The strictest of the classes that were declared; `internal` when none was. */
export function strictestDataClass(declared: readonly (DataClass | null | undefined)[]): DataClass {
  const ranks = declared
    .filter((given) => given !== undefined && given !== null)
    .map((given) => dataClasses.indexOf(given));
  return ranks.length === 0 ? 'internal' : (dataClasses[Math.max(...ranks)] ?? 'private');
}

/** What the policy does with a span. */
export function actionFor(policy: PrivacyPolicy, { type }: PersonalDataSpan): PrivacyAction {
  return policy.byType?.[type] ?? policy.personalData;
}

/** Whether the policy lets everything through, so that nothing has to be looked for. */
export function allowsEverything(policy: PrivacyPolicy): boolean {
  return policy.personalData === 'allow' && Object.values(policy.byType ?? {}).every((action) => action === 'allow');
}
