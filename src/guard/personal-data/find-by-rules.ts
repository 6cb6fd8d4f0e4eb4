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
  detectGroups,
];

/** What the rules of all kinds find; spans may overlap and come in any order. */
export function findByRules(text: string): PersonalDataSpan[] {
  const runs = capitalRuns(text);
  const names = [detectPersons, detectOrganisations, detectLocations].flatMap((detect) => detect(text, runs));
  return [...detectors.flatMap((detect) => detect(text)), ...names];
}
