import { findByRules } from './find-by-rules.ts';
import type { PersonalDataSpan, PersonalDataType } from './span.ts';
import { tagNames } from './tagger/tag.ts';

const tagged: ReadonlySet<PersonalDataType> = new Set(['person', 'location', 'organisation', 'street-address']);

/** Kinds that a form and a check digit or a word beside them prove; a name is never read into one of them. */
const proven: ReadonlySet<PersonalDataType> = new Set([
  'payment-card',
  'iban',
  'us-ssn',
  'national-id',
  'driver-licence',
  'email',
  'url',
  'ip-address',
]);
const SURE = 0.7;

/** What the rules find, with what the tagger makes of it for the kinds it knows; spans may overlap and come in any order. */
export function findAll(text: string): PersonalDataSpan[] {
  const found = findByRules(text);
  const rules = found.filter(({ type }) => !tagged.has(type));
  return [...rules, ...tagNames(text, found).filter((span) => !rules.some((rule) => stands(rule, span)))];
}

/** Whether what a rule found stands against a name there: a proven kind that touches it, or any sure one that covers it. */
function stands(rule: PersonalDataSpan, name: PersonalDataSpan): boolean {
  if (rule.score < SURE || rule.start >= name.end || name.start >= rule.end) return false;
  return proven.has(rule.type) || (rule.start <= name.start && name.end <= rule.end);
}
