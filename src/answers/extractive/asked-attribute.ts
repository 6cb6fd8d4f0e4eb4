import { analyse } from '../../retrieval/index.ts';

/** What a question asks about something: of `What is the notice period for tenants?` the attribute is `notice period`. */
export interface AskedAttribute {
  /** The term of its last word, which says what it is: `period`. */
  readonly head: string;
  /** The terms of the words before, which tell it from others of its sort: `notice`. */
  readonly modifiers: readonly string[];
}

/** Where the attribute begins: after what asks. */
const BEGINNINGS: readonly RegExp[] = [
  /\b(?:what|which|who)(?:'s|’s| is| are| was| were) (?:the |an? |my |our |your |their )(?!\w+ed\b)/i,
  /\bhow (?:much|high|large|big|long|low|old) (?:is|are|was|were) (?:the |an? |my |our |your |their )/i,
  /\bhow many /i,
  /\bhow much (?!(?:do|does|did|can|could|may|must|should|will|would|is|are|was|were|more|less|for|money|time)\b)/i,
  /\b(?:what|which) (?!(?:do|does|did|can|could|may|must|should|will|would|is|are|was|were|has|have|had|if|about|happens|becomes|became|else|now)\b)/i,
  /\b(?:is|are|was|were) there (?:an?|any|some|no) /i,
  /\b(?:do|does|did) (?:you|we|they|i) (?:have|offer|give|get|sell|lend|grow|serve|run|provide) (?:an? |any |some )?/i,
  /^\W*(?=(?:[\w-]+ ){1,3}(?:of|for|in|at)\b)(?!(?:how|what|when|where|who|whom|whose|why|which|is|are|am|do|does|did|can|could|may|might|must|shall|should|will|would|has|have|had|in|at|on|from|to|until|by|up|i|we|you|my|our|the|there|it|if)\b)/i,
];

/** Words that end the attribute. */
const END =
  /^(?:of|for|in|at|on|to|from|with|without|per|by|about|when|if|that|which|who|until|after|before|during|as|and|or|is|are|am|was|were|do|does|did|can|could|may|might|must|shall|should|will|would|has|have|had|i|we|you|they|he|she|it|there|a|an|the|my|our|your|their|get|gets|need|needs|take|takes|come|comes|allowed|included|covered|paid|charged|needed|required|called|used|kept|given|sold|held|decided|worth)$/i;

/** Words that say nothing of what is asked about. */
const EMPTY =
  /^(?:kind|sort|type|exact|current|usual|normal|total|maximum|minimum|highest|lowest|most|least|latest|earliest|other|own|new|first|last|next|right|official)$/i;

/** Words that only say which kind of thing is wanted; what is asked about stands after their `of`. */
const KIND_WORD =
  /^(?:amounts?|sums?|numbers?|price|costs?|share|part|percentage|times?|dates?|seconds?|minutes?|hours?|days?|weeks?|months?|years?|nights?|thing|things|anything|something|anybody|somebody|another)$/i;

/** Words of an attribute at most. */
const MOST_WORDS = 4;

/**
 * What a question asks about its subject, where it says so by a noun: after `what is the`, `how many`, `which`, `is there a`, or
 * before `of` where nothing asks. English.
 * @returns null when no noun says it
 */
export function askedAttribute(question: string): AskedAttribute | null {
  for (const beginning of BEGINNINGS) {
    const found = beginning.exec(question);
    if (found !== null) return attributeIn(question.slice(found.index + found[0].length));
  }
  return null;
}

/** The attribute that a text begins with; null: it begins with none. */
export function attributeIn(text: string): AskedAttribute | null {
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*|[,?;.:]/gu) ?? [];
  const found = words.findIndex((word) => END.test(word) || /^[,?;.:]$/.test(word));
  const end = found === -1 ? words.length : found;
  const own = words.slice(0, end).filter((word) => !EMPTY.test(word));
  const isKind = own.length > 0 && own.every((word) => KIND_WORD.test(word));
  if (isKind) return words[end] === 'of' ? attributeIn(words.slice(end + 1).join(' ')) : null;
  const terms = own.slice(0, MOST_WORDS).flatMap((word) => analyse(word));
  const head = terms.at(-1);
  return head === undefined ? null : { head, modifiers: terms.slice(0, -1) };
}
