/** The kind of thing a question asks for. */
export type AskedKind =
  | 'amount'
  | 'duration'
  | 'extent'
  | 'frequency'
  | 'count'
  | 'measure'
  | 'date'
  | 'time'
  | 'age'
  | 'person';

/** What money is paid or received as. */
const SUMS =
  'prices?|costs?|fees?|fines?|penalt(?:y|ies)|rates?|salar(?:y|ies)|wages?|mileage|bonus(?:es)?|allowances?|contributions?|supplements?|surcharges?|charges?|deposits?|rent|hire|budget|per diem|discounts?|premiums?|refund|excess|deductible|interest|dividend|rebate|tax';

/** What a length of time is called. */
const PERIODS_NAMED =
  '(?:response|waiting|lead|processing|delivery|burning|running|travel|opening|retention|notice|probation(?:ary)?|trial|warranty|cooling-off|qualifying|limitation) (?:times?|periods?)|periods? of \\w+|deadlines?|durations?|waiting lists?';

const PERIODS = '(?:seconds|minutes|hours|days|weeks|months|years|nights)';

/** What a question begins with or holds, and what it then asks for; the first that fits decides. */
const QUESTIONS: readonly (readonly [RegExp, AskedKind])[] = [
  [/\bwhat time\b|\bat what (?:hour|times)\b|\bwhat (?:are the (?:\w+ )?)?hours\b/i, 'time'],
  [
    /\bhow (?:old|young)\b|\b(?:what|which) (?:minimum |maximum )?age\b|\bage limit\b|\b(?:minimum|maximum) age\b/i,
    'age',
  ],
  [/\bhow (?:often|frequently|regularly|many times)\b/i, 'frequency'],
  [
    /\bhow long (?:is|are) (?:the|an?|your|our|this|that) (?:[\w'’-]+ ){0,3}(?!\w+(?:ed|en)\b|(?:kept|held|valid|open|good|left|paid|lent|due|free)\b)[\w'’-]+\W*$/i,
    'extent',
  ],
  [/\bhow much (?:do|does|did|can|may|must|will) .*\bweigh\b|\bhow much more notice\b/i, 'measure'],
  [
    new RegExp(
      `\\bhow (?:long|quickly|soon)\\b(?! is the (?:road|rope|boat|table|path|way))|\\bhow (?:far|long|much|early|late) (?:ahead|before|beforehand|in advance)\\b|\\bhow (?:early|late) (?:must|do|does|should|may|can|will|is|are)\\b|\\bhow fast (?:must|do|does|should|will|is|are)\\b(?! (?:i|we|you) (?:go|drive|ride))|\\bhow much (?:time|notice)\\b|\\b(?:after )?how many (?:[\\w-]+ )?${PERIODS}\\b|^\\W*(?:(?:what|which)(?:'s| is| are| was)? )?(?:the |my |our |your |an? )?(?:[\\w-]+ ){0,2}(?:${PERIODS_NAMED})\\b|\\b(?:response time|notice period|deadline)\\b|\\bwhat notice\\b|\\b(?:longest|shortest) (?:\\w+ )?(?:trip|journey|shift|stay|time|leave|loan|break|absence)\\b|^\\W*(?:is|are|was|were) .*\\b\\w+ or (?:\\w+ ){1,2}${PERIODS}\\b`,
      'i',
    ),
    'duration',
  ],
  [
    new RegExp(
      `\\bhow much (?:do|does|did|is|are|was|were|will|would|may|can|must|should|money|more|less|for)\\b|\\bhow (?:expensive|dear|cheap)\\b|\\b(?:what|which) (?:amounts?|sums?|share|proportion|percentage|majority|(?:part|fraction) of (?:the|my|your|our) (?:total|whole|sum|costs?|price|bill|fee|wages?|salary|pay|rent|fare|money|invoice))\\b|\\b(?:from|up to|above|below) (?:what|which) (?:value|sum|price|amount)\\b|\\bwhat (?:\\w+ )?(?:costs?|pays?|prices?)\\b|^\\W*(?:[\\w-]+ ){0,2}(?:${SUMS}) (?:of|for|per)\\b|\\b(?:${SUMS}) (?:of|for|per)\\b|\\bextra charge\\b|\\b(?:what|which)(?:'s| is| are| was| were)? (?:the |an? |my |our |your )?(?:[\\w-]+ ){0,3}(?:${SUMS})\\b(?! (?:reports?|forms?|lists?|slips?|days?))|\\bwhat .*\\b(?:costs?|price|pays?|paid|earn|charges?|get back|sell for|refund|reimburse|owe)\\b`,
      'i',
    ),
    'amount',
  ],
  [
    /\bhow much \w+\b|\bhow (?:deep|far|fast|high|large|big|heavy|tall|wide|hot|cold|warm|loud|strong|thick|steep)\b|\b(?:at|from|to|up to|below|above)? ?(?:what|which) (?:\w+ )?(?:temperature|depth|height|length|speed|size|weight|distance|wind|heat|strength|voltage|power|dose|consumption|level)\b|\bwhat(?:'s| is| are| was) (?:the |our |my )?(?:[\w-]+ ){0,2}(?:temperature|depth|height|length|speed|size|weight|distance|limit|threshold|capacity)\b/i,
    'measure',
  ],
  [
    /\bhow many\b|\b(?:maximum|minimum|largest|smallest|highest|lowest)\b|\bfrom what amount\b|\bfrom which day\b|\bwhat number of\b/i,
    'count',
  ],
  [
    /^\W*when\b|\b(?:and|until|since|from|by) when\b|\b(?:what|which) (?:date|days?|month|year)\b|^\W*date of\b/i,
    'date',
  ],
  [
    /\bwho(?:m|se)?\b(?! (?:has|have|is|are|was|were|can|may|must) (?:not )?been)|\b(?:what|which) (?:role|person|manager|officer|team|department)\b/i,
    'person',
  ],
];

const UNIT_OF_TIME =
  '(?:seconds?|minutes?|hours?|(?:working |calendar |business )?days?|(?:bank )?weeks?|fortnights?|months?|years?|nights?)';
const CARDINAL =
  'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|half|once|twice|dozen';
const ORDINAL =
  'first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|fifteenth|twentieth|last';
const FRACTION = '(?:half|(?:a|one|two|three) (?:third|quarter|fifth|tenth|half)s?|thirds|quarters|fifths|tenths)';
const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const MONTH_WRITTEN =
  '(?:January|February|March|April|June|July|August|September|October|November|December|(?:in|of|until|from|by|since|to|end of|: )May)';
const CLOCK =
  "\\b\\d{1,2}[:.]\\d{2}\\b|\\b\\d{1,2} ?(?:am|pm|a\\.m|p\\.m|o'clock)\\b|\\b(?:noon|midnight|around the clock|day and night|at any hour)\\b";

const DURATION = `(?:\\b\\d[\\d.,]*|\\b(?:${CARDINAL}|an?(?= (?:seconds?|minute|hour|day|week|month|year|fortnight))))(?: \\w+)?[ -]${UNIT_OF_TIME}\\b|\\b(?:the |from the )?(?:${ORDINAL}) (?:\\w+ )?day\\b(?! of (?:the )?(?:following|next|each|month))|\\bquarter of an hour\\b|\\bfortnight\\b|\\bnext (?:working )?day\\b|\\bat once\\b|\\bimmediately\\b|\\b(?:indefinitely|permanently|for ever|forever)\\b|${CLOCK}`;

const SIGNS: Readonly<Record<AskedKind, RegExp>> = {
  amount: new RegExp(
    `(?:[$€£¥]|\\b[A-Z]{3}) ?\\d|\\d\\s?(?:[$€£¥%]|[A-Z]{3}\\b)|(?i:(?:\\d|\\b(?:${CARDINAL})) (?:(?:thousand|million|billion) )?(?:euros?|cents?|dollars?|pounds?|pence|francs?|yen|crowns?|rupees?|percent|per cent)\\b|\\bfree\\b|\\b(?:no|without|carry no) (?:[\\w-]+ )?(?:refund|fee|charge|cost|payment|deposit|excess|bonus)|\\bpays? (?:nothing|only|half)\\b|\\bat half\\b|\\b${FRACTION} (?:of|the)\\b|\\ba (?:third|quarter|fifth|tenth) (?:of|less|more)\\b|\\bfull (?:pay|salary|price|refund)\\b|\\bnot (?:paid|refunded|returned)\\b|\\b(?:double|twice) the\\b|: (?:none|nothing|included|no)\\b|\\b(?:price|cost|fee|charge|fare|rent)s?\\b[^:;]{0,20}: ?\\d)`,
  ),
  duration: new RegExp(DURATION, 'i'),
  extent: new RegExp(
    `\\d\\s?(?:mm|cm|m|km|ft|in)\\b|\\d\\s?(?:met(?:re|er)|centimet|millimet|kilomet|inch|feet|foot|mile|yard|pages?\\b|words?\\b)|${DURATION}`,
    'i',
  ),
  frequency: new RegExp(
    `\\b(?:every|each|per)\\b|\\b(?:once|twice|\\d+ times|(?:${CARDINAL}) times)\\b|\\b(?:hourly|daily|nightly|weekly|fortnightly|monthly|quarterly|yearly|annually|never|always|regularly)\\b|\\bon \\w+days\\b|\\ban? (?:day|week|month|year)\\b`,
    'i',
  ),
  count: new RegExp(
    `\\d|\\b(?:${CARDINAL})\\b|\\b(?:none|nobody|never|no|single|unlimited|both|only an?|pair)\\b`,
    'i',
  ),
  measure: new RegExp(`\\d|\\b(?:${CARDINAL}|${ORDINAL}|single)\\b|\\bwalking pace\\b`, 'i'),
  date: new RegExp(
    `\\b\\d{1,2}(?:st|nd|rd|th)?\\b.{0,12}\\b${MONTH}\\b|\\b${MONTH}\\b.{0,6}\\d|\\b\\d{4}-\\d{2}|(?-i:\\b${MONTH_WRITTEN}\\b)|\\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\\b|\\b(?:the )?\\d{1,2}(?:st|nd|rd|th)\\b|\\b(?:${ORDINAL}) (?:\\w+ )?(?:day|week|month)\\b|\\b(?:every|after|within|before|until|from|since)\\b.*(?:\\d|\\b${UNIT_OF_TIME}\\b)|\\b${UNIT_OF_TIME} (?:before|after)\\b|\\b(?:if|when|whenever|until|once|as soon as|unless|more than|(?:at|before|by|until) the end)\\b|${CLOCK}`,
    'i',
  ),
  time: new RegExp(CLOCK, 'i'),
  age: new RegExp(
    `\\b(?:age|aged|old|older|young|younger|under|over|birthday|minor|adults?|children)\\b.*(?:\\d|\\b(?:${CARDINAL}|${ORDINAL})\\b)|(?:\\d|\\b(?:${CARDINAL}|${ORDINAL})\\b).*\\b(?:age|aged|old|older|young|younger|birthday|years|months|weeks)\\b`,
    'i',
  ),
  person:
    /\b(?:managers?|officers?|leads?|heads?|directors?|boards?|teams?|departments?|desk|supervisors?|chief|counsel|employees?|engineers?|technicians?|coordinators?|support|reception|staff|people|persons?|members?|committee|council|secretary|treasurer|chair(?:man|woman|person)?|nurses?|doctors?|pharmacists?|owners?|tenants?|customers?|parents?|auditors?|accountants?|caretakers?|operators?|drivers?|conductors?|inspectors?|advisers?|lawyers?|agents?|clerks?|trainers?|teachers?|students?|visitors?|guests?|users?|administrators?|editors?|representatives?|delegates?|partners?|suppliers?|contractors?|firm|company|office|service|unit|authority|police|court|bank|insurer|landlord|nobody|anyone|anybody|everyone|everybody|somebody|someone|whoever|(?:those|anyone) who)\b|\byour own\b|\bby (?:the|a|an|two|any) [a-z]|\b(?:by|with) (?-i:\p{Lu}\p{Ll}+)(?! \d)|(?<=[\p{Ll}\d,:;] )(?-i:\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+)/iu,
};

/** What a question asks for; null when it asks for something else or for a yes or no. */
export function askedKind(question: string): AskedKind | null {
  return QUESTIONS.find(([pattern]) => pattern.test(question))?.[1] ?? null;
}

/** Whether a text holds something of the kind. */
export function holdsKind(text: string, kind: AskedKind): boolean {
  return SIGNS[kind].test(text);
}
