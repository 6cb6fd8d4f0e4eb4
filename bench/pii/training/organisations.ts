import { pick, type Random } from '../../corpus/random.ts';
import { MadeUpWords } from './made-up-words.ts';
import { surname, town } from './name-pools.ts';

const brands =
  'zentrix nordwell acumera lumina vertiqa solara quantix orbis helixa novanta brightly velora cubit trellis pinecrest stratus fintera medora aerolis kinetica domus vantage apexon cirrus evora lattice meridian omnia pulsar sentra tavola umbra vireo xylo zephyr'.split(
    ' ',
  );
const madeUp = new MadeUpWords([
  ...brands,
  ...brands,
  'microsoft',
  'siemens',
  'unilever',
  'spotify',
  'nokia',
  'pfizer',
  'deloitte',
  'accenture',
  'lufthansa',
  'vodafone',
  'samsung',
  'nestle',
  'novartis',
  'heineken',
  'carrefour',
  'santander',
  'petrobras',
  'tencent',
  'infosys',
]);
const nouns =
  'Blue Harbour Silver Summit Green Valley Golden Gate Red River Bright North Star First National Global United Pacific Atlantic Central Royal Urban Modern Prime Alpha Delta Horizon Pioneer Liberty Heritage Crystal Eagle Falcon Oak Cedar Phoenix Century Sunrise Family Quality Best Super Happy Clean Fresh Home Smart Digital Rapid'.split(
    ' ',
  );
const kinds =
  'Bank|University|College|Hospital|Foundation|Institute|Consulting|Logistics|Insurance|Airlines|Motors|Pharma|Technologies|Systems|Solutions|Partners|Studio|Records|Books|Foods|Bakery|Pharmacy|Grocery|Stores|Market|Realty|Properties|Media|Energy|Clinic|School|Museum|Theatre|Society|Trust|Supermarkets|Hardware|Auto Parts|Cafe|Shoes|Sports|Furniture|Electronics|Pizza|Burger|Gardens|Landscaping|Video|Music|Financial|Investments|Advisers|Associates|Industries|Health|Orchestra|Football Club|Library'.split(
    '|',
  );
const legal =
  'Inc|Inc.|Ltd|Ltd.|LLC|GmbH|AG|PLC|S.A.|SA|Corp|Corp.|& Co|Group|Holdings|BV|AB|Oy|AS|SpA|S.r.l.|LLP|Limited|and Sons|Brothers|Co.|KG|Kft|sp. z o.o.|Pty Ltd|ApS'.split(
    '|',
  );

/** Forms of names, each with how often it is drawn. */
const forms: readonly (readonly [weight: number, maker: (random: Random) => string])[] = [
  [19, (random) => `${surname(random)} ${pick(random, legal)}`],
  [8, (random) => `${surname(random)}, ${surname(random)} and ${surname(random)}`],
  [7, (random) => `${surname(random)}-${surname(random)}`],
  [4, (random) => `${surname(random)} & ${surname(random)}`],
  [3, (random) => `${surname(random)} ${pick(random, ['and', '&'])} ${surname(random)} ${pick(random, legal)}`],
  [8, (random) => madeUp.draw(random)],
  [6, (random) => `${madeUp.draw(random)} ${pick(random, legal)}`],
  [10, (random) => `${pick(random, nouns)} ${pick(random, kinds)}`],
  [4, (random) => `${pick(random, nouns)} ${pick(random, nouns)}`],
  [5, (random) => `${pick(random, nouns)} ${pick(random, nouns)} ${pick(random, kinds)}`],
  [6, (random) => `${town(random)} ${pick(random, kinds)}`],
  [6, (random) => `${pick(random, bodies)} of ${town(random)}`],
  [3, (random) => `${surname(random)}'s`],
  [2, (random) => `${surname(random)}'s ${pick(random, kinds)}`],
  [4, (random) => `The ${pick(random, nouns)} ${pick(random, kinds)}`],
  [1, (random) => madeUp.draw(random).slice(0, 4).toUpperCase()],
  [4, (random) => pick(random, known)],
];
const bodies = ['University', 'Bank', 'Institute', 'Museum', 'Church', 'Ministry', 'Port', 'City'];
const deck = forms.flatMap(([weight, maker]) => Array.from({ length: weight }, () => maker));

/** The name of a firm, a school, a public body or a club. */
export function organisation(random: Random): string {
  return pick(random, deck)(random);
}

const known =
  'Google|Microsoft|Apple|Amazon|IBM|Siemens|Toyota|Netflix|Ikea|Pfizer|Unilever|Barclays|Deloitte|the Red Cross|the United Nations|the European Central Bank|NASA|the BBC|Greenpeace|Oxfam'
    .split('|')
    .map((name) => name.replace(/^the /, ''));

/** Words that tell an organisation by themselves. */
export const organisationWords: readonly string[] = [
  ...kinds,
  ...legal,
  'University',
  'Bank',
  'Institute',
  'Museum',
  'Church',
  'Ministry',
]
  .flatMap((words) => words.split(/[ .]+/))
  .filter((word) => word !== '');
