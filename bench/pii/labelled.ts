import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PersonalDataType } from '../../src/guard/index.ts';

/** A place of a text that someone says is personal data of a kind. */
export interface LabelledSpan {
  /** First UTF-16 code unit. */
  readonly start: number;
  /** One past the last UTF-16 code unit. */
  readonly end: number;
  /** A kind of ours, or the other's name for one that we have none for: nothing found can be right there. */
  readonly type: string;
}

/** A text with all the personal data in it. */
export interface Labelled {
  readonly text: string;
  readonly spans: readonly LabelledSpan[];
}

/** Our kind for each of the names that Presidio's evaluation sets use. */
const presidioTypes: Readonly<Record<string, PersonalDataType>> = {
  PERSON: 'person',
  TITLE: 'title',
  ORGANIZATION: 'organisation',
  GPE: 'location',
  LOCATION: 'location',
  STREET_ADDRESS: 'street-address',
  ZIP_CODE: 'postcode',
  NRP: 'group',
  EMAIL_ADDRESS: 'email',
  PHONE_NUMBER: 'phone',
  DOMAIN_NAME: 'url',
  URL: 'url',
  IP_ADDRESS: 'ip-address',
  CREDIT_CARD: 'payment-card',
  IBAN_CODE: 'iban',
  US_SSN: 'us-ssn',
  US_DRIVER_LICENSE: 'driver-licence',
  DATE_TIME: 'date',
  AGE: 'age',
};

/**
 * Reads `synth.jsonl` of a folder, or those of the folders in it: one JSON a line with `full_text` and `spans` of `entity_type`, `start_position`,
 * `end_position`. Offsets count code points there and are turned into UTF-16 code units.
 */
export async function readLabelled(folder: string): Promise<Labelled[]> {
  const files: string[] = [];
  for await (const file of glob(['synth.jsonl', '*/synth.jsonl'], { cwd: folder })) files.push(file);
  if (files.length === 0) throw new Error(`${folder} has no synth.jsonl, nor has a folder in it.`);
  const labelled: Labelled[] = [];
  for (const file of files.toSorted()) {
    const lines = (await readFile(join(folder, file), 'utf8')).split('\n');
    labelled.push(...lines.filter((line) => line.trim() !== '').map(parseLine));
  }
  return labelled;
}

function parseLine(line: string): Labelled {
  const row = JSON.parse(line) as {
    readonly full_text: string;
    readonly spans: readonly {
      readonly entity_type: string;
      readonly start_position: number;
      readonly end_position: number;
    }[];
  };
  const points = Array.from(row.full_text);
  const unit = (count: number): number => points.slice(0, count).join('').length;
  const spans = row.spans.map(({ entity_type: name, start_position: start, end_position: end }) => ({
    start: unit(start),
    end: unit(end),
    type: presidioTypes[name] ?? name,
  }));
  return { text: row.full_text, spans };
}
