/** Words that sources sort things by, in English, German, French and Spanish; a German compound may end with one. */
const SORTS = [
  'group class category zone band bracket tier level grade region area tariff type schedule list priority severity division sector',
  'gruppe klasse kategorie stufe tarif gebiet typ liste priorität',
  'groupe classe catégorie tranche niveau région',
  'grupo clase categoría zona nivel tramo tarifa tipo lista',
].flatMap((words) => words.split(' '));

/** What tells one class from another: a capital letter, a Roman or a short number. */
const MARK = '(?:[A-Z]|[IVX]{2,4}|\\d{1,2})(?![\\p{L}\\p{N}]|[.,]\\d)';
const AND = '\\s*(?:,|–|-|/|(?<= )(?:and|or|to|und|oder|bis|et|ou|y|o)(?= ))\\s*';

const sorts = SORTS.map((word) => `[${word.slice(0, 1)}${word.slice(0, 1).toUpperCase()}]${word.slice(1)}`).join('|');
const NAME = new RegExp(`(?<![\\p{L}\\p{N}])(\\p{L}*?(?:${sorts}))(?:s|n)?:?\\s+(${MARK}(?:${AND}${MARK})*)`, 'gu');
const MARKS = new RegExp(`(${MARK})(?:\\s*(?:to|bis|–|-)\\s*(${MARK}))?`, 'gu');

/** The classes that a text names, as `zone 2`: sort in lower case, then the mark; all of a range. */
export function classesIn(text: string): Set<string> {
  const named = [...text.matchAll(NAME)];
  return new Set(
    named.flatMap(([, sort = '', marks = '']) => marksIn(marks).map((mark) => `${sort.toLowerCase()} ${mark}`)),
  );
}

function marksIn(text: string): string[] {
  return [...text.matchAll(MARKS)].flatMap(([, first = '', last = first]) => rangeOf(first, last));
}

/** From one mark to another, both among them; where what lies between cannot be told, the two. */
function rangeOf(first: string, last: string): string[] {
  if (first === last) return [first];
  const [from, to] = [Number(first), Number(last)];
  if (from < to) return Array.from({ length: to - from + 1 }, (_, step) => String(from + step));
  const isLetters = first.length === 1 && last.length === 1 && first < last;
  if (!isLetters) return [first, last];
  const code = first.charCodeAt(0);
  return Array.from({ length: last.charCodeAt(0) - code + 1 }, (_, step) => String.fromCharCode(code + step));
}

/** Whether two names mean one class: a shorter name of its sort is the same sort, `gruppe B` and `preisgruppe B`. */
export function isSameClass(one: string, other: string): boolean {
  return one.endsWith(other) || other.endsWith(one);
}

/** Whether two names are of one sort of classes, whichever class they name. */
export function isSameSort(one: string, other: string): boolean {
  return isSameClass(sortOf(one), sortOf(other));
}

/** What a class is one of: the name without its mark. */
export function sortOf(className: string): string {
  return className.slice(0, className.lastIndexOf(' '));
}
