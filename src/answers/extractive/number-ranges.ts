/** A number, with the letters before it when it is a grade or a level: `G5`, `45`, `10,000`. */
const NUMBERED = /\b([A-Z]{1,3})?(\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\b/g;
const RANGE = /\b([A-Z]{1,3})?(\d[\d,]*(?:\.\d+)?)\s?(?:to|and|–|-)\s?([A-Z]{1,3} ?)?(\d[\d,]*(?:\.\d+)?)\b/g;
const FROM =
  /\b(?:above|over|more than|at least|from)\s(?:[A-Z]{3}\s)?(\d[\d,]*)|\b(\d[\d,]*) (?:and|or) (?:over|above|more|older)\b/gi;
const UP_TO = /\b(?:up to|under|below|less than|at most)\s(?:[A-Z]{3}\s)?(\d[\d,]*)/gi;

/**
 * The numbers of a question, as `analyse` writes them, that a text covers by a range without naming them: 45 by
 * `40 to 49`, 40,000 by `EUR 10,000 to 75,000`, G5 by `G4 to G6`, 12 by `under 14`.
 * @returns terms of the question, lower case
 */
export function coveredNumbers(question: string, text: string): Set<string> {
  const covered = new Set<string>();
  for (const [, letters, digits] of question.matchAll(NUMBERED)) {
    const value = numberOf(digits ?? '');
    const series = letters ?? '';
    if (inRange(text, series, value) || (series === '' && inOpenRange(text, value))) {
      covered.add(`${series.toLowerCase()}${value}`);
    }
  }
  return covered;
}

function inRange(text: string, series: string, value: number): boolean {
  return [...text.matchAll(RANGE)].some(([, letters = '', low = '', , high = '']) => {
    const sameSeries = series === '' ? letters === '' || letters.length === 3 : letters === series;
    return sameSeries && numberOf(low) <= value && value <= numberOf(high);
  });
}

function inOpenRange(text: string, value: number): boolean {
  const reached = [...text.matchAll(FROM)].some((match) => value >= numberOf(match[1] ?? match[2] ?? ''));
  return reached || [...text.matchAll(UP_TO)].some((match) => value <= numberOf(match[1] ?? ''));
}

function numberOf(digits: string): number {
  return Number(digits.replaceAll(',', ''));
}
