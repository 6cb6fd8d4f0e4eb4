import { setImmediate } from 'node:timers/promises';
import { detectAges } from './age.ts';
import { detectDates } from './date.ts';
import { detectDriverLicences } from './driver-licence.ts';
import { detectEmails } from './email.ts';
import { detectIbans } from './iban.ts';
import { detectIpAddresses } from './ip-address.ts';
import { detectGroups } from './names/group.ts';
import { detectLocations } from './names/location.ts';
import { detectOrganisations } from './names/organisation.ts';
import { detectPersons } from './names/person.ts';
import { detectTitles } from './names/title.ts';
import { detectNationalIds } from './national-id.ts';
import { detectPaymentCards } from './payment-card.ts';
import { detectPhones } from './phone.ts';
import { detectPostcodes } from './postcode.ts';
import { resolveOverlaps } from './resolve-overlaps.ts';
import type { Detector, PersonalDataSpan, PersonalDataType } from './span.ts';
import { detectStreetAddresses } from './street-address.ts';
import { detectUrls } from './url.ts';
import { detectUsSsns } from './us-ssn.ts';

const detectors: readonly Detector[] = [
  detectPaymentCards,
  detectIbans,
  detectUsSsns,
  detectEmails,
  detectPhones,
  detectUrls,
  detectIpAddresses,
  detectNationalIds,
  detectDriverLicences,
  detectStreetAddresses,
  detectPostcodes,
  detectDates,
  detectAges,
  detectTitles,
  detectPersons,
  detectOrganisations,
  detectLocations,
  detectGroups,
];

/** What to look for. */
export interface DetectOptions {
  /** Kinds to report; all when not given. Others are still looked for, because they explain what a number is not. */
  readonly types?: readonly PersonalDataType[] | undefined;
  /** Lowest score to report, 0…1. Default .5. */
  readonly minScore?: number | undefined;
}

const DEFAULT_MIN_SCORE = 0.5;

/**
 * Finds personal data in a text, at once. Takes 2.7 to 6.3 ms per 4,096 code units (median on one core of a busy AMD EPYC,
 * `npm run bench -- pii`); use
 * {@link detectPersonalDataInSlices} for a text whose length nobody has capped.
 * @returns spans in the order of the text, none overlapping
 */
export function detectPersonalData(text: string, options: DetectOptions = {}): PersonalDataSpan[] {
  const spans = detectors.flatMap((detect) => detect(text));
  return resolveOverlaps(spans).filter(wanted(options));
}

/** Largest slice that is looked at without letting others run, in UTF-16 code units: well under 10 ms. */
const SLICE_UNITS = 4096;
/** How much of its neighbours a slice sees: longer than any span and the words around it that count. */
const MARGIN_UNITS = 256;

/**
 * The same for a text of any length: slice by slice, letting the event loop turn between slices.
 * @param options `signal` stops it between slices; the reason of the signal is thrown
 */
export async function detectPersonalDataInSlices(
  text: string,
  options: DetectOptions & { readonly signal?: AbortSignal | undefined } = {},
): Promise<PersonalDataSpan[]> {
  if (text.length <= SLICE_UNITS) return detectPersonalData(text, options);
  const spans: PersonalDataSpan[] = [];
  for (let start = 0; start < text.length; ) {
    options.signal?.throwIfAborted();
    const end = sliceEnd(text, start);
    spans.push(...spansOfSlice(text, start, end));
    start = end;
    await setImmediate();
  }
  return resolveOverlaps(spans).filter(wanted(options));
}

/** Spans that begin inside the slice, seen with a margin on both sides. */
function spansOfSlice(text: string, start: number, end: number): PersonalDataSpan[] {
  const from = Math.max(0, start - MARGIN_UNITS);
  const window = text.slice(from, end + MARGIN_UNITS);
  return detectors
    .flatMap((detect) => detect(window))
    .map((span) => ({ ...span, start: span.start + from, end: span.end + from }))
    .filter((span) => span.start >= start && span.start < end);
}

/** The last line end or space of the slice, so that no word is cut; the full length when there is none. */
function sliceEnd(text: string, start: number): number {
  const full = start + SLICE_UNITS;
  if (full >= text.length) return text.length;
  const tail = text.slice(full - 1024, full);
  const line = tail.lastIndexOf('\n');
  const cut = line >= 0 ? line : tail.lastIndexOf(' ');
  return cut >= 0 ? full - 1024 + cut + 1 : full;
}

function wanted({ types, minScore = DEFAULT_MIN_SCORE }: DetectOptions): (span: PersonalDataSpan) => boolean {
  const chosen = types === undefined ? null : new Set(types);
  return (span) => span.score >= minScore && (chosen === null || chosen.has(span.type));
}
