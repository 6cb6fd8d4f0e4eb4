/**
 * What a question wants to know, and when. Questions of different kinds ask different things even when they share every
 * other word.
 */
export interface AskedForm {
  readonly kind: string;
  readonly tense: 'past' | 'present' | 'future';
  /** The question without what asks (polite words, the question word), a phrase from its front at its end. */
  readonly rest: string;
}

/** Words before a question that ask nothing. */
const POLITE =
  /^(?:please|kindly|hi|hello|hey|so|ok|okay|well|(?:can|could|would|will) you(?: please)?|tell me|let me know|give me|i (?:want|need|would like) to (?:know|ask)|i'd like to (?:know|ask)|do you know|i (?:wonder|am wondering|was wondering))\b[\s,:]*/;

/** The first that fits. `of` phrases ask for the same as the question word they stand for. */
const KINDS: readonly (readonly [kind: string, form: RegExp])[] = [
  ['quantity', /^(?:what|which)(?: is| are|'s)? the (?:exact )?(?:number|amount|quantity) of\b/],
  ['quantity', /^(?:how (?:many|much)|(?:what|which) (?:number|amount|quantity) of)\b/],
  ['duration', /^(?:for )?(?:how long|(?:what|which) (?:length|amount|period) of time)\b/],
  ['duration', /^what(?: is|'s) the (?:duration|length) of\b/],
  ['frequency', /^(?:how (?:often|frequently|regularly)|(?:with|at) what frequency)\b/],
  ['deadline', /^(?:by when|(?:by|until) (?:what|which) (?:time|date|day)|until when)\b/],
  ['start', /^(?:since when|from when|(?:since|from) (?:what|which) (?:time|date|day|moment))\b/],
  ['when', /^(?:when|(?:at|on|in) (?:what|which) (?:time|date|day|moment)|(?:what|which) (?:time|date|day))\b/],
  ['where', /^(?:where|(?:in|at) (?:what|which) (?:place|location))\b/],
  ['whose', /^whose\b/],
  ['who', /^(?:who|whom|(?:what|which) person)\b/],
  ['why', /^(?:why|how come|for what reason|what(?: is|'s) the reason (?:that|for|why))\b/],
  ['how', /^(?:how to|in (?:what|which) way|what(?: is|'s) the (?:way|right way) to)\b/],
  ['extent', /^how (?:far|large|big|high|deep|tall|old|heavy|wide|fast|late|early|soon)\b/],
  ['how', /^how\b/],
  ['what', /^(?:what|which)\b/],
  ['whether', /^(?:is|are|am|was|were|do|does|did|can|could|may|might|must|should|shall|will|would|has|have|had)\b/],
];

/** A phrase put in front of the question. */
const FRONTED = /^((?:in|at|during|for|on|under|as|within|after|before|since|until)\b[^,?]{1,60}),\s*/i;

const PAST = /\b(?:was|were|did|had|used to)\b/;
const FUTURE = /\b(?:will|shall|going to)\b|\b(?:will|shall)n't\b|\bwon't\b/;

/** Reads what a question asks for. English; in other languages the kind is `other`. */
export function askedForm(question: string): AskedForm {
  const whole = question.trim().replaceAll('’', "'");
  const fronted = FRONTED.exec(whole);
  let rest = fronted === null ? whole : `${whole.slice(fronted[0].length).replace(/[?.!\s]+$/, '')} ${fronted[1]}`;
  for (let polite = POLITE.exec(rest.toLowerCase()); polite !== null; polite = POLITE.exec(rest.toLowerCase())) {
    rest = rest.slice(polite[0].length);
  }
  const lower = rest.toLowerCase();
  const tense = PAST.test(lower) ? 'past' : FUTURE.test(lower) ? 'future' : 'present';
  for (const [kind, form] of KINDS) {
    const found = form.exec(lower);
    if (found === null) continue;
    // The verb of a yes-or-no question stays: it may be what obliges or allows.
    return { kind, tense, rest: kind === 'whether' ? rest : rest.slice(found[0].length) };
  }
  return { kind: 'other', tense, rest };
}
