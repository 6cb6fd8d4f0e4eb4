import { z } from 'zod';
import { PlumblineError } from '../../base/index.ts';
import { nanoUsdOf } from '../metering/money.ts';
import type { Limits } from './amounts.ts';
import type { WindowKind } from './budget-window.ts';

/** By what a rule counts: everything of a tenant together, or each of its users, features, requests or runs. */
export type BudgetPer = 'tenant' | 'user' | 'feature' | 'request' | 'run';

interface RuleBase {
  /** Unique; names the rule in refusals and keys its accounts: renaming it starts it anew. */
  readonly name: string;
  readonly per: BudgetPer;
  /** Whose calls it is about; what is missing: everyone's. */
  readonly only: { readonly tenantId?: string; readonly userId?: string; readonly feature?: string };
}

/** At most so much in each window. Requests and runs have no window: they have one budget until they end. */
export interface QuotaRule extends RuleBase {
  readonly kind: 'quota';
  readonly window: WindowKind | null;
  readonly max: Limits;
}

/** A token bucket of each user: `burst` calls at once, then `calls` every `perMs`. Each node has a bucket of its own. */
export interface PaceRule extends RuleBase {
  readonly kind: 'pace';
  readonly per: 'user';
  readonly calls: number;
  readonly perMs: number;
  readonly burst: number;
}

export type BudgetRule = QuotaRule | PaceRule;

/** The budgets of the configuration break a rule. */
export class BudgetsInvalid extends PlumblineError {
  constructor(problem: string, cause?: unknown) {
    super({
      code: 'budgets.invalid',
      kind: 'caller',
      message: `The budgets cannot be used: ${problem}. docs/budgets-and-usage.md shows what they look like.`,
      cause,
    });
  }
}

const who = z.string().min(1).max(200);
const whole = z.number().int().nonnegative();
const shared = { name: who, tenant: z.uuid().optional(), user: who.optional(), feature: who.optional() };

const max = z
  .strictObject({
    tokens: whole.optional(),
    costUsd: z.union([z.number(), z.string()]).optional(),
    calls: whole.optional(),
    wallSeconds: z.number().nonnegative().optional(),
  })
  .refine((given) => Object.keys(given).length > 0, 'must limit tokens, costUsd, calls or wallSeconds');

const windowed = z.strictObject({
  ...shared,
  per: z.enum(['tenant', 'user', 'feature']),
  window: z.enum(['minute', 'day', 'month']),
  max,
});
const endless = z.strictObject({ ...shared, per: z.enum(['request', 'run']), max });
const pace = z.strictObject({
  ...shared,
  per: z.literal('user'),
  pace: z.strictObject({
    calls: z.number().positive(),
    perSeconds: z.number().positive(),
    burst: z.number().int().min(1),
  }),
});

/** Budgets as they are written in the configuration. */
const budgetsSchema = z.array(z.union([windowed, endless, pace])).max(100);

type Given = z.infer<typeof budgetsSchema>[number];

/**
 * Budgets as they are written → rules.
 * @param given a list as docs/budgets-and-usage.md describes it
 * @throws PlumblineError `budgets.invalid`, `money.invalid`
 */
export function budgetRulesOf(given: unknown): BudgetRule[] {
  const parsed = budgetsSchema.safeParse(given);
  if (!parsed.success) throw new BudgetsInvalid(z.prettifyError(parsed.error));
  const rules = parsed.data.map(ruleOf);
  const names = rules.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new BudgetsInvalid(`two are named ${JSON.stringify(twice)}`);
  return rules;
}

function ruleOf(given: Given): BudgetRule {
  const { name, tenant, user, feature } = given;
  const only = {
    ...(tenant === undefined ? {} : { tenantId: tenant }),
    ...(user === undefined ? {} : { userId: user }),
    ...(feature === undefined ? {} : { feature }),
  };
  if ('pace' in given) {
    const { calls, perSeconds, burst } = given.pace;
    return { kind: 'pace', name, per: 'user', only, calls, perMs: perSeconds * 1000, burst };
  }
  const window = 'window' in given ? given.window : null;
  return { kind: 'quota', name, per: given.per, only, window, max: limitsOf(given.max) };
}

function limitsOf(given: z.infer<typeof max>): Limits {
  return {
    ...(given.tokens === undefined ? {} : { tokens: BigInt(given.tokens) }),
    ...(given.costUsd === undefined ? {} : { costNanoUsd: nanoUsdOf(given.costUsd) }),
    ...(given.calls === undefined ? {} : { calls: BigInt(given.calls) }),
    ...(given.wallSeconds === undefined ? {} : { wallMs: BigInt(Math.round(given.wallSeconds * 1000)) }),
  };
}
