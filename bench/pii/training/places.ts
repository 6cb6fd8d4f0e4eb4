import { below, pick, type Random } from '../../corpus/random.ts';
import { countries } from '../../../src/guard/personal-data/lexicon/countries.ts';
import { capitalised } from './made-up-words.ts';
import { town } from './name-pools.ts';

const lines = countries
  .trim()
  .split('\n')
  .map((line) => line.split(' = '));

/** A country, as it is written in English. */
export function countryName(random: Random): string {
  return capitalised(pick(random, lines)[0] ?? 'Kenya').replace(/ (And|Of|The) /g, (word) => word.toLowerCase());
}

/** A nationality. */
export function nationality(random: Random): string {
  const [, adjectives = ''] = pick(random, lines);
  return capitalised(adjectives.split(',')[0] ?? '') || 'French';
}

const regions =
  'Texas|Ohio|Bavaria|Queensland|Ontario|Tuscany|Andalusia|Kerala|Normandy|Scotland|Wales|California|Catalonia|Silesia|Bahia|Patagonia|the Netherlands|the Philippines|the UK|the US|the United States|USA|UK|Europe|South America|Lapland'.split(
    '|',
  );

/** A town, a country or a region. */
export function placeName(random: Random): string {
  const kind = below(random, 100);
  if (kind < 60) return town(random);
  if (kind < 88) return countryName(random);
  return pick(random, regions).replace(/^the /, '');
}
