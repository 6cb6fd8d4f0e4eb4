import { PlumblineError } from '../../base/index.ts';

/** An answer cites something that was not retrieved. Never shown as a link. */
export class UnknownCitation extends PlumblineError {
  constructor(cited: string, known: readonly string[]) {
    const allowed = known.length === 0 ? 'no source was given' : `the sources are ${listed(known)}`;
    super({
      code: 'citation.unknown-source',
      kind: 'tell-model',
      message: `The answer cites [${cited.slice(0, 80)}], but ${allowed}. Cite only what was retrieved, by its id or its number from 1.`,
      details: { cited: cited.slice(0, 80), sources: known.length },
    });
  }
}

/** A level pointed outside the sources it was given, or left a claim out. */
export class VerifierMisbehaved extends PlumblineError {
  constructor(level: string, problem: string) {
    super({
      code: 'verifier.misbehaved',
      kind: 'fatal',
      message: `The ${level} verifier ${problem}. Its verdicts were discarded; take it out of the list of verifiers or mend it.`,
      details: { level },
    });
  }
}

function listed(ids: readonly string[]): string {
  const shown = ids.slice(0, 8).map((id) => `[${id}]`);
  return ids.length > shown.length ? `${shown.join(', ')} and ${ids.length - shown.length} more` : shown.join(', ');
}
