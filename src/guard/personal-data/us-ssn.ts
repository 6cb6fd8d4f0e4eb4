import { matches, saidNear } from './context.ts';
import type { PersonalDataSpan } from './span.ts';

// Area 000, 666 and 900…999, group 00 and serial 0000 are never assigned (Social Security Administration, since 2011).
const ssnShape =
  /(?<![\d-])(?!000|666|9)(?<area>\d{3})(?<separator>[- .]?)(?!00)\d{2}\k<separator>(?!0000)\d{4}(?![\d-]|\.\d)/g;
const aboutSsns = /\bssns?\b|\bss#|social[- ]security|\bsoc(?:ial)? sec\b|\bsocial\b|taxpayer id|\btin\b/i;

/** United States social security numbers: assigned ranges in the written form, or any form when a word says so. */
export function detectUsSsns(text: string): PersonalDataSpan[] {
  const spans: PersonalDataSpan[] = [];
  for (const { start, end, groups } of matches(text, ssnShape)) {
    const named = saidNear(text, { start, end }, aboutSsns);
    const dashed = groups['separator'] === '-';
    if (!named && !dashed) continue;
    const reason = `assigned range${dashed ? ', written as 3-2-4' : ''}${named ? ', named a social security number' : ''}`;
    spans.push({ start, end, type: 'us-ssn', score: named ? 0.97 : 0.85, reason });
  }
  return spans;
}
