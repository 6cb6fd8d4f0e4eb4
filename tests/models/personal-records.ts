/** One person who does not exist: what must not leave. */
export type PersonalRecord = Readonly<Record<string, string>>;

const given = [
  'Annelie',
  'Bertrand',
  'Chiamaka',
  'Dariusz',
  'Éloïse',
  'Fernanda',
  'Gökhan',
  'Hjördis',
  'Ignatius',
  'Jadwiga',
];
const family = [
  'Ashdown-Vale',
  'Brzęczek',
  'Castellanos',
  'Dimitrova',
  "O'Rourke-Lind",
  'Fjeldstad',
  'Grünewald',
  'Hernández',
];
const streets = ['Lindenallee', 'Mill Lane', 'Rua do Carmo', 'Calle Mayor', 'Østergade', 'Harbour Street'];
const conditions = ['type 2 diabetes', 'atrial fibrillation', 'coeliac disease', 'chronic migraine'];

/** Everything about person number `index`; each value belongs to no other person. */
export function personalRecord(index: number): PersonalRecord {
  const tag = index.toString(36).padStart(4, '0');
  const first = given[index % given.length] ?? '';
  const last = `${family[index % family.length] ?? ''}-${tag}`;
  const digits = (length: number, salt: number): string =>
    String((index * 7_919 + salt) % 10 ** length).padStart(length, String((salt % 8) + 1));
  return {
    name: `${first} ${last}`,
    email: `p${tag}.${digits(4, 31)}@example-${tag}.org`,
    phone: `+49 151 ${digits(8, 20_000_003)}`,
    iban: iban(digits(10, 1_000_000_007), digits(8, 50_000_017)),
    card: withLuhn(`4539${digits(5, 40_009)}${digits(6, 600_011)}`),
    ssn: `${100 + (index % 500)}-${10 + (index % 80)}-${digits(4, 4_001)}${tag.slice(-1)}`,
    address: `${10 + index} ${streets[index % streets.length] ?? ''}, ${digits(5, 10_007)} Town ${tag}`,
    born: `born 19${50 + (index % 50)}-0${1 + (index % 9)}-1${index % 10} as ${tag}`,
    health: `${conditions[index % conditions.length] ?? ''} since visit ${tag}-${digits(5, 70_001)}`,
  };
}

function withLuhn(digits: string): string {
  const sum = digits
    .split('')
    .reverse()
    .reduce((all, digit, position) => {
      const value = Number(digit) * (position % 2 === 0 ? 2 : 1);
      return all + (value > 9 ? value - 9 : value);
    }, 0);
  return digits + String((10 - (sum % 10)) % 10);
}

/** A German account: mod-97 check digits (ISO 13616). */
function iban(account: string, bank: string): string {
  const check = 98n - (BigInt(`${bank}${account}131400`) % 97n);
  return `DE${String(check).padStart(2, '0')}${bank}${account}`;
}
