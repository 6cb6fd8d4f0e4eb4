import { sameAmount } from '../claims/local/reading/amounts.ts';
import { datesDiffer, tellsDate } from '../claims/local/reading/dates.ts';
import { type Element, elementsOf } from '../claims/local/reading/elements.ts';
import { irregularForms } from '../claims/local/reading/lexicon/irregular-forms.ts';
import { type AskedForm, askedForm } from './asked-form.ts';
import { sameOrder } from './same-order.ts';

/** Two questions longer than this are not compared, UTF-16 code units. */
const MAX_LENGTH = 500;

/** Content words without which a question asks the same. Stems are not needed: none of them has forms. */
const FILLERS = new Set('please kindly exactly currently actually question information detail details'.split(' '));

/** Function words that may come and go; every other one changes what is asked. */
const NEUTRAL = new Set(
  (
    'a an the this that these those of in on at for to with into onto there here when where who whom whose which what how why ' +
    'be am is are was were been being do does did doing done have has had having get gets got it its one ones s t re ve ll d'
  ).split(' '),
);

const irregular = irregularForms();

/** Who is spoken of. Who asks and who is asked are the same person to an assistant. */
const PERSONS: readonly ReadonlySet<string>[] = [
  new Set('i me my mine we us our ours you your yours'.split(' ')),
  new Set('he him his'.split(' ')),
  new Set('she her hers'.split(' ')),
  new Set('they them their theirs'.split(' ')),
];

const SPEAKER = new Set(['i', 'we', 'you']);

/** Leave (`can`, `allowed to`) counts in a yes-or-no question only; duty (`must`, `should`) everywhere. Bits of `markers.ts`. */
const DUTY = 1 | 4;
const LEAVE = 2;

/** What punctuation can change: C, C++ and C#; section 43(2)(a) and 43(2)(i). */
const SIGNS = /\([\p{L}\p{N}]{1,4}\)|[+#@*=^~|\\§]/gu;

/**
 * Whether one question asks for the same as the other in other words: the answer to one may be given to both. Strict: every
 * number, date, name and word of one must stand in the other, as itself or as a synonym of a closed list, in an order that means the
 * same, with equal negation, limits, conditions, comparisons, tense and kind of question. Knows English; in other
 * languages questions are the same when their words are. Never throws; pure.
 */
export function asksTheSame(asked: string, kept: string): boolean {
  if (asked.length > MAX_LENGTH || kept.length > MAX_LENGTH) return false;
  const [a, b] = [askedForm(asked), askedForm(kept)];
  if (a.kind !== b.kind || a.tense !== b.tense) return false;
  if (!sameList(asked.match(SIGNS) ?? [], kept.match(SIGNS) ?? [])) return false;
  const [left, right] = [elementsOf(a.rest), elementsOf(b.rest)];
  return sameLimits(a, left, right) && sameContent(left, right);
}

/** Negation, quantities, bounds, conditions, duty, prepositions and persons. */
function sameLimits(form: AskedForm, left: readonly Element[], right: readonly Element[]): boolean {
  const limits = (elements: readonly Element[]): string[] => elements.flatMap((each) => limitOf(form, each));
  return sameList(limits(left), limits(right)) && sameList(personsOf(form, left), personsOf(form, right));
}

function limitOf({ kind }: AskedForm, element: Element): string[] {
  const { kind: of, mask, key, lower } = element;
  if (of === 'negation' || of === 'condition') return [`${of} ${of === 'condition' ? lower : ''}`];
  if (of === 'bound') return [`bound ${element.bound}`];
  if (of === 'quantifier') return [`quantifier ${mask}`];
  if (of === 'modal') {
    const bits = mask & (kind === 'whether' ? DUTY | LEAVE : DUTY);
    return bits === 0 ? [] : [`modal ${bits}`];
  }
  return of === 'function' && !NEUTRAL.has(key) && !PERSONS.some((words) => words.has(key)) ? [`function ${key}`] : [];
}

/** Of how something is done, it does not count who does it. */
function personsOf(form: AskedForm, elements: readonly Element[]): string[] {
  const spoken = elements.flatMap(({ kind, key }) => {
    if (form.kind === 'how' && SPEAKER.has(key)) return [];
    const person = kind === 'function' ? PERSONS.findIndex((words) => words.has(key)) : -1;
    return person === -1 ? [] : [`${person}`];
  });
  return [...new Set(spoken)];
}

/** Every word, number and date of one stands in the other, once, in an order that means the same. */
function sameContent(left: readonly Element[], right: readonly Element[]): boolean {
  const a = left.flatMap((element, at) => (isContent(element) ? [at] : []));
  const b = right.flatMap((element, at) => (isContent(element) ? [at] : []));
  if (a.length !== b.length || a.length === 0) return false;
  const free = new Set(b);
  const places: number[] = [];
  for (const at of a) {
    const partner = partnerOf(left[at] as Element, right, free);
    if (partner === undefined) return false;
    free.delete(partner);
    places.push(b.indexOf(partner));
  }
  return sameOrder({ left, right, a, b, places });
}

function isContent({ kind, lower }: Element): boolean {
  return kind === 'amount' || kind === 'date' || (kind === 'word' && !FILLERS.has(lower));
}

/** The same word before a synonym: `leave` is both going away and a holiday. */
function partnerOf(element: Element, others: readonly Element[], free: ReadonlySet<number>): number | undefined {
  const candidates = [...free];
  return (
    candidates.find((at) => isSame(element, others[at] as Element)) ??
    candidates.find((at) => isSynonym(element, others[at] as Element))
  );
}

function isSame(a: Element, b: Element): boolean {
  if (a.kind !== b.kind) return false;
  if (a.amount !== null && b.amount !== null)
    return a.amount.family === b.amount.family && sameAmount(a.amount, b.amount);
  if (a.date !== null && b.date !== null)
    return tellsDate(a.date, b.date) && tellsDate(b.date, a.date) && !datesDiffer(a.date, b.date);
  return a.kind === 'word' && a.key === b.key && isPast(a.lower) === isPast(b.lower);
}

/** `replaced` and `replaces` have one stem; `bought` is listed. */
function isPast(lower: string): boolean {
  return lower.endsWith('ed') || irregular.has(lower);
}

/** Of words, not of names. */
function isSynonym(a: Element, b: Element): boolean {
  if (a.kind !== 'word' || b.kind !== 'word' || a.capital || b.capital || isPast(a.lower) !== isPast(b.lower))
    return false;
  return (
    a.meaning !== null && b.meaning !== null && a.meaning.groups.some((group) => b.meaning?.groups.includes(group))
  );
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.toSorted().join('\n') === b.toSorted().join('\n');
}
