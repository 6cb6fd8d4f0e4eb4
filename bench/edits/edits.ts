import { parseArgs } from 'node:util';
import { join } from 'node:path';
import { type ClaimVerdict, verifyClaims } from '../../src/answers/index.ts';
import { pick, type Random, seeded } from '../corpus/random.ts';
import { projectRoot } from '../data.ts';
import { type Metrics, progress } from '../report/report.ts';
import { type Drawn, drawSentences } from './texts.ts';
import { EDIT_KINDS, type Falsified, falsify, namesIn } from './falsify.ts';
import { rephrase } from './rephrase.ts';

/** Sentences drawn. */
const SENTENCES = 1_600;
/** Edits whose conflicting pair has to be shown. */
const SHOWN = new Set<string>(['number', 'date', 'name', 'negation']);

interface Case {
  readonly drawn: Drawn;
  readonly text: string;
  /** `quote`, or how it was rephrased. */
  readonly told: string;
  readonly edit: Falsified | null;
}

/** Verdicts of the free levels on sentences of a source as they are, said differently, and with one planted edit. */
export async function measureEdits(args: readonly string[]): Promise<Metrics> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', default: '1' },
      data: { type: 'string', default: process.env['PLUMBLINE_DATA'] ?? join(projectRoot, '..', 'shared', 'data') },
      misses: { type: 'boolean', default: false },
    },
  });
  const random = seeded(Number(values.seed));
  const drawn = await drawSentences(values.data, random, SENTENCES);
  const cases = makeCases(drawn, random);
  progress(`${cases.length} cases from ${drawn.length} sentences, seed ${values.seed}`);
  const judged: Judged[] = [];
  for (const each of cases) {
    const verdicts = await verifyClaims(each.text, [{ id: 's1', text: each.drawn.source }]);
    const one = judge(each, verdicts);
    judged.push(one);
    if (values.misses && isMiss(one)) process.stderr.write(`${describe(one)}\n`);
  }
  return figures(judged);
}

/** For each sentence: itself, itself said differently, and an edit of each kind that fits, some of them rephrased as well. */
function makeCases(drawn: readonly Drawn[], random: Random): Case[] {
  const names = drawn.flatMap(({ sentence }) => namesIn(sentence));
  return drawn.flatMap((each): Case[] => {
    const cases: Case[] = [{ drawn: each, text: each.sentence, told: 'quote', edit: null }];
    const other = rephrase(each.sentence, random);
    if (other !== null) cases.push({ drawn: each, text: other.text, told: other.kind, edit: null });
    const foreign = names.filter((name) => !each.source.includes(name));
    const edits = EDIT_KINDS.flatMap((kind) => falsify(each.sentence, { kind, random, names: foreign }) ?? []);
    if (edits.length > 0) cases.push(falsified(each, pick(random, edits), random));
    return cases;
  });
}

function falsified(drawn: Drawn, edit: Falsified, random: Random): Case {
  const other = random() < 0.5 ? rephrase(edit.text, random) : null;
  if (other === null || !other.text.includes(edit.put)) return { drawn, text: edit.text, told: 'quote', edit };
  return { drawn, text: other.text, told: other.kind, edit };
}

interface Judged extends Case {
  readonly status: 'supported' | 'contradicted' | 'unverified';
  /** A conflict was shown and it is the planted one. */
  readonly rightPair: boolean;
  readonly reason: string;
}

function judge(each: Case, verdicts: readonly ClaimVerdict[]): Judged {
  const claims = verdicts.filter(({ status }) => status !== 'not-a-claim');
  const contradicted = claims.filter(({ status }) => status === 'contradicted');
  const all = claims.length > 0 && claims.every(({ status }) => status === 'supported');
  const status = contradicted.length > 0 ? 'contradicted' : all ? 'supported' : 'unverified';
  const rightPair = contradicted.some(({ conflict }) => conflict !== null && isPlanted(each.edit, conflict));
  const reason = (contradicted[0] ?? claims.find((claim) => claim.status !== 'supported'))?.reason ?? '';
  return { ...each, status, rightPair, reason };
}

/** The pair shows the words put in beside the words that stood there; of a negation only one side has words. */
function isPlanted(edit: Falsified | null, conflict: NonNullable<ClaimVerdict['conflict']>): boolean {
  if (edit === null) return false;
  const meets = (shown: string, planted: string): boolean =>
    planted === '' || overlap(shown, planted) || overlap(planted, shown);
  if (edit.kind === 'negation') return conflict.kind === 'negation';
  return meets(conflict.claim.text, edit.put) && meets(conflict.source.text, edit.stood);
}

function overlap(text: string, words: string): boolean {
  return words.split(' ').some((word) => text.toLowerCase().includes(word.toLowerCase()));
}

function figures(judged: readonly Judged[]): Metrics {
  const share = (among: readonly Judged[], is: (each: Judged) => boolean): number =>
    among.filter(is).length / among.length;
  const edited = judged.filter(({ edit }) => edit !== null);
  const unedited = judged.filter(({ edit }) => edit === null);
  const quoted = unedited.filter(({ told }) => told === 'quote');
  const rephrased = unedited.filter(({ told }) => told !== 'quote');
  const shown = edited.filter(({ edit }) => SHOWN.has(edit?.kind ?? ''));
  const supported = judged.filter(({ status }) => status === 'supported');
  const metrics: Metrics = {
    editedNotSupported: share(edited, ({ status }) => status !== 'supported'),
    contradictedWithRightPair: share(shown, ({ rightPair }) => rightPair),
    uneditedContradicted: share(unedited, ({ status }) => status === 'contradicted'),
    supportedIsRight: share(supported, ({ edit }) => edit === null),
    quotedSupported: share(quoted, ({ status }) => status === 'supported'),
    rephrasedSupported: share(rephrased, ({ status }) => status === 'supported'),
    rephrasedContradicted: share(rephrased, ({ status }) => status === 'contradicted'),
    editedCases: edited.length,
    rephrasedCases: rephrased.length,
  };
  for (const kind of EDIT_KINDS) {
    const own = edited.filter(({ edit }) => edit?.kind === kind);
    if (own.length === 0) continue;
    metrics[`${kind}NotSupported`] = share(own, ({ status }) => status !== 'supported');
    if (SHOWN.has(kind)) metrics[`${kind}RightPair`] = share(own, ({ rightPair }) => rightPair);
  }
  return metrics;
}

function isMiss({ edit, status, rightPair }: Judged): boolean {
  if (edit === null) return status === 'contradicted';
  return status === 'supported' || (SHOWN.has(edit.kind) && !rightPair);
}

function describe({ drawn, text, told, edit, status, reason }: Judged): string {
  return JSON.stringify({
    set: drawn.set,
    sentence: drawn.sentence,
    text,
    told,
    edit: edit?.kind ?? null,
    status,
    reason,
  });
}
