import { readFile } from 'node:fs/promises';
import { BudgetsInvalid, type BudgetRule, budgetRulesOf } from './budget-rule.ts';

/**
 * The rules of a file of budgets.
 * @param file absolute path of a JSON file; null: no rules
 * @throws PlumblineError `budgets.invalid` when it cannot be read or breaks a rule
 */
export async function readBudgets(file: string | null): Promise<BudgetRule[]> {
  if (file === null) return [];
  let given: unknown;
  try {
    given = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new BudgetsInvalid(`${file} is not a JSON file that can be read`, error);
  }
  return budgetRulesOf(given);
}
