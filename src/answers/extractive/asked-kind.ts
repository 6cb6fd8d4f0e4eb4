/** The kind of thing a question asks for. */
export type AskedKind = 'amount' | 'duration' | 'count' | 'measure' | 'date' | 'time' | 'person';

/** What money is paid or received as. */
const SUMS =
  'prices?|costs?|fees?|fines?|penalt(?:y|ies)|rates?|salar(?:y|ies)|wages?|bonus(?:es)?|allowances?|contributions?|supplements?|surcharges?|deposits?|rent|hire|budget|per diem|discount|premium|refund';

const PERIODS = '(?:seconds|minutes|hours|days|weeks|months|years|nights)';

/** What a question begins with or holds, and what it then asks for; the first that fits decides. */
const QUESTIONS: readonly (readonly [RegExp, AskedKind])[] = [
  [/\bwhat time\b|\bat what hour\b/i, 'time'],
  [
    new RegExp(
      `\\bhow (?:long|quickly|soon|old)\\b|\\bhow fast (?:must|do|does|should|will|is|are)\\b(?! (?:i|we|you) (?:go|drive|ride))|\\bhow much (?:time|notice)\\b|\\bhow many (?:\\w+ )?${PERIODS}\\b|\\b(?:response time|notice period|deadline)\\b`,
      'i',
    ),
    'duration',
  ],
  [
    new RegExp(
      `\\bhow much (?:do|does|did|is|are|was|will|would|may|can|must|should|money|is)\\b|\\bwhat (?:\\w+ )?(?:costs?|pays?|prices?)\\b|\\b(?:${SUMS}) (?:of|for|per)\\b|\\bextra charge\\b|\\bwhat(?:'s| is| are) (?:the |an? |my |our )?(?:[\\w-]+ ){0,3}(?:${SUMS})\\b|\\bwhat .*\\b(?:costs?|price|pays?|paid|earn|charges?|get back)\\b`,
      'i',
    ),
    'amount',
  ],
  [
    /\bhow much \w+\b|\bhow (?:deep|far|fast|high|large|big|heavy|tall|wide|hot|cold|warm|loud)\b|\b(?:at )?what (?:temperature|depth|height|length|speed|size|weight)\b/i,
    'measure',
  ],
  [
    /\bhow (?:many|often)\b|\b(?:maximum|minimum|largest|smallest|highest|lowest)\b|\bfrom what amount\b|\bfrom which day\b/i,
    'count',
  ],
  [/^\W*when\b|\b(?:and|until|since|from|by) when\b|\b(?:what|which) (?:date|days?|month|year)\b/i, 'date'],
  [
    /\bwho(?:m|se)?\b(?! (?:has|have|is|are|was|were|can|may|must) (?:not )?been)|\b(?:what|which) (?:role|person|manager|officer|team|department)\b/i,
    'person',
  ],
];

const UNIT_OF_TIME = '(?:seconds?|minutes?|hours?|(?:working |calendar )?days?|weeks?|months?|years?|nights?)';
const CARDINAL =
  'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|ninety|hundred|half|once|twice';
const NUMBER_WORD = `(?:${CARDINAL}|first|second|third|fourth|fifth)`;
const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const CLOCK =
  "\\b\\d{1,2}[:.]\\d{2}\\b|\\b\\d{1,2} ?(?:am|pm|a\\.m|p\\.m|o'clock)\\b|\\b(?:noon|midnight|around the clock)\\b";

const SIGNS: Readonly<Record<AskedKind, RegExp>> = {
  amount: new RegExp(
    `(?:[$€£¥]|\\b[A-Z]{3}) ?\\d|\\d\\s?(?:[$€£¥%]|[A-Z]{3}\\b)|(?i:(?:\\d|\\b${NUMBER_WORD}) (?:euros?|cents?|dollars?|pounds?|pence|francs?|yen|crowns?|rupees?|percent|per cent)\\b|\\bfree\\b|\\b(?:no|without) (?:[\\w-]+ )?(?:refund|fee|charge|cost|payment)|\\bpays? nothing\\b|\\bfull (?:pay|salary|price|refund)\\b|\\bnot (?:paid|refunded|returned)\\b)`,
  ),
  duration: new RegExp(
    `(?:\\b\\d[\\d.,]*|\\b(?:${CARDINAL}))(?: \\w+)?[ -]${UNIT_OF_TIME}\\b|\\bnext (?:working )?day\\b|\\bat once\\b|\\bimmediately\\b|${CLOCK}`,
    'i',
  ),
  count: new RegExp(
    `\\d|\\b${NUMBER_WORD}\\b|\\b(?:none|nobody|never|no|unlimited|daily|weekly|monthly|yearly)\\b`,
    'i',
  ),
  measure: new RegExp(
    `\\d|\\b${NUMBER_WORD} (?:degrees|met(?:re|er)s?|kilomet|lit(?:re|er)s?|grams?|knots|percent)\\b`,
    'i',
  ),
  date: new RegExp(
    `\\b\\d{1,2}(?:st|nd|rd|th)?\\b.{0,12}\\b${MONTH}\\b|\\b${MONTH}\\b.{0,6}\\d|\\b\\d{4}-\\d{2}|\\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\\b|\\b(?:the )?\\d{1,2}(?:st|nd|rd|th)\\b|\\b(?:every|after|within|before|until|from|since)\\b.*(?:\\d|\\b${UNIT_OF_TIME}\\b)|\\b${UNIT_OF_TIME} (?:before|after)\\b|\\b(?:if|whenever|once|as soon as|unless|more than|(?:at|before|by|until) the end)\\b|${CLOCK}`,
    'i',
  ),
  time: new RegExp(CLOCK, 'i'),
  person:
    /\b(?:managers?|officers?|leads?|heads?|directors?|board|teams?|departments?|desk|supervisors?|chief|counsel|employees?|engineers?|technicians?|coordinators?|support|reception|staff|people|members?|committee|council|secretary|treasurer|chair(?:man|woman|person)?|nurses?|doctors?|pharmacists?|owners?|tenants?|customers?|parents?|nobody|anyone|everyone|everybody|whoever)\b|\bby (?:the|a|an|two|any) [a-z]/i,
};

/** What a question asks for; null when it asks for something else or for a yes or no. */
export function askedKind(question: string): AskedKind | null {
  return QUESTIONS.find(([pattern]) => pattern.test(question))?.[1] ?? null;
}

/** Whether a text holds something of the kind. */
export function holdsKind(text: string, kind: AskedKind): boolean {
  return SIGNS[kind].test(text);
}
