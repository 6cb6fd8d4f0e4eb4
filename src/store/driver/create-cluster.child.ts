/** Makes a new, empty data directory and exits: initdb's memory (400 MB) goes with the process. Started by `create-cluster.ts`. */
import { PGlite } from '@electric-sql/pglite';
import { PGLITE_START } from './pglite-settings.ts';

const [, , directory] = process.argv;
if (directory === undefined) throw new Error('usage: create-cluster DIRECTORY');
const database = await PGlite.create(directory, PGLITE_START);
await database.close();
process.exit(0);
