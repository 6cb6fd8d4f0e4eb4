/** A unit of measure: quantities of one family can be compared after multiplication with the factor. */
export interface Unit {
  readonly family: string;
  readonly factor: number;
}

/** `family: factor name|name…` per line; the first unit of a family has factor 1. Factors by definition of the units. */
const UNITS = `
time: 1 second|seconds|sec|secs
time: 60 minute|minutes|min|mins
time: 3600 hour|hours|hr|hrs|h
time: 86400 day|days|calendar day|calendar days
time: 604800 week|weeks|wk|wks
time: 1209600 fortnight|fortnights
span: 1 month|months
span: 3 quarter|quarters
span: 12 year|years|yr|yrs|annum
span: 120 decade|decades
span: 1200 century|centuries
workday: 1 working day|working days|business day|business days|workday|workdays
percent: 1 %|percent|per cent|pct
length: 1 millimetre|millimetres|millimeter|millimeters|mm
length: 10 centimetre|centimetres|centimeter|centimeters|cm
length: 1000 metre|metres|meter|meters|m
length: 1000000 kilometre|kilometres|kilometer|kilometers|km|kms
length: 25.4 inch|inches
length: 304.8 foot|feet|ft
length: 914.4 yard|yards
length: 1609344 mile|miles|mi
mass: 1 milligram|milligrams|milligramme|milligrammes|mg
mass: 1000 gram|grams|gramme|grammes|g
mass: 1000000 kilogram|kilograms|kilogramme|kilogrammes|kg|kilo|kilos
mass: 1000000000 tonne|tonnes|metric ton|metric tons
mass: 907184740 ton|tons
mass: 453592.37 pound|pounds|lb|lbs
mass: 28349.523125 ounce|ounces|oz
volume: 1 millilitre|millilitres|milliliter|milliliters|ml
volume: 1000 litre|litres|liter|liters|l
volume: 3785.411784 gallon|gallons
area: 1 square metre|square metres|square meter|square meters|m2|sqm
area: 10000 hectare|hectares|ha
area: 4046.8564224 acre|acres
area: 1000000 square kilometre|square kilometres|square kilometer|square kilometers|km2
area: 2589988.110336 square mile|square miles
data: 1 byte|bytes
data: 1000 kilobyte|kilobytes|kb
data: 1000000 megabyte|megabytes|mb
data: 1000000000 gigabyte|gigabytes|gb
data: 1000000000000 terabyte|terabytes|tb
power: 1 watt|watts
power: 1000 kilowatt|kilowatts|kw
power: 1000000 megawatt|megawatts|mw
power: 1000000000 gigawatt|gigawatts|gw
energy: 1 kilowatt hour|kilowatt hours|kwh
energy: 1000 megawatt hour|megawatt hours|mwh
speed: 1 kilometres per hour|kilometers per hour|km/h|kph
speed: 1.609344 miles per hour|mph
celsius: 1 degree celsius|degrees celsius|°c
fahrenheit: 1 degree fahrenheit|degrees fahrenheit|°f
degree: 1 degree|degrees|°
usd: 1 $|us$|usd|dollar|dollars|us dollars|us dollar|u.s. dollars
usd: 0.01 cent|cents
cad: 1 c$|cad|canadian dollars|canadian dollar
aud: 1 a$|aud|australian dollars|australian dollar
eur: 1 €|eur|euro|euros
gbp: 1 £|gbp|pounds sterling|pound sterling|sterling
gbp: 0.01 pence|penny
jpy: 1 ¥|jpy|yen
chf: 1 chf|swiss francs|swiss franc
inr: 1 ₹|inr|rupee|rupees
cny: 1 cny|yuan|renminbi
sek: 1 sek|kronor
nok: 1 nok|kroner
times: 1 times|x|fold
`;

/** What multiplies the number before it. */
export const MULTIPLIERS: ReadonlyMap<string, number> = new Map([
  ['hundred', 100],
  ['thousand', 1e3],
  ['million', 1e6],
  ['millions', 1e6],
  ['mn', 1e6],
  ['mln', 1e6],
  ['billion', 1e9],
  ['billions', 1e9],
  ['bn', 1e9],
  ['trillion', 1e12],
]);

const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen';
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety';
const ORDINALS =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth';

/** Small number words by value; compounds are summed by the reader. */
export const NUMBER_WORDS: ReadonlyMap<string, number> = new Map([
  ...ONES.split(' ').map((word, i) => [word, i] as const),
  ...TENS.split(' ').map((word, i) => [word, (i + 2) * 10] as const),
  ['dozen', 12] as const,
]);

/** Ordinal words by value. */
export const ORDINAL_WORDS: ReadonlyMap<string, number> = new Map(
  ORDINALS.split(' ').map((word, i) => [word, i + 1] as const),
);

const MONTHS = 'january february march april may june july august september october november december';

/** Names of months and their short forms by number, 1…12. */
export const MONTH_NUMBERS: ReadonlyMap<string, number> = new Map([
  ...MONTHS.split(' ').map((name, i) => [name, i + 1] as const),
  ...MONTHS.split(' ').map((name, i) => [name.slice(0, 3), i + 1] as const),
  ['sept', 9] as const,
]);

const WEEKDAYS = 'monday tuesday wednesday thursday friday saturday sunday';

/** Days of the week, 1 = Monday, with their plurals and short forms. */
export const WEEKDAY_NUMBERS: ReadonlyMap<string, number> = new Map(
  WEEKDAYS.split(' ').flatMap((name, i) => [name, `${name}s`].map((each) => [each, i + 1] as const)),
);

/** Units by their names, lower case. */
export function unitTable(): Map<string, Unit> {
  const table = new Map<string, Unit>();
  for (const line of UNITS.trim().split('\n')) {
    const [, family = '', factor = '1', names = ''] = /^(\w+): ([\d.]+) (.*)$/.exec(line) ?? [];
    for (const name of names.split('|')) table.set(name, { family, factor: Number(factor) });
  }
  return table;
}
