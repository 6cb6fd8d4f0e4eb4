/**
 * What may go out to a model: personal data (detectors by kind) and the privacy policy that decides what happens to it.
 * Never calls a model or a network, never logs or stores a value it found, never takes the detectors' silence as proof: data
 * declared private goes to private models only, whatever was found. Start with `policy/apply-privacy.ts` (what a call goes
 * through), `personal-data/detect.ts` (the detectors), `policy/pseudonyms.ts` (placeholders and back).
 */
export {
  type DetectOptions,
  detectPersonalData,
  detectPersonalDataInSlices,
} from './personal-data/detect.ts';
export { type PersonalDataSpan, type PersonalDataType, personalDataTypes } from './personal-data/span.ts';
export { applyPrivacy, type ApplyPrivacyOptions, type Screened, type ScreenedSpan } from './policy/apply-privacy.ts';
export { PrivacyBlocked, PrivacyUnreadable } from './policy/errors.ts';
export {
  type DataClass,
  dataClasses,
  type PrivacyAction,
  privacyActions,
  type PrivacyPolicy,
  strictestDataClass,
} from './policy/policy.ts';
export { type PseudonymRestorer, Pseudonyms, type RestoreOptions } from './policy/pseudonyms.ts';
