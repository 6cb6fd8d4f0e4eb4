import { matches, saidBefore } from '../context.ts';
import type { PersonalDataSpan } from '../span.ts';
import type { CapitalRun } from './capital-runs.ts';
import { isGivenName, isPlace, isSurname } from './lexicon.ts';

const NAME = String.raw`\p{Lu}[\p{L}\p{M}\p{N}.'’&-]*`;
const LEGAL =
  'Inc|Incorporated|Ltd|Limited|LLC|LLP|PLC|Plc|Corp|Corporation|Co|Company|GmbH|mbH|AG|KG|OHG|SA|SAS|SARL|SL|SpA|S\\.p\\.A|Srl|BV|NV|AB|AS|ASA|Oy|Oyj|Pty|Pte|Kft|Zrt|SE|KGaA|Ltda';
const NOUN =
  'Group|Holdings?|Partners|Associates|Bank|University|College|School|Institute|Foundation|Hospital|Clinic|Insurance|Airlines?|Airways|Motors|Pharmaceuticals?|Technologies|Solutions|Systems|Consulting|Industries|Enterprises|Laboratories|Labs|Records|Studios|Society|Association|Agency|Ministry|Council|Committee|Trust|Capital|Ventures|Logistics|Brothers|Bros|Sons|Church|Museum|Academy|Federation|Union|Club|Stores?|Supermarkets?|Energy|Electric|Telecom|Communications|Networks|Software|Media|Press';
// "Smith and Sons", "Rossi, Weber and Co", "Miller & Partners GmbH", "Acme Inc."
const withEnding = new RegExp(
  String.raw`(?<![\p{L}\p{N}])${NAME}(?:(?:,? (?:and |& |of |de |und |et |y )?|-)${NAME}){0,5}?,? (?:(?:and|&|und|et|y|e) )?(?:(?:${LEGAL})(?![\p{L}\p{N}])\.?|(?:${NOUN})(?![\p{L}\p{N}]))(?: (?:${LEGAL})(?![\p{L}\p{N}])\.?)?`,
  'gu',
);
const ofShape = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:${NAME} )?(?:University|Bank|Institute|Ministry|Department|College|Church|Museum|Council|Federation) (?:of|for) (?:the )?${NAME}(?: (?:and )?${NAME}){0,3}`,
  'gu',
);
// "Smith, Jones and Weber", "Garcia-Lopez" with nothing else, the names of firms of partners.
const partners = new RegExp(String.raw`(?<![\p{L}\p{N}])${NAME}, ${NAME},? (?:and|&) ${NAME}`, 'gu');
const employer =
  /\b(?:(?:work(?:s|ed|ing)?|job|employed|employee|intern(?:ed|ship)?|manager|engineer|consultant|position|career|role) (?:at|for|with|by)|employed by|hired by|acquired by|(?:ceo|cto|cfo|founder|co-founder|chairman|director|president|owner|head|employees|shares|shareholders|customers?|subsidiary|board) (?:of|at)|company(?: called| named| is)?|employer(?: is|:)?|joined|invest(?:ed|s)? in|on behalf of|my account (?:at|with))\s(?:the\s)?$/iu;
const doesAsFirmsDo =
  /^(?:'s|’s)?\s(?:announced|acquired|hired|employs|shares|stock|headquarters|customers|products|employees|ceo|is hiring|reported|merged|sells|website|office)\b/iu;
// The best known ones, which stand without an ending.
const wellKnown = new RegExp(
  String.raw`(?<![\p{L}\p{N}@.])(?:Google|Microsoft|Apple|Amazon|Facebook|Meta|Netflix|Tesla|IBM|Intel|Oracle|SAP|Samsung|Sony|Nokia|Siemens|Bosch|BMW|Volkswagen|Toyota|Honda|Nissan|Hyundai|Walmart|Ikea|IKEA|Nike|Adidas|Starbucks|McDonald's|Coca-Cola|Pepsi|Nestlé|Unilever|Pfizer|Novartis|Roche|Bayer|HSBC|Citibank|Barclays|JPMorgan|Deloitte|KPMG|PwC|Accenture|McKinsey|UNICEF|UNESCO|NATO|NASA|FBI|CIA|IRS|BBC|CNN|NBA|FIFA|WHO|UPS|FedEx|DHL|PayPal|Uber|Airbnb|Spotify|Twitter|LinkedIn|YouTube|Instagram|WhatsApp|Boeing|Airbus|Lufthansa|Vodafone|Verizon|AT&T)(?![\p{L}\p{N}@]|\.\p{L})`,
  'gu',
);

/** Organisations: by legal form or kind (`Ltd`, `University of`), by the words around, and a few that everyone knows. */
export function detectOrganisations(text: string, runs: readonly CapitalRun[]): PersonalDataSpan[] {
  return [
    ...[...matches(text, withEnding)].map((match) => spanOf(withoutOpening(match), 0.96, 'legal form or kind')),
    ...[...matches(text, ofShape)].map((match) => spanOf(match, 0.96, 'institution of a place or subject')),
    ...[...matches(text, partners)].filter(areSurnames).map((match) => spanOf(match, 0.97, 'surnames as partners')),
    ...[...matches(text, wellKnown)].map((match) => spanOf(match, 0.8, 'known to everyone')),
    ...byContext(text, runs),
  ];
}

const opening =
  /^(?:The|A|An|At|My|Our|Your|His|Her|In|From|For|With|Is|Has|When|If|And|But|I|Dear|This|That|Why|Who|Where|How|What|Please|Call|To|By|Of|On|Does|Did|Was|Are|Can|Mr|Mrs|Ms|Dr)\.? /u;

/** Without the words that only begin the sentence. */
function withoutOpening(match: { readonly start: number; readonly end: number; readonly value: string }): {
  readonly start: number;
  readonly end: number;
} {
  let { start, value } = match;
  for (
    let cut = opening.exec(value);
    cut !== null && value.slice(cut[0].length).includes(' ');
    cut = opening.exec(value)
  ) {
    start += cut[0].length;
    value = value.slice(cut[0].length);
  }
  return { start, end: match.end };
}

function areSurnames({ value }: { readonly value: string }): boolean {
  const names = value.split(/,? (?:and|&) |, /u);
  return names.every((name) => !isGivenName(name) || isSurname(name)) && names.some((name) => isSurname(name));
}

function byContext(text: string, runs: readonly CapitalRun[]): PersonalDataSpan[] {
  const spans: PersonalDataSpan[] = [];
  for (const run of runs) {
    const hyphenated =
      run.words.length === 1 && run.value.split('-').length === 2 && run.value.split('-').every(isSurname);
    if (saidBefore(text, run, employer)) {
      if (!isPlace(run.value)) spans.push(spanOf(run, hyphenated ? 0.93 : 0.86, 'the words before it say employer'));
    } else if (doesAsFirmsDo.test(text.slice(run.end, run.end + 30))) {
      if (!isGivenName(run.value)) spans.push(spanOf(run, 0.72, 'does as firms do'));
    } else if (hyphenated) spans.push(spanOf(run, 0.72, 'two surnames as one word'));
  }
  return spans;
}

function spanOf(
  place: { readonly start: number; readonly end: number },
  score: number,
  reason: string,
): PersonalDataSpan {
  return { start: place.start, end: place.end, type: 'organisation', score, reason };
}
