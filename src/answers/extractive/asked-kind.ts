/** The kind of thing a question asks for. */
export type AskedKind = 'amount' | 'duration' | 'count' | 'date' | 'time' | 'person';

/** What a question begins with or holds, and what it then asks for; the first that fits decides. */
const QUESTIONS: readonly (readonly [RegExp, AskedKind])[] = [
  [/\bwhat time\b|\bat what hour\b/i, 'time'],
  [
    /\bhow (?:long|fast|quickly|soon|old)\b|\bhow much (?:time|notice)\b|\bhow many (?:\w+ )?(?:seconds|minutes|hours|days|weeks|months|years|nights)\b|\b(?:response time|notice period|deadline)\b/i,
    'duration',
  ],
  [
    /\b(?:how much|what (?:\w+ )?(?:costs?|pays?|prices?)|(?:price|cost|fee|rate|salary|allowance|contribution|supplement) (?:of|for|per)|what .*\b(?:cost|costs|price|pay|paid|earn|get back)\b)/i,
    'amount',
  ],
  [
    /\bhow (?:many|deep|far|high|large|big|heavy|often|tall|wide)\b|\b(?:maximum|minimum|largest|smallest|highest|lowest)\b|\bfrom what amount\b|\bfrom which day\b/i,
    'count',
  ],
  [/^\W*when\b|\b(?:and|until|since|from|by) when\b|\b(?:what|which) (?:date|days?|month|year)\b/i, 'date'],
  [/\bwho(?:m|se)?\b|\b(?:what|which) (?:role|person|manager|officer|team|department)\b/i, 'person'],
];

const UNIT_OF_TIME = '(?:seconds?|minutes?|hours?|(?:working |calendar )?days?|weeks?|months?|years?|nights?)';
const NUMBER_WORD =
  '(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|once|twice|first|second|third|fourth|fifth)';
const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';

const SIGNS: Readonly<Record<AskedKind, RegExp>> = {
  amount:
    /(?:[$€£¥]|\b[A-Z]{3}) ?\d|\d\s?(?:[$€£¥%]|[A-Z]{3}\b|percent\b|per cent\b|litres?\b|kg\b)|\bfree\b|\bno (?:refund|fee|charge)\b/,
  duration: new RegExp(
    `(?:\\b\\d[\\d.,]*|\\b${NUMBER_WORD})(?: \\w+)?[ -]${UNIT_OF_TIME}\\b|\\bnext (?:working )?day\\b|\\bat once\\b|\\bimmediately\\b`,
    'i',
  ),
  count: new RegExp(`\\d|\\b${NUMBER_WORD}\\b|\\b(?:none|nobody|never|no)\\b`, 'i'),
  date: new RegExp(
    `\\b\\d{1,2}(?:st|nd|rd|th)?\\b.{0,12}\\b${MONTH}\\b|\\b${MONTH}\\b.{0,6}\\d|\\b\\d{4}-\\d{2}|\\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\\b|\\b(?:the )?\\d{1,2}(?:st|nd|rd|th)\\b|\\b(?:every|after|within|before|until|from|since)\\b.*(?:\\d|\\b${UNIT_OF_TIME}\\b)`,
    'i',
  ),
  time: /\b\d{1,2}[:.]\d{2}\b|\b\d{1,2} ?(?:am|pm|a\.m|p\.m|o'clock)\b|\b(?:noon|midnight|around the clock)\b/i,
  person:
    /\b(?:managers?|officers?|leads?|heads?|directors?|board|teams?|departments?|desk|supervisors?|chief|counsel|employees?|engineers?|technicians?|coordinators?|support|reception|staff|people|members?|committee|council|secretary|nobody|anyone|everyone|everybody)\b|\bby (?:the|a|an|two|any) [a-z]/i,
};

/** What a question asks for; null when it asks for something else or for a yes or no. */
export function askedKind(question: string): AskedKind | null {
  return QUESTIONS.find(([pattern]) => pattern.test(question))?.[1] ?? null;
}

/** Whether a text holds something of the kind. */
export function holdsKind(text: string, kind: AskedKind): boolean {
  return SIGNS[kind].test(text);
}
