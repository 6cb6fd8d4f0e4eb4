import { matches, type Place } from './context.ts';
import type { PersonalDataSpan } from './span.ts';

const CAPITAL = String.raw`\p{Lu}[\p{L}\p{M}.'’-]*`;
const NUMBER = String.raw`\d{1,5}(?:[ -]?[A-Za-z](?![\p{L}\p{N}]))?(?:[-/]\d{1,4})?`;
const TYPE =
  'Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Square|Sq|Terrace|Ter|Way|Circle|Cir|Parkway|Pkwy|Highway|Hwy|Trail|Trl|Crescent|Cres|Close|Grove|Gardens?|Row|Mews|Walk|Alley|Plaza|Loop|Pike|Quay|Hill|Ridge|Crossing|Esplanade|Parade|Broadway|Point|Run|Path|Park|View|Heights';
// The further kinds of the United States Postal Service (Publication 28, appendix C1); ordinary words, so a number comes before.
const POSTAL_TYPE =
  'Annex|Arcade|Bayou|Beach|Bend|Bluffs?|Bottom|Branch|Bridge|Brooks?|Burgs?|Bypass|Camp|Canyon|Cape|Causeway|Centers?|Cliffs?|Club|Commons?|Corners?|Course|Courts|Coves?|Creek|Crest|Crossroads?|Curve|Dale|Dam|Divide|Drives|Estates?|Expressway|Extensions?|Falls?|Ferry|Fields?|Flats?|Fords?|Forest|Forges?|Forks?|Fort|Freeway|Gateway|Glens?|Greens?|Groves|Harbors?|Haven|Hills|Hollow|Inlet|Islands?|Isle|Junctions?|Keys?|Knolls?|Lakes?|Land|Landing|Lights?|Loaf|Locks?|Lodge|Mall|Manors?|Meadows?|Mills?|Mission|Motorway|Mount|Mountains?|Neck|Orchard|Oval|Overpass|Parks|Parkways|Pass|Passage|Pines?|Plains?|Plaza|Points|Ports?|Prairie|Radial|Ramp|Ranch|Rapids?|Rest|Ridges|River|Roads|Route|Rue|Shoals?|Shores?|Skyway|Springs?|Spurs?|Squares|Station|Stravenue|Stream|Streets|Summit|Throughway|Trace|Track|Trafficway|Tunnel|Turnpike|Underpass|Unions?|Valleys?|Viaduct|Views|Villages?|Ville|Vista|Walks|Wall|Wells?';
/** Kinds that are hardly anything else after a capital, so that no number is needed. */
const NAMING_TYPE = 'Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Drive|Terrace|Parkway|Highway|Crescent|Alley';
const LEADING =
  'Rue|Avenue|Boulevard|Place|Chemin|Quai|Impasse|Allée|Via|Viale|Piazza|Corso|Vicolo|Calle|Avenida|Avda|Plaza|Paseo|Camino|Carrer|Rua|Praça|Travessa|ul|Ulica|al|os|pl|Str|Strada|Jalan|Ulitsa';
const UNIT = String.raw`(?:,? ?(?:Apt|Apartment|Suite|Ste|Unit|Flat|Floor|Room|#)\.? ?#?[\p{L}\p{N}-]{1,6})?`;
const DIRECTION = String.raw`(?: (?:N|S|E|W|NE|NW|SE|SW|North|South|East|West))?`;

const shapes: readonly (readonly [RegExp, number, string])[] = [
  [
    new RegExp(
      String.raw`(?<![\p{L}\p{N}#.-])${NUMBER},? (?:(?:${CAPITAL}|\d{1,3}(?:st|nd|rd|th)) ){1,4}(?:${TYPE}|${POSTAL_TYPE})(?![\p{L}\p{N}])\.?${DIRECTION}${UNIT}`,
      'gu',
    ),
    0.92,
    'number, name and kind of street',
  ],
  [
    new RegExp(
      String.raw`(?<![\p{L}\p{N}])(?:\d{1,4}(?: ?(?:bis|ter))?,? )?(?:${LEADING})\.? (?:(?:de|du|des|de la|della|dei|del|di|la|le|los|las|da|do|dos) ){0,2}(?:${CAPITAL} ?){1,4}(?:(?<= )|,? ?)(?:n[º°.] ?)?${NUMBER}(?![\p{L}\p{N}])`,
      'giu',
    ),
    0.85,
    'kind of street, name and number',
  ],
  [
    new RegExp(
      String.raw`(?<![\p{L}\p{N}])\d{1,4}(?: ?(?:bis|ter))?,? (?:rue|avenue|boulevard|place|chemin|quai|impasse|allée|via|calle) (?:(?:de|du|des|la|le|d['’]) ?){0,2}(?:${CAPITAL} ?){1,3}(?<! )`,
      'gu',
    ),
    0.85,
    'number, kind of street and name',
  ],
  [
    new RegExp(
      String.raw`(?<![\p{L}\p{N}])(?:${CAPITAL} ){0,2}(?:\p{Lu}[\p{L}\p{M}-]{2,}(?:stra(?:ß|ss)e|str\.|weg|gasse|platz|allee|ring|damm|ufer|straat|laan|plein|gracht|kade|vej|gade|veien|gata|gatan|vägen|katu|tie)|\p{Lu}[\p{L}\p{M}-]+ (?:utca|út|tér|körút|Straße|Strasse|Weg|Platz|Allee|ulice|nam\.|vej|gate)) ${NUMBER}(?![\p{L}\p{N}])\.?`,
      'gu',
    ),
    0.9,
    'name that ends in a kind of street, number',
  ],
  [
    new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${CAPITAL} ){1,2}(?:${NAMING_TYPE})(?![\p{L}\p{N}])`, 'gu'),
    0.72,
    'name and kind of street',
  ],
  [/(?<![\p{L}\p{N}])(?:Apt|Apartment|Suite|Ste|Flat)\.? \d{1,5}(?![\p{L}\p{N}])/gu, 0.6, 'part of a building'],
  [/(?<![\p{L}\p{N}])P\.? ?O\.? Box \d{1,6}/giu, 0.85, 'post office box'],
  [/(?<![\p{L}\p{N}])(?:Unit|PSC) \d{1,5},? Box \d{1,5}/giu, 0.9, 'military post'],
  [/(?<![\p{L}\p{N}])(?:USS|USNS|USNV|USCGC) \p{Lu}[\p{L}'’-]+(?=,? ?\n? ?(?:FPO|APO|DPO))/gu, 0.9, 'ship'],
];

// What an address goes on with when it is written as post offices ask for it: a unit, the town with state and ZIP code (USPS
// Publication 28) or after its postcode (UPU S42). Looser parts (a town alone, a country) are spans of their own kinds.
const POSTCODE = String.raw`(?:\d{5}(?:-\d{4})?|\p{Lu}{1,2}-?\d{4,5}|\d{4} ?\p{Lu}{2}|\d{3} ?\d{2,3}|\d{4}|\d{2}-\d{3}|\d{5}-\d{3}|\p{Lu}{1,2}\d[\p{Lu}\d]? ?\d\p{Lu}{2}|\p{Lu}\d\p{Lu} ?\d\p{Lu}\d)`;
const TOWN = String.raw`${CAPITAL}(?:[ -](?:${CAPITAL}|de|la|le|am|an der|sur|upon|on|di|del|do|da)){0,3}`;
const UNIT_NEXT = String.raw`(?:,? ?\n?|\s)(?:Apt|Apartment|Suite|Ste|Unit|Flat|Floor)\.? ?#?[\p{L}\p{N}-]{1,6}(?![\p{L}\p{N}])`;
const goesOn = [
  String.raw`(?:${UNIT_NEXT})?(?:,? ?\n ?|, ?| )${TOWN},?[ \n]\p{Lu}{2},? \d{5}(?:-\d{4})?(?![\p{L}\p{N}])`,
  String.raw`(?:${UNIT_NEXT})?(?:,? ?\n ?|, ?)${POSTCODE} ${TOWN}(?![\p{L}\p{N}])`,
  String.raw`(?:,? ?\n ?|, ?| )(?:APO|FPO|DPO),? (?:AE|AA|AP) \d{5}(?:-\d{4})?(?![\p{L}\p{N}])`,
].map((shape) => new RegExp(shape, 'yu'));

/** Its patterns, which are by far the longest of all. */
export const streetAddressPatterns: readonly RegExp[] = [...shapes.map(([shape]) => shape), ...goesOn];

/** Street addresses of many countries' forms, with the town, state and postcode that follow. */
export function detectStreetAddresses(text: string): PersonalDataSpan[] {
  const spans: PersonalDataSpan[] = [];
  for (const [shape, score, reason] of shapes) {
    for (const match of matches(text, shape)) {
      spans.push({ ...extended(text, match), type: 'street-address', score, reason });
    }
  }
  return spans;
}

function extended(text: string, { start, end }: Place): Place {
  let reached = end;
  for (let round = 0; round < 2; round++) {
    const next = goesOn.map((shape) => endOfMatch(text, shape, reached)).find((found) => found > reached);
    if (next === undefined) break;
    reached = next;
  }
  return { start, end: reached };
}

/** Where a sticky pattern ends when it matches at the offset; 0 when it does not. */
function endOfMatch(text: string, shape: RegExp, offset: number): number {
  shape.lastIndex = offset;
  return shape.test(text) ? shape.lastIndex : 0;
}
