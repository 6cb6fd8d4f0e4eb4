import type { ModelKind, Preference, TaskRule } from '../registry/registry.ts';

/** How hard one piece of work is for its task; moves the level asked for by one. */
export type Difficulty = 'easy' | 'normal' | 'hard';

/** What a task asks for when the registry says nothing of it. */
interface TaskDefault {
  readonly prefer: Preference;
  readonly minimumLevel: number;
}

/**
 * The tasks the platform asks for. Others may be named freely; they get `other`. Levels follow what goes wrong: a
 * reworded question is checked by retrieval, an answer is read by a person, a judge decides what ships.
 */
const defaults: Readonly<Record<string, TaskDefault>> = {
  answer: { prefer: 'cost', minimumLevel: 3 },
  rewrite: { prefer: 'latency', minimumLevel: 1 },
  classify: { prefer: 'latency', minimumLevel: 1 },
  extract: { prefer: 'cost', minimumLevel: 2 },
  judge: { prefer: 'quality', minimumLevel: 3 },
  narrate: { prefer: 'cost', minimumLevel: 2 },
  embed: { prefer: 'cost', minimumLevel: 1 },
  rerank: { prefer: 'latency', minimumLevel: 1 },
};
const other: TaskDefault = { prefer: 'cost', minimumLevel: 2 };

/** The rule a task is routed by: the operator's words over the defaults. */
export interface EffectiveRule {
  readonly prefer: Preference;
  /** 1 … 5, difficulty included. */
  readonly minimumLevel: number;
  /** Model ids the operator wants first; empty: none. */
  readonly models: readonly string[];
}

/** @param rule what the registry says of the task, if anything */
export function ruleOf(task: string, difficulty: Difficulty, rule: TaskRule | undefined): EffectiveRule {
  const byDefault = defaults[task] ?? other;
  const shift = { easy: -1, normal: 0, hard: 1 }[difficulty];
  const level = (rule?.minimumLevel ?? byDefault.minimumLevel) + shift;
  return {
    prefer: rule?.prefer ?? byDefault.prefer,
    minimumLevel: Math.min(5, Math.max(1, level)),
    models: rule?.models ?? [],
  };
}

/** What kind of model does a task. */
export function kindOf(task: string): ModelKind {
  if (task === 'embed') return 'embedding';
  return task === 'rerank' ? 'rerank' : 'language';
}
