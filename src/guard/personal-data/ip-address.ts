import { isIPv4, isIPv6 } from 'node:net';
import { matches, saidBefore } from './context.ts';
import type { PersonalDataSpan } from './span.ts';

const v4Shape = /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)/g;
const v6Shape = /(?<![\w:.])(?:[0-9A-Fa-f]{0,4}:){2,7}(?:[0-9A-Fa-f]{1,4}|(?:\d{1,3}\.){3}\d{1,3})?(?![\w:])/g;
const aboutVersions = /\b(?:v|ver|version|release|build|section|clause|chapter|§)\.?\s*$/i;

/** Internet addresses, version 4 and 6; a version number of four parts is told by the word before it. */
export function detectIpAddresses(text: string): PersonalDataSpan[] {
  const v4 = [...matches(text, v4Shape)].filter(
    ({ value, start, end }) => isIPv4(value) && !saidBefore(text, { start, end }, aboutVersions),
  );
  const v6 = [...matches(text, v6Shape)].filter(({ value }) => value.length > 4 && isIPv6(value));
  return [
    ...v4.map(({ start, end }) => spanOf(start, end, 'four octets')),
    ...v6.map(({ start, end }) => spanOf(start, end, 'groups of IPv6')),
  ];
}

function spanOf(start: number, end: number, reason: string): PersonalDataSpan {
  return { start, end, type: 'ip-address', score: 0.95, reason };
}
