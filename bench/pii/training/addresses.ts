import { below, pick, type Random } from '../../corpus/random.ts';
import { countryName } from './places.ts';
import { chance, digits } from './made-up-words.ts';
import { givenName, streetStem, surname, town } from './name-pools.ts';

type Maker = (random: Random) => string;

function houseNumber(random: Random): string {
  const kind = below(random, 100);
  const number = String(1 + below(random, pick(random, [9, 60, 200, 999, 4999])));
  if (kind < 72) return number;
  if (kind < 80) return `${number}${pick(random, ['a', 'b', 'c', 'A', 'B', 'D'])}`;
  if (kind < 86) return `${number}-${below(random, 90) + 1}`;
  if (kind < 93) return `${number}/${below(random, 90) + 1}`;
  return `${number} ${pick(random, ['a', 'b', 'A', 'C', 'bis'])}`;
}

/** A piece of an address: what it is called and what it is. */
export interface Piece {
  readonly text: string;
  /** The kind it is labelled as; none for what stands between. */
  readonly type?: 'street-address' | 'address-piece' | 'location' | undefined;
}

const unit: Maker = (random) =>
  pick(random, [
    `Apt. ${below(random, 990) + 1}`,
    `Suite ${below(random, 990) + 1}`,
    `Flat ${below(random, 40) + 1}`,
    `Unit ${below(random, 90) + 1}`,
    `#${below(random, 300) + 1}`,
    `Apt ${below(random, 30) + 1}B`,
    `Floor ${below(random, 20) + 1}`,
  ]);

const englishTypes =
  'Street St St. Avenue Ave Ave. Road Rd Rd. Lane Ln Drive Dr Boulevard Blvd Court Ct Place Way Close Terrace Crescent Circle Square Parkway Grove Gardens Hill Row Walk Mews Trail Highway Loop Plaza Alley Green View Rise Park Crest Ridge Bend Hollow Glen Point Landing Crossing Path Run Manor Harbor Meadows Field Springs Isle Pass Quay Wharf Parade'.split(
    ' ',
  );

/** Streets in English: number first. */
const english: Maker = (random) => {
  const type = pick(random, englishTypes);
  const name = chance(random, 15) ? `${streetStem(random)} ${streetStem(random)}` : streetStem(random);
  const ordinal = `${1 + below(random, 90)}${pick(random, ['st', 'nd', 'rd', 'th'])}`;
  const street = chance(random, 6)
    ? `${ordinal} ${pick(random, ['Street', 'St', 'Ave', 'Avenue'])}`
    : `${name} ${type}`;
  const direction = pick(random, ['N', 'S', 'E', 'W', 'North', 'West', 'NE', 'SW']);
  const kind = below(random, 100);
  const number = houseNumber(random);
  if (kind < 70) return `${number} ${street}`;
  if (kind < 78) return `${number} ${direction} ${street}`;
  if (kind < 84) return `${number} ${street} ${direction}`;
  return `${number}, ${street}`;
};

/** Streets whose kind comes first: Romance, Polish, Malay and others. */
const leading: Maker = (random) => {
  const type = pick(random, leadingTypes);
  const name = pick(random, [
    () => streetStem(random),
    () => streetStem(random),
    () => `${givenName(random)} ${surname(random)}`,
    () =>
      `${pick(random, ['de', 'de la', 'della', 'do', 'da', 'del', 'des', 'du', 'dos', 'San', 'Santa', 'di'])} ${streetStem(random)}`,
    () =>
      `${1 + below(random, 30)} ${pick(random, ['Maja', 'de Mayo', 'Settembre', 'de Maio', 'septembre', 'Listopada'])}`,
  ])();
  const number = houseNumber(random);
  return pick(random, [
    `${type} ${name} ${number}`,
    `${type} ${name} ${number}`,
    `${type} ${name} ${number}`,
    `${type} ${name}, ${number}`,
    `${type} ${name} nº ${number}`,
    `${number}, ${type.toLowerCase()} ${name}`,
    `${number}, ${type} ${name}`,
    `${number} ${type} ${name}`,
  ]);
};
const leadingTypes =
  'Rue|Rue|Avenue|Boulevard|Place|Chemin|Allée|Quai|Impasse|Via|Via|Via|Viale|Corso|Piazza|Strada|Contrada|Vicolo|Largo|Calle|Calle|C/|Avda.|Avenida|Paseo|Plaza|Ctra.|Camino|Ronda|Travesía|Carrer|Rua|Rua|Rua|Travessa|Praça|Estrada|Alameda|ul.|ul.|Ul.|al.|os.|Plac|Strada|Str.|Bulevardul|Ulitsa|Ulica|Prospekt|Jalan|Jl.|Lorong|Soi|Đường|Calea|Trg|Bulevar|Leoforos'.split(
    '|',
  );

/** Streets whose kind is the end of the word or the last word, the number after: Germanic, Nordic, Slavic, Hungarian, Baltic. */
const trailing: Maker = (random) => {
  const stem = streetStem(random);
  const ending = pick(random, endings);
  const name = ending.startsWith(' ') ? `${stem}${ending}` : `${stem}${pick(random, ['', '', '', 's', 'er'])}${ending}`;
  const prefix = chance(random, 10)
    ? `${pick(random, ['Am', 'An der', 'Auf dem', 'Alte', 'Neue', 'Norra', 'Södra', 'Gamle', 'Oude', 'Nieuwe', 'Stari', 'Na', 'U', 'Im', 'Zur', 'Stora', 'Vestre'])} `
    : '';
  return `${prefix}${name} ${houseNumber(random)}${chance(random, 8) ? '.' : ''}`;
};
const endings =
  'straße|strasse|str.|weg|gasse|platz|allee|ring|damm|ufer|hof|berg|steig| Straße| Weg| Platz| Allee|straat|laan|plein|gracht|kade|dijk|singel|steenweg|dreef|vej|gade|stræde|allé| Allé|veien|vegen|gata|gate|vei|bakken|haug|gatan|vägen|väg|gränd|backen|torg|stigen|gård| väg|katu|tie|kuja|polku|kaari|ranta| utca| út| tér| körút| u.| sor|stígur|vegur|holt|braut| cesta| ulica| ulice| ul.| nábřeží| náměstí| třída|ova|eva ulica|ova ulica| tn| pst| mnt| iela| gatvė| g.| Sokak| Cad.| Caddesi| Mah.| Sk. No:| prospekt| nam.'.split(
    '|',
  );

/** A name and a number with no word for street. */
const bare: Maker = (random) =>
  `${chance(random, 30) ? `${streetStem(random)} ` : ''}${streetStem(random)} ${houseNumber(random)}`;

/** Forms of Asia, Africa and the Gulf. */
const others: Maker = (random) => {
  const [name, area] = [streetStem(random), town(random)];
  const n = 1 + below(random, 300);
  return pick(random, [
    `${n}-${below(random, 20) + 1}-${below(random, 30) + 1} ${name}-cho`,
    `${n}-${below(random, 9) + 1} ${name}, ${area}-ku`,
    `${n}, ${name}-ro, ${area}-gu`,
    `No. ${n} ${name} Road`,
    `No.${n}, ${name} Lu`,
    `House ${n}, Road ${below(random, 40) + 1}, ${area}`,
    `Plot ${n}, Sector ${below(random, 60) + 1}`,
    `${n}, ${name} Nagar`,
    `${n}/${below(random, 20) + 1}, ${name} Marg`,
    `Flat ${n}, ${name} Apartments, ${area}`,
    `Block ${pick(random, ['A', 'B', 'C'])}, ${n} ${name} Road`,
    `PO Box ${digits(random, 4)}`,
    `P.O. Box ${digits(random, 3)}, ${n} ${name} ${pick(random, ['St.', 'Rd.', 'Av.', 'Ave', 'Street'])}`,
    `${n} ${name} St., No. ${below(random, 40)}`,
    `Unit ${n}, ${below(random, 99) + 1} ${name} Road`,
    `${name} ${pick(random, ['Street', 'Road', 'Avenue', 'Lane', 'Drive'])}`,
    `${name} Building, ${n} ${area} Road`,
    `Ap #${n}-${digits(random, 4)} ${name} ${pick(random, ['St.', 'Rd.', 'Av.', 'Avenue'])}`,
    `ул. ${pick(random, ['Ленина', 'Мира', 'Садовая', 'Пушкина'])}, ${n}`,
  ]);
};

const postcode: Maker = (random) =>
  pick(random, [
    () => digits(random, 5),
    () => digits(random, 5),
    () => digits(random, 4),
    () => `${digits(random, 3)} ${digits(random, 2)}`,
    () => `${digits(random, 2)}-${digits(random, 3)}`,
    () => `${digits(random, 4)}-${digits(random, 3)}`,
    () => `${digits(random, 5)}-${digits(random, 3)}`,
    () => `${letters(random, 2)}${below(random, 20) + 1} ${below(random, 9) + 1}${letters(random, 2)}`,
    () =>
      `${letters(random, 1)}${below(random, 10)}${letters(random, 1)} ${below(random, 10)}${letters(random, 1)}${below(random, 10)}`,
    () => `${digits(random, 4)} ${letters(random, 2)}`,
    () => digits(random, 6),
  ])();

function letters(random: Random, count: number): string {
  return Array.from({ length: count }, () => pick(random, 'ABCDEFGHKLMNPRSTW'.split(''))).join('');
}

/** What follows the street in the forms that post offices ask for; with it the address is one piece. */
const formalTail: Maker = (random) => {
  const code = digits(random, 5);
  const gap = pick(random, ['\n', '\n', ', ', ' ']);
  const inner = chance(random, 30) ? `${pick(random, [' ', ', ', '\n'])}${unit(random)}` : '';
  return `${inner}${gap}${pick(random, [
    `${town(random)}, ${letters(random, 2)} ${code}`,
    `${town(random)}, ${letters(random, 2)} ${code}`,
    `${town(random)} ${letters(random, 2)} ${code}`,
    `${postcode(random)} ${town(random)}`,
  ])}`;
};

/** Posts of the armed forces of the United States (USPS Publication 28, section 238). */
function military(random: Random): string {
  const comma = pick(random, [' ', ', ']);
  const where = pick(random, [
    `PSC ${digits(random, 3)}${comma}Box ${digits(random, 4)}`,
    `Unit ${digits(random, 4)}${comma}Box ${digits(random, 4)}`,
    `Unit ${digits(random, 5)}`,
    `USS ${surname(random)}`,
    `USNS ${surname(random)}`,
  ]);
  return `${where}${pick(random, ['\n', '\n', ', ', ' '])}${pick(random, ['APO', 'FPO', 'DPO'])} ${pick(random, ['AE', 'AA', 'AP'])} ${digits(random, 5)}`;
}

/** The rest of an address that is told piece by piece: unit, town, region, country, each of its own kind, joined tidily or not. */
function looseTail(random: Random): Piece[] {
  const place: Piece = { text: chance(random, 6) ? town(random).toUpperCase() : town(random), type: 'location' };
  const code: Piece = { text: postcode(random) };
  const region: Piece = { text: pick(random, [letters(random, 2), town(random)]), type: 'location' };
  const country: Piece = { text: countryName(random), type: 'location' };
  const pair: Piece[] = [{ text: `${code.text} ` }, place];
  const middle = pick<readonly Piece[]>(random, [
    [place],
    [place],
    [place, code],
    [place, region, code],
    [place, region],
    pair,
    [],
  ]);
  const last = chance(random, 50) ? (chance(random, 40) ? [country, code] : [country]) : [];
  const first: Piece[] = chance(random, 45) ? [{ text: unit(random), type: 'address-piece' }] : [];
  const tidy = pick(random, [', ', '\n', '\n', '\n', ' ']);
  const joint = (): string =>
    chance(random, 75) ? tidy : pick(random, [', ', '\n', ' ', '\n ', ' , ', '\n, ', ' - ', '\n> ', '\n   ']);
  return [...first, ...middle, ...last].flatMap((piece, index) => [
    { text: piece === place && middle === pair ? '' : index < first.length && chance(random, 60) ? ' ' : joint() },
    piece,
  ]);
}

/**
 * A street address of one of the world's forms. Inside a sentence, and in the forms post offices ask for, it is one piece with all
 * that belongs to it. On lines of its own, as in the head of a letter, each field is a piece: the number of a building, the street
 * with its house number, the unit; town and country are places.
 */
export function streetAddress(random: Random, { onItsOwnLine }: { readonly onItsOwnLine: boolean }): Piece[] {
  const kind = onItsOwnLine ? 'address-piece' : 'street-address';
  const street: Piece = { text: streetOf(random), type: kind };
  const form = below(random, 100);
  if (form < 4) return [{ text: military(random), type: 'street-address' }];
  if (form < 35) return [street];
  if (form < 50 && !onItsOwnLine) return [{ text: street.text + formalTail(random), type: kind }];
  const building: Piece[] = chance(random, 45)
    ? [{ text: digits(random, 2 + below(random, 4)), type: kind }, { text: pick(random, [' ', ' ', ', ']) }]
    : [];
  const pieces: Piece[] = [...building, street, ...looseTail(random)];
  if (onItsOwnLine) return pieces;
  return [{ text: pieces.map(({ text }) => text).join(''), type: kind }];
}

function streetOf(random: Random): string {
  const kind = below(random, 100);
  const maker = kind < 36 ? english : kind < 56 ? leading : kind < 78 ? trailing : kind < 86 ? bare : others;
  return maker(random);
}

/** Words that tell an address by themselves. */
export const addressWords: readonly string[] = [
  ...englishTypes,
  ...leadingTypes,
  ...endings.filter((ending) => ending.startsWith(' ')),
  ...'Apt Apartment Suite Flat Unit Floor Block Building House Plot Sector PO P O Box Box No Nagar Marg cho ku ro gu Lu am an der auf dem'.split(
    ' ',
  ),
]
  .flatMap((words) => words.trim().split(/[ .:]+/))
  .filter((word) => word !== '');
