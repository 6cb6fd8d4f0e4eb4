import { PlumblineError } from '../../base/index.ts';
import type { Excluded } from '../routing/route.ts';
import type { TriedModel } from './request.ts';

/** No declared model can or may do the task. */
export class NoModelForTask extends PlumblineError {
  constructor(task: string, excluded: readonly Excluded[]) {
    const reasons = excluded.map(({ model, reason }) => `${model.id}: ${reason}`);
    super({
      code: 'model.none',
      kind: 'caller',
      message:
        `No model can be asked for the task ${task}. ` +
        `${reasons.length === 0 ? 'None is declared' : reasons.slice(0, 8).join('; ')}. ` +
        'Declare one in models.json; docs/models.md shows how.',
      details: { task, excluded: excluded.map(({ model, reason }) => ({ model: model.id, reason })) },
    });
  }
}

/** Every model that was allowed was tried, and none answered. */
export class ModelsExhausted extends PlumblineError {
  /** @param last the last model's failure, whose kind says who can do something */
  constructor(task: string, tried: readonly TriedModel[], last: PlumblineError) {
    super({
      code: 'model.exhausted',
      kind: last.kind,
      message: `No model answered for the task ${task}: ${tried.map(({ model, code }) => `${model} (${code})`).join(', ')}. ${last.message}`,
      details: { task, tried, last: last.code },
      cause: last,
    });
  }
}

/** The call's time was over. */
export class CallDeadlineExceeded extends PlumblineError {
  constructor(task: string, deadlineMs: number) {
    super({
      code: 'model.deadline-exceeded',
      kind: 'retry',
      message: `The call for the task ${task} did not end within its ${deadlineMs} ms. Give it more time, or try again.`,
      details: { task, deadlineMs },
    });
  }
}

/** A model answered, and mended its answer, and it still does not fit the schema. Holds none of its words. */
export class ObjectInvalid extends PlumblineError {
  /** @param problems where and what, without values */
  constructor(model: string, problems: readonly string[], repairs: number) {
    super({
      code: 'model.object-invalid',
      kind: 'retry',
      message:
        `The model ${model} wrote no object that fits the schema, ${repairs} ${repairs === 1 ? 'repair' : 'repairs'} included: ` +
        `${problems.slice(0, 5).join(' ')} Try again, simplify the schema, or ask a better model.`,
      details: { model, problems: problems.slice(0, 20), repairs },
    });
  }
}
