import { saidBefore } from '../context.ts';
import type { PersonalDataSpan } from '../span.ts';
import type { CapitalRun } from './capital-runs.ts';
import { isGivenName, isOrdinaryWord, isPlace, isSurname } from './lexicon.ts';
import { isTitleWord } from './title-words.ts';

const honorific =
  /\b(?:mr|mrs|ms|miss|mx|dr|prof|professor|doctor|sir|madam|mister|herr|frau|señor|señora|sra?|mme|monsieur|madame|signora?)\.?\s$/iu;
const introduced =
  /(?:\b(?:my name is|name is|name's|named|call me|i am|i'm|this is|dear|hi|hello|hey|sincerely|regards|thanks|cheers|yours|yours truly|(?:full |first |last |given |family |customer |patient |card ?holder )?name|attn|bill to|ship to|signed|mother|father|brother|sister|wife|husband|son|daughter|boss|friend|colleague|manager|author|president|actor|actress|singer|director|born)\b[,:]?\s+(?:is\s+)?|\bname:\s*)$/iu;
const beside = /\b(?:with|by|and|to|for|met|meet|ask|tell|told|call|contact|see|between|of|was|is)\s$/iu;
const doesAsPeopleDo =
  /^(?:'s|’s)?,?\s(?:(?:who|has|had|and i|also|then|just|already|still)\s)?(?:said|says|lives?|lived|works?|worked|was born|is \d|called|wrote|told|asked|moved|married|died|joined|left|paid|thinks|likes|loves|wants|knows|met|visited|plays|sings|sang|played|wrote|directed|starred)\b|^,\s\d{1,3}\b|^\s\(\d{1,3}\)/iu;

/** How sure to be of a run, and why. */
interface Verdict {
  readonly score: number;
  readonly reason: string;
}

/** Names of people: by lexicons of given names and surnames, and by the words around capitals that no lexicon has. */
export function detectPersons(text: string, runs: readonly CapitalRun[]): PersonalDataSpan[] {
  const spans: PersonalDataSpan[] = [];
  for (const run of runs.map(withoutOpening)) {
    if (run.words.length > 5) continue;
    const verdict = judge(text, run);
    if (verdict !== null) spans.push({ start: run.start, end: run.end, type: 'person', ...verdict });
  }
  return spans;
}

/** Without a word that has its capital only from the beginning of the sentence: `Has Anna`, `Whenever John Smith`. */
function withoutOpening(run: CapitalRun): CapitalRun {
  const [first, second] = run.words;
  if (!run.opensSentence || first === undefined || second === undefined || run.words.length < 2) return run;
  if (isGivenName(first.value) || isSurname(first.value) || !isGivenName(second.value) || isSurname(second.value)) {
    return run;
  }
  const value = run.value.slice(second.start - run.start);
  return { ...run, start: second.start, words: run.words.slice(1), value, opensSentence: false };
}

function judge(text: string, run: CapitalRun): Verdict | null {
  const { words } = run;
  if (words.every(({ value }) => /^\p{Lu}{2,}$/u.test(value)) && !isKnown(run)) return null;
  if (saidBefore(text, run, honorific)) return { score: 0.93, reason: 'form of address before it' };
  const named = saidBefore(text, run, introduced);
  const acts = doesAsPeopleDo.test(text.slice(run.end, run.end + 40));
  if (words.length === 1) return judgeOne(run, { named, acts });
  return judgeSeveral(text, run, { named, acts });
}

function isKnown({ words }: CapitalRun): boolean {
  return words.some(({ value }) => isGivenName(value)) && words.some(({ value }) => isSurname(value));
}

interface Signs {
  readonly named: boolean;
  readonly acts: boolean;
}

function judgeOne(run: CapitalRun, { named, acts }: Signs): Verdict | null {
  const { value } = run;
  const lexical = isGivenName(value) || isSurname(value);
  if (named && lexical) return { score: 0.9, reason: 'name in the lexicon, introduced as one' };
  if (isPlace(value) || value.length < 3) return null;
  if (named) return { score: 0.6, reason: 'introduced as a name' };
  if (isOrdinaryWord(value)) return null;
  if (acts && lexical) return { score: 0.85, reason: 'name in the lexicon, does as people do' };
  return acts && !run.opensSentence ? { score: 0.5, reason: 'does as people do' } : lexicalAlone(run);
}

/** A word of the lexicon with nothing beside it. */
function lexicalAlone({ value, opensSentence }: CapitalRun): Verdict | null {
  if (isGivenName(value)) return { score: 0.7, reason: 'given name in the lexicon' };
  return isSurname(value) && !opensSentence ? { score: 0.6, reason: 'surname in the lexicon' } : null;
}

function judgeSeveral(text: string, run: CapitalRun, { named, acts }: Signs): Verdict | null {
  if (isPlace(run.value)) return null;
  const lexical = judgeByLexicon(run);
  if (lexical !== null && lexical.score >= 0.9) return lexical;
  if (named) return { score: 0.9, reason: 'introduced as a name' };
  if (acts) return { score: 0.8, reason: 'capitals that do as people do' };
  return lexical ?? judgeUnknown(text, run);
}

function judgeByLexicon({ words }: CapitalRun): Verdict | null {
  const [first, last] = [words[0]?.value ?? '', words.at(-1)?.value ?? ''];
  const [given, family] = [isGivenName(first), isSurname(last)];
  const [surelyGiven, surelyFamily] = [given && !isOrdinaryWord(first), family && !isOrdinaryWord(last)];
  if (given && family) {
    return { score: surelyGiven || surelyFamily ? 0.95 : 0.5, reason: 'given name and surname in the lexicon' };
  }
  if (surelyGiven) return { score: 0.85, reason: 'given name in the lexicon, another capital' };
  if (surelyFamily) return { score: 0.75, reason: 'surname in the lexicon, another capital' };
  return given || family ? { score: 0.6, reason: 'name and ordinary word in the lexicon' } : null;
}

/** Whether nothing else stands on the run's line, as in the head of a letter. */
function fillsLine(text: string, { start, end }: CapitalRun): boolean {
  return /(?:^|\n)\s*$/.test(text.slice(Math.max(0, start - 3), start)) && /^[ ,]*\n/.test(text.slice(end, end + 3));
}

/** Capitals in a row that no lexicon has: a name when nothing else is written so. */
function judgeUnknown(text: string, run: CapitalRun): Verdict | null {
  if (run.words.length > 3 || run.words.some(({ value }) => isTitleWord(value) || /^\p{Lu}{2,}$/u.test(value)))
    return null;
  const initials = run.words.filter(({ value }) => /^(?:\p{Lu}\.)+$/u.test(value)).length;
  if (initials > 0) return { score: 0.65, reason: 'initials and a capital' };
  if (run.words.some(({ value }) => value.length < 3)) return null;
  if (saidBefore(text, run, beside)) return { score: 0.62, reason: 'capitals in the place of a person' };
  if (run.opensSentence) return fillsLine(text, run) ? { score: 0.6, reason: 'capitals on a line of their own' } : null;
  return { score: 0.55, reason: 'capitals that are no ordinary words' };
}
