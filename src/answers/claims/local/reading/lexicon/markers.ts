/** How much of a group a word speaks of; a word may mean several. Bits. */
const Quantifier = {
  all: 1,
  most: 2,
  many: 4,
  some: 8,
  few: 16,
  only: 32,
  both: 64,
  half: 128,
  never: 256,
} as const;

/** How binding or how sure; bits. `may` is leave and doubt at the same time. */
const Modality = { must: 1, may: 2, should: 4, might: 8, will: 16 } as const;

/** What a number is compared with. */
export type Bound = 'at least' | 'at most' | 'more than' | 'less than' | 'about' | 'exactly';

/** What a word or phrase contributes besides a subject. */
export type Marker =
  | { readonly kind: 'negation' }
  | { readonly kind: 'quantifier'; readonly mask: number }
  | { readonly kind: 'modal'; readonly mask: number }
  | { readonly kind: 'bound'; readonly bound: Bound }
  | { readonly kind: 'condition' }
  | { readonly kind: 'function'; readonly as: string }
  | { readonly kind: 'word'; readonly as: string };

const q = Quantifier;
const m = Modality;

const QUANTIFIERS: readonly (readonly [number, string])[] = [
  [
    q.all,
    'all|every|each|everyone|everybody|everything|entire|all of|each of|every one of|always|without exception|invariably|any and all',
  ],
  [q.all | q.some, 'any|anyone|anybody|anything|any of'],
  [
    q.most,
    'most|most of|the majority of|a majority of|majority of|mostly|usually|generally|typically|normally|ordinarily|as a rule|in most cases',
  ],
  [q.many, 'many|much|a lot of|lots of|plenty of|numerous|a great deal of|many of|a large number of|often|frequently'],
  [
    q.some,
    'some|several|certain|a number of|some of|sometimes|occasionally|at times|in some cases|a few|a few of|several of',
  ],
  [q.few, 'few|fewer of|little|hardly any|a minority of|rarely|seldom|few of|only a few|hardly ever'],
  [q.only, 'only|solely|exclusively|nothing but|no one but|none but|just|merely'],
  [q.both, 'both|both of'],
];

const MODALS: readonly (readonly [number, string])[] = [
  [
    m.must,
    'must|has to|have to|had to|having to|required to|is required to|are required to|was required to|were required to|obliged to|is obliged to|are obliged to|need to|needs to|needed to|is bound to|are bound to|it is mandatory to|it is mandatory that',
  ],
  [m.must | m.will, 'shall'],
  [
    m.may,
    'allowed to|is allowed to|are allowed to|permitted to|is permitted to|are permitted to|entitled to|is entitled to|are entitled to|free to|has the right to|have the right to',
  ],
  [m.may, 'can|able to|is able to|are able to'],
  [m.may | m.might, 'may'],
  [m.might | m.may, 'could'],
  [
    m.should,
    'should|ought to|ought|is supposed to|are supposed to|is advised to|are advised to|is expected to|are expected to',
  ],
  [
    m.might,
    'might|possibly|perhaps|maybe|probably|likely to|is likely to|are likely to|presumably|reportedly|allegedly|apparently|potentially|conceivably|tends to|tend to',
  ],
  [m.will, 'will|would|going to|is going to|are going to'],
];

const BOUNDS: readonly (readonly [Bound, string])[] = [
  [
    'at least',
    'at least|no less than|not less than|no fewer than|not fewer than|a minimum of|minimum of|or more|or over|or above|or older|or later|or longer|and over|and above|not below|no earlier than|not earlier than|no later than or equal|minimum',
  ],
  [
    'at most',
    'at most|no more than|not more than|up to|a maximum of|maximum of|not exceeding|does not exceed|do not exceed|must not exceed|may not exceed|shall not exceed|not exceed|or less|or fewer|or under|or below|or younger|or earlier|no later than|not later than|at the latest|not above|not longer than|no longer than|as much as|as many as|maximum',
  ],
  [
    'more than',
    'more than|greater than|in excess of|exceeding|upwards of|higher than|longer than|older than|larger than',
  ],
  ['less than', 'less than|fewer than|lower than|shorter than|younger than|smaller than'],
  [
    'about',
    'about|approximately|around|roughly|nearly|almost|approx|circa|close to|an estimated|some estimated|estimated|or so',
  ],
  ['exactly', 'exactly|precisely'],
];

/** Before a number these compare; elsewhere they are prepositions. */
const BOUNDS_BEFORE_NUMBER: Readonly<Record<string, Bound>> = {
  over: 'more than',
  above: 'more than',
  under: 'less than',
  below: 'less than',
  within: 'at most',
  some: 'about',
};

const NEGATIONS =
  'not|never|no|none|neither|nor|nobody|nothing|nowhere|without|cannot|no longer|no one|not any|rather than|instead of|non|lack of|in no case|under no circumstances|by no means|fails to|fail to|failed to|unable to|it is not the case that|it is false that|refuses to|refused to';

const CONDITIONS =
  'unless|except|except for|except that|if|only if|even if|provided that|provided|providing|as long as|so long as|subject to|on condition that|in the event that|in the event of|in case of|excluding|other than|apart from|with the exception of|save for|barring|whether|until such time as';

/** Verbs and phrases after which a statement is somebody's view or wish, not a fact. Stems are compared. */
export const NON_FACTIVE =
  'deny allege claim suggest believe think expect propose plan hope fear assume speculate predict forecast suspect argue doubt consider recommend request ask dispute question hypothesize hypothesise postulate imagine pretend attempt try intend aim seek want refuse rumor rumour'.split(
    ' ',
  );

const FUNCTIONS =
  'a an the this that these those such of in on at by for from to with into onto as per via upon about against between among through during throughout before after since until till toward towards within along across behind beside besides beyond near off out over under up down above below around than ' +
  'and or but so yet plus while whereas although though because when where who whom whose which what how why then thus hence therefore however moreover furthermore also too there here again ever very quite rather ' +
  'i me my mine we us our ours you your yours he him his she her hers it its they them their theirs oneself itself himself herself themselves myself yourself ourselves one ones other others own same ' +
  'be am is are was were been being do does did doing done have has had having get gets got ' +
  "s t re ve ll d mr mrs ms dr prof sir inc ltd corp co llc plc gmbh etc e.g i.e eg ie that's it's";

const SAME_FUNCTION: readonly string[] = [
  'and: as well as|together with|along with|in addition to|plus|not only|but also|&',
  'because: because of|due to|owing to|on account of|thanks to|since|as a result of',
  'although: in spite of|despite|notwithstanding|even though|though|regardless of',
  'under: in accordance with|according to|pursuant to|in line with|as per|in compliance with',
  'about: with respect to|with regard to|in relation to|regarding|concerning|in terms of|as to|in respect of',
  'to: in order to|so as to',
  'for: for the purpose of|for the sake of|on behalf of|in favour of|in favor of',
  'on: as of|as at|with effect from|effective from',
  'before: prior to|ahead of|in advance of',
  'after: following|subsequent to|as soon as|once',
  'during: in the course of|over the course of|in the middle of',
  'near: next to|close by|adjacent to',
  'such: such as|for example|for instance|including|like',
  'the: at all|after all|above all|first of all|of course|in fact|in general|in particular|in total|overall|in other words|as follows|respectively|the said|aforementioned',
];

/** Phrases and abbreviations that stand for one word. */
const PHRASES =
  'usa: united states of america|united states|u.s.a|u.s|usa;uk: united kingdom|great britain|u.k|uk;eu: european union|eu;un: united nations|un;' +
  'ceo: chief executive officer|chief executive|ceo;cfo: chief financial officer|cfo;cto: chief technology officer|cto;coo: chief operating officer|coo;' +
  'hr: human resources|hr;percent: per cent|percentage points|percentage point;conduct: carry out|carries out|carried out|carrying out;establish: set up|sets up|setting up;' +
  'occur: take place|takes place|took place|taken place|taking place;remove: get rid of|take away|takes away|took away;submit: hand in|hands in|handed in;' +
  'die: pass away|passes away|passed away;seek: look for|looks for|looked for|looking for;postpone: put off|puts off;reject: turn down|turns down|turned down;' +
  'annual: per year|each year|every year|per annum|yearly|annually;monthly: per month|each month|every month;weekly: per week|each week|every week;' +
  'daily: per day|each day|every day|per diem;hourly: per hour|each hour|every hour;' +
  'currently: at present|at the moment|right now|at this time|nowadays|now|today;quickly: as soon as possible|without delay;' +
  'q1: first quarter;q2: second quarter;q3: third quarter;q4: fourth quarter;' +
  'department: dept|depts;government: govt;information: info;management: mgmt;number: no.|nr;versus: vs|v.;approximate: approx.;maximum: max;minimum: min.;' +
  'vaccinate: get vaccinated|gets vaccinated;covid: covid-19|covid19|coronavirus disease 2019|coronavirus disease|sars-cov-2|2019-ncov;' +
  'ill: fall ill|falls ill|fell ill;participate: take part|takes part|took part|taking part;visit: pay a visit to;use: make use of|makes use of|made use of;' +
  'decide: make a decision|makes a decision|made a decision;include: is made up of|made up of|consists of|consist of;responsible: in charge|in charge of;' +
  'investigate: look into|looks into|looked into;continue: go on|goes on|carry on|carries on;cancel: call off|calls off|called off;contact: get in touch with|reach out to;' +
  'increase: go up|goes up|went up|gone up;decrease: go down|goes down|went down|gone down;leave: go away|goes away;return: go back|goes back|went back|come back|comes back|came back|give back|gives back|gave back';

function listed<T extends Marker>(into: Map<string, Marker>, list: string, marker: T): void {
  for (const phrase of list.split('|')) into.set(phrase.trim(), marker);
}

/** Every marked word and phrase, lower case, words one space apart. */
export function markers(): Map<string, Marker> {
  const all = new Map<string, Marker>();
  for (const word of FUNCTIONS.split(' ')) all.set(word, { kind: 'function', as: word });
  for (const line of PHRASES.split(';')) {
    const [as = '', list = ''] = line.split(': ');
    listed(all, list, { kind: 'word', as });
  }
  for (const line of SAME_FUNCTION) {
    const [as = '', list = ''] = line.split(': ');
    listed(all, list, { kind: 'function', as });
  }
  for (const [mask, list] of MODALS) listed(all, list, { kind: 'modal', mask });
  for (const [mask, list] of QUANTIFIERS) listed(all, list, { kind: 'quantifier', mask });
  for (const [bound, list] of BOUNDS) listed(all, list, { kind: 'bound', bound });
  listed(all, NEGATIONS, { kind: 'negation' });
  listed(all, CONDITIONS, { kind: 'condition' });
  return all;
}

/** What a preposition means right before a number; undefined: no comparison. */
export function boundBeforeNumber(word: string): Bound | undefined {
  return Object.hasOwn(BOUNDS_BEFORE_NUMBER, word) ? BOUNDS_BEFORE_NUMBER[word] : undefined;
}
