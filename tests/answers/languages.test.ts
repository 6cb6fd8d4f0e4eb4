import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Collection, createPlatform, loadConfig, type Platform } from '../../src/index.ts';
import { copyTemplate } from '../../src/store/database-template.ts';
import { createFixedEmbedder } from '../../src/testing.ts';

const RULES = {
  'de.md':
    '# Urlaub\n\nDie Beschäftigten haben einen Anspruch auf 27 bezahlte Urlaubstage im Jahr. Die Kantine ist am Freitag geschlossen.',
  'fr.md': '# Congés\n\nLes salariés ont droit à 28 jours de congés payés par an. La cantine est fermée le vendredi.',
  'es.md':
    '# Vacaciones\n\nLos empleados tienen derecho a 29 días de vacaciones pagadas al año. La cantina está cerrada los viernes.',
} as const;

let home: string;
let platform: Platform;
let collection: Collection;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'plumb-languages-'));
  await copyTemplate(home);
  const config = loadConfig({ PLUMB_HOME: home, PLUMB_SAMPLE: 'off' }, home);
  platform = await createPlatform(config, { embedder: createFixedEmbedder({}) });
  const context = platform.localContext();
  collection = await platform.ingest.ensureCollection(context, { name: 'rules' });
  for (const [name, text] of Object.entries(RULES)) {
    const given = { name, bytes: new TextEncoder().encode(text), declaredType: undefined, given: {} };
    await platform.ingest.upload(context, { collection, signal: AbortSignal.timeout(60_000) }, given);
  }
  await platform.ingest.idle(context);
}, 120_000);

afterAll(async () => {
  await platform.close();
  await rm(home, { recursive: true, force: true });
});

it.each([
  ['Wie viele bezahlte Urlaubstage haben die Beschäftigten im Jahr?', '27 bezahlte Urlaubstage'],
  ['Combien de jours de congé payé les salariés ont-ils par an ?', '28 jours de congés payés'],
  ['¿Cuántos días de vacaciones pagadas tienen los empleados al año?', '29 días de vacaciones pagadas'],
])('answers in the words of the sources: %s', async (text, words) => {
  const signal = AbortSignal.timeout(60_000);
  const context = platform.localContext();
  const answer = await platform.ask(context, { collection, text, asOf: null, filter: { op: 'all' }, signal });
  expect(answer).toMatchObject({ kind: 'extractive' });
  expect(answer.text).toContain(words);
  expect(answer.text).not.toMatch(/Kantine|cantine|cantina/);
});

it.each([
  ['Wo steht der Drucker für die Beschäftigten?', ['steht', 'Drucker', 'Beschäftigten']],
  ['Où est l’imprimante pour les salariés ?', ['l’imprimante', 'salariés']],
  ['¿Dónde está la impresora de los empleados?', ['impresora', 'empleados']],
])('says which words of the question it looked for, no function words among them: %s', async (text, lookedFor) => {
  const signal = AbortSignal.timeout(60_000);
  const context = platform.localContext();
  const answer = await platform.ask(context, { collection, text, asOf: null, filter: { op: 'all' }, signal });
  expect(answer).toMatchObject({ kind: 'abstained', missing: { lookedFor: expect.arrayContaining(lookedFor) } });
  expect(answer.missing?.lookedFor.length).toBeLessThanOrEqual(lookedFor.length + 1);
  expect(answer.missing?.notFound).not.toContain(lookedFor.at(-1));
});
