/** The thread that looks at long texts: answers each text with the spans in it. */
import { parentPort } from 'node:worker_threads';
import { findAll } from './find-all.ts';

parentPort?.on('message', (text: string) => parentPort?.postMessage(findAll(text)));
