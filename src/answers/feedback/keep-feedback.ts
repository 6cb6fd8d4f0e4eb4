import { type NewId, PlumblineError, type TenantContext } from '../../base/index.ts';
import type { Database, Events } from '../../store/index.ts';
import { findAnswer } from '../stored-answers.ts';

/** What a reader says of an answer. */
export interface Feedback {
  readonly rating: 'up' | 'down';
  /** What it should have said; null: not told. */
  readonly correctedText: string | null;
  /** Position in the answer's citations of one that does not carry its sentence, from 0; null: none. */
  readonly wrongCitation: number | null;
  readonly note: string | null;
}

/** The feedback points at something the answer does not have. */
class FeedbackInvalid extends PlumblineError {
  constructor(wrongCitation: number, citations: number) {
    super({
      code: 'feedback.invalid',
      kind: 'caller',
      message: `There is no citation ${wrongCitation}: the answer has ${citations}, counted from 0. Name one of them, or none.`,
      details: { wrongCitation, citations },
    });
  }
}

/** What keeping feedback stands on. */
export interface FeedbackServices {
  readonly database: Database;
  readonly events: Events;
  readonly newId: NewId;
  readonly clock: () => number;
}

const KEEP = `
insert into answer_feedback
  (tenant_id, id, answer_id, principal_id, rating, corrected_text, wrong_citation, note, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;

/**
 * Keeps feedback on an answer its giver may read, and says so: event `answer.rated`.
 * @returns the feedback's id
 * @throws PlumblineError `answer.not-found`, `feedback.invalid`
 */
export async function keepFeedback(
  services: FeedbackServices,
  context: TenantContext,
  given: { readonly answerId: string; readonly feedback: Feedback },
): Promise<string> {
  const { answerId, feedback } = given;
  const answer = await findAnswer(services.database, context, answerId);
  const { rating, correctedText, wrongCitation, note } = feedback;
  if (wrongCitation !== null && answer.citations[wrongCitation] === undefined) {
    throw new FeedbackInvalid(wrongCitation, answer.citations.length);
  }
  const id = services.newId();
  const at = new Date(services.clock());
  await services.database.withTenant(context, async (tx) => {
    const values = [
      context.tenantId,
      id,
      answerId,
      context.principalId,
      rating,
      correctedText,
      wrongCitation,
      note,
      at,
    ];
    await tx.query(KEEP, values);
    const data = { feedbackId: id, rating, corrected: correctedText !== null, wrongCitation };
    await services.events.append(tx, context, [{ type: 'answer.rated', subjectId: answerId, data }]);
  });
  services.events.announce(context.tenantId);
  return id;
}
