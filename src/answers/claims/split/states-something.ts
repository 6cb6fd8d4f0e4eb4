const GREETING =
  /^(?:hi|hello|hey|dear\b.{0,30}|thanks?(?: you)?\b.{0,40}|you(?:'|’)re welcome|sure|certainly|of course|great question|good question|absolutely|no problem|okay|ok|yes|no)[\s,.!]*$/i;
/** Words about the answer, the asker or the search: nothing in a source could carry them. */
const ABOUT_THE_ANSWER =
  /^(?:(?:sure|certainly|of course|yes|no)[,!.] )?(?:here(?:'|’)?s?(?: is| are)?\b|i(?:'m| am|'ll| will| can(?:no|')t| can| could(?: not|n't)?| did(?: not|n't)?| do(?: not|n't)?| have| hope| found| would)\b|let me\b|please (?:let|ask|note|feel|contact me|tell)\b|if you (?:have|need|want|would like)\b.*\b(?:question|help|more|else|know)\b|based on (?:the|these|this) (?:sources?|passages?|documents?|context|information)[,:]?$|(?:the|these|this) (?:sources?|passages?|documents?|context|excerpts?|provided \w+) (?:do(?:es)? not|don't|doesn't) (?:say|mention|state|contain|specify|include|provide|answer|cover)\b|(?:in )?(?:summary|conclusion|short|addition)[:,]?$|hope this helps|feel free\b|nothing in the sources\b|no (?:source|passage|document|information)\b)/i;

/** Whether a sentence states something about the world: not a question, a greeting, a heading or a word about the answer. */
export function statesSomething(sentence: string): boolean {
  const bare = sentence
    .replace(/^\s*(?:[-*+•◦▪–]|\d{1,3}[.)]|#{1,6}|>)\s+/, '')
    .replaceAll(/[*_`]+/g, '')
    .trim();
  if (!/[\p{L}\p{N}]/u.test(bare)) return false;
  if (/[?？؟]["'”’»)\]]*$/.test(bare)) return false;
  if (/^\s*#{1,6}\s/.test(sentence)) return false;
  if (GREETING.test(bare) || ABOUT_THE_ANSWER.test(bare)) return false;
  return !isLabel(bare);
}

/** A short line that ends in a colon introduces what follows. */
function isLabel(bare: string): boolean {
  return bare.endsWith(':') && bare.length <= 80;
}
