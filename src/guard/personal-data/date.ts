import { matches, saidBefore } from './context.ts';
import type { PersonalDataSpan } from './span.ts';

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|januar|februar|märz|mai|juni|juli|oktober|dezember|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)';
const YEAR = String.raw`(?:1[6-9]|20)\d{2}`;
const DAY = String.raw`(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|\.)?`;
const TIME = String.raw`(?:[T ,]+(?:at )?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m|Z)?)?`;
const shapes = [
  String.raw`${YEAR}[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])${TIME}`,
  String.raw`(?:0?[1-9]|[12]\d|3[01])(?<mark>[-/.])(?:0?[1-9]|[12]\d|3[01])\k<mark>(?:${YEAR}|\d{2})${TIME}`,
  String.raw`(?:0?[1-9]|[12]\d|3[01])[-/ ]${MONTH}[-/ ](?:${YEAR}|\d{2})${TIME}`,
  String.raw`${DAY} (?:of |de )?${MONTH}\.?(?:,? (?:de )?${YEAR})?${TIME}`,
  String.raw`${MONTH}\.? ${DAY}(?:,? ${YEAR})?${TIME}`,
  String.raw`${MONTH}\.?,? ${YEAR}`,
].map((shape) => new RegExp(String.raw`(?<![\p{L}\p{N}.\-/])${shape}(?![\p{L}\p{N}]|[-/.]\d)`, 'giu'));
const weekday = /(?<![\p{L}\p{N}])(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?![\p{L}\p{N}])/gu;
const bareYear =
  /(?<=\b(?:in|since|until|of|year|from|by|before|after|during|born) )(?:19|20)\d{2}(?![\p{L}\p{N}]|[.,-]\d)/giu;
const birth =
  /\b(?:born|birth|birthday|birthdate|d\.?o\.?b\.?|geboren|geburtsdatum|né|née|nacid[oa]|nacimiento|nat[oa])\b[^.\n]*$/iu;

/**
 * Dates with a day or a month, years after a word that wants one, days of the week; `date-of-birth` where the words before it
 * say so.
 */
export function detectDates(text: string): PersonalDataSpan[] {
  const spans: PersonalDataSpan[] = [];
  for (const shape of shapes) {
    for (const { start, end } of matches(text, shape)) {
      const isBirth = saidBefore(text, { start, end }, birth);
      if (isBirth)
        spans.push({ start, end, type: 'date-of-birth', score: 0.95, reason: 'date after a word for birth' });
      else spans.push({ start, end, type: 'date', score: 0.88, reason: 'written form of a date' });
    }
  }
  for (const { start, end } of matches(text, bareYear)) {
    const isBirth = saidBefore(text, { start, end }, birth);
    const type = isBirth ? 'date-of-birth' : 'date';
    spans.push({ start, end, type, score: 0.6, reason: 'year after a word that wants one' });
  }
  for (const { start, end } of matches(text, weekday)) {
    spans.push({ start, end, type: 'date', score: 0.55, reason: 'day of the week' });
  }
  return spans;
}
