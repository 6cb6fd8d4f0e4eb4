import { matches } from './context.ts';
import type { PersonalDataSpan } from './span.ts';

const CHARACTER = String.raw`[\p{L}\p{N}\-._~:/?#\[\]@!$&'()*+,;=%]`;
const addressed = new RegExp(
  String.raw`(?<![\p{L}\p{N}@])(?:(?:https?|ftps?|wss?)://|www\d?\.)${CHARACTER}{3,2000}`,
  'giu',
);

// The country domains people register under, and the commonest general ones (IANA root zone); not those that are also
// endings of files (md, py, rs, sh, pl, ps, zip, mov): a bare name with one of these needs a scheme or "www".
const TOP_LEVEL =
  'com|org|net|edu|gov|mil|int|info|biz|name|pro|coop|aero|museum|jobs|mobi|travel|xyz|online|site|shop|store|app|dev|tech|blog|cloud|space|website|club|live|news|media|agency|io|ai|co|me|tv|cc|ws|fm|' +
  'ac|ae|af|al|am|ar|at|au|az|ba|bd|be|bg|bh|bo|br|by|bz|ca|ch|cl|cm|cn|cr|cu|cy|cz|de|dk|do|dz|ec|ee|eg|es|et|eu|fi|fj|fr|gd|ge|gh|gi|gl|gr|gt|hk|hn|hr|hu|id|ie|il|in|iq|ir|is|it|jm|jo|jp|ke|kg|kh|kr|kw|kz|la|lb|li|lk|lt|lu|lv|ly|ma|mc|mk|mm|mn|mo|mt|mu|mv|mx|my|mz|na|ng|ni|nl|no|np|nu|nz|om|pa|pe|pg|ph|pk|pr|pt|py|qa|ro|ru|rw|sa|sc|sd|se|sg|si|sk|sm|sn|so|st|su|sv|sy|th|tj|tk|tn|to|tr|tt|tw|tz|ua|ug|uk|us|uy|uz|va|ve|vg|vn|yt|za|zm|zw';
const bare = new RegExp(
  String.raw`(?<![\p{L}\p{N}@._/\\-])(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,5}(?:${TOP_LEVEL})(?![\p{L}\p{N}@_-]|\.[\p{L}\p{N}])(?:[/:?#]${CHARACTER}{0,2000})?`,
  'giu',
);

/** Web addresses: with a scheme, with `www.`, or a bare domain under a known top-level domain. */
export function detectUrls(text: string): PersonalDataSpan[] {
  const spans: PersonalDataSpan[] = [];
  for (const { start, value } of matches(text, addressed)) {
    spans.push({ start, end: start + withoutTail(value).length, type: 'url', score: 0.95, reason: 'scheme or www' });
  }
  for (const { start, value } of matches(text, bare)) {
    if (!isPlausible(value)) continue;
    spans.push({
      start,
      end: start + withoutTail(value).length,
      type: 'url',
      score: 0.75,
      reason: 'known top-level domain',
    });
  }
  return spans;
}

/** Without the punctuation of the sentence around it; a closing bracket stays when it was opened inside. */
function withoutTail(value: string): string {
  const trimmed = value.replace(/[.,;:!?'"\]]+$/u, '');
  if (trimmed.endsWith(')') && !trimmed.includes('(')) return withoutTail(trimmed.slice(0, -1));
  return trimmed;
}

/** "end.In" is a missing space and "e.g.it" an abbreviation, not a domain: labels are long, the ending is in one case. */
function isPlausible(value: string): boolean {
  const host = value.split(/[/:?#]/, 1)[0] ?? '';
  const labels = host.split('.');
  const ending = labels.at(-1) ?? '';
  const oneCase = ending === ending.toLowerCase() || host === host.toUpperCase();
  return oneCase && labels.slice(0, -1).some((label) => label.length > 1 && /\p{L}/u.test(label));
}
