import { PlumblineError } from '../../base/index.ts';
import type { PersonalDataType } from '../personal-data/span.ts';

/** The policy refuses what was to be sent. Names the kinds and how many, never the values. */
export class PrivacyBlocked extends PlumblineError {
  /** @param counts how many spans of each kind the policy blocks */
  constructor(counts: Readonly<Partial<Record<PersonalDataType, number>>>) {
    const found = Object.entries(counts)
      .map(([type, count]) => `${count} × ${type}`)
      .join(', ');
    super({
      code: 'privacy.blocked',
      kind: 'caller',
      message:
        `The text holds personal data that the privacy policy does not let through (${found}). ` +
        'Remove it, or choose a policy that redacts, pseudonymises or sends it to a private model only.',
      details: { counts },
    });
  }
}

/** No value of the message can be looked into, or it is nested beyond reason: it is refused rather than sent unseen. */
export class PrivacyUnreadable extends PlumblineError {
  constructor(problem: string) {
    super({
      code: 'privacy.unreadable',
      kind: 'caller',
      message: `A message cannot be checked for personal data: ${problem} Send plain text, or nest it less deeply.`,
      details: { problem },
    });
  }
}
