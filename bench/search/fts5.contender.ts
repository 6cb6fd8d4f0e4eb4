/**
 * SQLite's FTS5 in memory: contentless table of the terms the product's own analysis makes, optimised after loading,
 * ordered by its `rank` column, which its documentation calls faster than `bm25()`. Any term may match, as in ours.
 */
import { DatabaseSync } from 'node:sqlite';
import { analyse } from '../../src/retrieval/index.ts';
import { generateChunks, inBatches } from './chunks.ts';
import { type Engine, resultCount, type SearchSetting } from './contract.ts';
import { serveEngine } from './serve-engine.ts';

async function build(setting: SearchSetting): Promise<Engine> {
  const database = new DatabaseSync(':memory:');
  database.exec(`CREATE VIRTUAL TABLE chunks USING fts5(terms, content='', tokenize='unicode61')`);
  const insert = database.prepare('INSERT INTO chunks (rowid, terms) VALUES (?, ?)');
  for await (const batch of inBatches(generateChunks(setting), 1_000)) {
    database.exec('BEGIN');
    for (const { number, text } of batch) insert.run(number + 1, analyse(text).join(' '));
    database.exec('COMMIT');
  }
  database.exec(`INSERT INTO chunks (chunks) VALUES ('optimize')`);
  const select = database.prepare('SELECT rowid FROM chunks WHERE chunks MATCH ? ORDER BY rank LIMIT ?');
  const text = (query: { text: string }): number[] => {
    const match = [...new Set(analyse(query.text))].map((term) => `"${term.replaceAll('"', '""')}"`).join(' OR ');
    return match === '' ? [] : select.all(match, resultCount).map((row) => Number(row['rowid']) - 1);
  };
  return { searches: { text } };
}

serveEngine(build);
