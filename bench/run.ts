/**
 * `npm run --silent bench -- NAME [ARGS]`: runs one benchmark and prints a table, or with `--json` one JSON object on
 * standard output and nothing else there. bench/README.md says what each figure means.
 */
import { Console } from 'node:console';
import { installPeers } from './install.ts';
import { buildReport, type Metrics, printJson, printTable } from './report/report.ts';

interface Benchmark {
  readonly usage: string;
  /** Whether it compares with the libraries in bench/package.json. */
  readonly needsPeers: boolean;
  load(): Promise<(args: readonly string[]) => Promise<Metrics>>;
}

const benchmarks: Record<string, Benchmark> = {
  quality: {
    usage:
      'quality FOLDER [FOLDER…] [--index pgvector | --through-product [--preset P]]   retrieval quality on BEIR folders',
    needsPeers: false,
    load: async () => (await import('./quality/quality.ts')).measureQuality,
  },
  ablation: {
    usage: 'ablation FOLDER                                what each stage of retrieval adds, through the product',
    needsPeers: false,
    load: async () => (await import('./ablation/ablation.ts')).measureAblation,
  },
  presets: {
    usage: 'presets FOLDER [FOLDER…]                       quality and latency of every preset, through the product',
    needsPeers: false,
    load: async () => (await import('./quality/presets.ts')).measurePresets,
  },
  ingest: {
    usage:
      'ingest [--files 10000] [--stub | --embedder]   ingest rate, memory, event loop; LangChain.js, LlamaIndex.TS',
    needsPeers: true,
    load: async () => (await import('./ingest/ingest.ts')).measureIngest,
  },
  search: {
    usage: 'search [--chunks 10000]                        search latency; MiniSearch, Orama, SQLite FTS5',
    needsPeers: true,
    load: async () => (await import('./search/search.ts')).measureSearch,
  },
  http: {
    usage: 'http [--chunks 100000] [--repeated] [--home HOME]   searches over HTTP: per second, latency at 60 a second',
    needsPeers: false,
    load: async () => (await import('./http/http.ts')).measureHttp,
  },
  warm: {
    usage: 'warm FOLDER                                    the same traffic after a cold start and after a warmed one',
    needsPeers: false,
    load: async () => (await import('./warm/warm.ts')).measureWarm,
  },
  scale: {
    usage:
      'scale [--chunks 100000,1000000] [--arms resampled,real,uniform] [--curve] [--folder FOLDER]   growth, recall, latency',
    needsPeers: false,
    load: async () => (await import('./scale/scale.ts')).measureScale,
  },
  pii: {
    usage: 'pii [FOLDER] [--train]                         personal data found, on labelled or generated sentences',
    needsPeers: false,
    load: async () => (await import('./pii/pii.ts')).measurePii,
  },
  answers: {
    usage:
      'answers FOLDER [--misses] [--home HOME]        answers against golden questions: citations, conflicts, time',
    needsPeers: false,
    load: async () => (await import('./answers/answers.ts')).measureAnswers,
  },
  abstention: {
    usage:
      'abstention FOLDER                              whether the confidence tells answerable questions from others',
    needsPeers: false,
    load: async () => (await import('./abstention/abstention.ts')).measureAbstention,
  },
  'answers-fit': {
    usage: 'answers-fit [--words] [--data FOLDER]          learns how sentences are ranked and whether to answer',
    needsPeers: false,
    load: async () => (await import('./answers-fit/answers-fit.ts')).fitAnswers,
  },
  'answers-met': {
    usage: 'answers-met --out FOLDER                       writes what the reader of answers is trained on',
    needsPeers: false,
    load: async () => (await import('./answers-fit/write-met.ts')).writeMet,
  },
  'answers-terms': {
    usage: 'answers-terms TEXTS --out FILE                 writes the terms that the vectors of words are learnt with',
    needsPeers: false,
    load: async () => (await import('./answers-fit/write-terms.ts')).writeTerms,
  },
  tables: {
    usage: 'tables FOLDER                                  tables of PDFs, against truth in the layout of ICDAR 2013',
    needsPeers: false,
    load: async () => (await import('./tables/tables.ts')).measureTables,
  },
  edits: {
    usage: 'edits [--seed 1]                               verdicts on quoted, rephrased and falsified sentences',
    needsPeers: false,
    load: async () => (await import('./edits/edits.ts')).measureEdits,
  },
  verifier: {
    usage: 'verifier FOLDER                                verdicts against people on labelled sets',
    needsPeers: false,
    load: async () => (await import('./verifier/verifier.ts')).measureVerifier,
  },
  'verifier-fit': {
    usage: 'verifier-fit [--seed 11] [--data FOLDER]       fits the weights of the local score on made pairs',
    needsPeers: false,
    load: async () => (await import('./verifier/verifier-fit.ts')).fitVerifier,
  },
  'semantic-cache': {
    usage: 'semantic-cache [--seed 2] [--choose] [--misses]   paraphrases answered from the cache, near misses not',
    needsPeers: false,
    load: async () => (await import('./semantic-cache/semantic-cache.ts')).measureSemanticCache,
  },
  streams: {
    usage: 'streams [--questions 400] [--streams 200]      answers over HTTP: first event, whole answer, many at once',
    needsPeers: false,
    load: async () => (await import('./streams/streams.ts')).measureStreams,
  },
  models: {
    usage:
      'models [--faults] [--rate 500] [--rounds 40]   what the door to models adds to a call; endings, leaks, money under faults',
    needsPeers: true,
    load: async () => (await import('./models/models.ts')).measureModels,
  },
  start: {
    usage: 'start [--runs 5]                               time from `npm start` to the cited answer, and memory',
    needsPeers: false,
    load: async () => (await import('./start/start.ts')).measureStart,
  },
};

async function main(given: readonly string[]): Promise<number> {
  const args = given.filter((argument) => argument !== '--json');
  const [name = '', ...rest] = args;
  const benchmark = Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined;
  if (benchmark === undefined) {
    const usages = Object.values(benchmarks).map(({ usage }) => `  ${usage}`);
    process.stderr.write(`Usage: npm run --silent bench -- NAME [ARGS] [--json]\n${usages.join('\n')}\n`);
    return name === '' || name === '--help' ? 0 : 2;
  }
  globalThis.console = new Console(process.stderr);
  if (benchmark.needsPeers) await installPeers();
  const measure = await benchmark.load();
  const report = buildReport(name, await measure(rest));
  if (given.includes('--json')) printJson(report);
  else printTable(report);
  return 0;
}

try {
  process.exit(await main(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`bench: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}
