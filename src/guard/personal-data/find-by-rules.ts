import { setImmediate } from 'node:timers/promises';
import { detectAges } from './age.ts';
import { detectDates } from './date.ts';
import { detectDriverLicences } from './driver-licence.ts';
import { detectEmails } from './email.ts';
import { detectIbans } from './iban.ts';
import { detectIpAddresses } from './ip-address.ts';
import { capitalRuns } from './names/capital-runs.ts';
import { detectGroups } from './names/group.ts';
import { detectLocations } from './names/location.ts';
import { detectOrganisations } from './names/organisation.ts';
import { detectPersons } from './names/person.ts';
import { detectTitles } from './names/title.ts';
import { detectNationalIds } from './national-id.ts';
import { detectPaymentCards } from './payment-card.ts';
import { detectPhones } from './phone.ts';
import { detectPostcodes } from './postcode.ts';
import type { Detector, PersonalDataSpan } from './span.ts';
import { detectStreetAddresses, streetAddressPatterns } from './street-address.ts';
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
  detectGroups,
];

const nameDetectors = [detectPersons, detectOrganisations, detectLocations] as const;

/** What the rules of all kinds find; spans may overlap and come in any order. */
export function findByRules(text: string): PersonalDataSpan[] {
  const runs = capitalRuns(text);
  const names = nameDetectors.flatMap((detect) => detect(text, runs));
  return [...detectors.flatMap((detect) => detect(text)), ...names];
}

/** A little of everything: what the patterns are compiled for. */
const SAMPLES = [
  'Mr. A. Smith, 37, of Acme Ltd in Berlin, 12 Maple Street, W1A 1AA; born on 4 May 1987, French.',
  'a@example.org, https://example.org, 10.0.0.1, +44 20 7946 0958, 4111 1111 1111 1111, DE89 3704, 123-45-6789',
];

/** Compiles the patterns, one detector at a time and one by one where they are long, so that the first text does not hold up the event loop for all of them. */
export async function warmRules(): Promise<void> {
  for (const sample of SAMPLES) {
    for (const pattern of streetAddressPatterns) {
      sample.search(pattern);
      await setImmediate();
    }
    for (const detect of detectors) {
      detect(sample);
      await setImmediate();
    }
    const runs = capitalRuns(sample);
    for (const detect of nameDetectors) {
      await setImmediate();
      detect(sample, runs);
    }
  }
}
