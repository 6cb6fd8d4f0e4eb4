import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const megabytes = z.coerce.number().int().min(1).max(65_536);
const seconds = z.coerce.number().int().min(1).max(86_400);

/** A bucket with a prefix in it or without one. */
const S3_PLACE = /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[\w.-]+)*\/?$/;

/** One variable: what it means, what it allows, its default. The table in docs/configuration.md is made from this. */
export interface Variable {
  readonly schema: z.ZodType;
  /** In words, for the error message and the table. */
  readonly allowed: string;
  /** As a person would type it; undefined: not set. */
  readonly fallback: string | undefined;
  readonly meaning: string;
  /** Never printed. */
  readonly secret?: true;
}

/** Every variable Plumbline reads. Nothing else in `src/` reads the environment. */
export const variables = {
  PORT: {
    schema: port,
    allowed: 'a whole number from 0 to 65535 (0: any free port)',
    fallback: '4400',
    meaning: 'Port the server listens on, on 127.0.0.1 only.',
  },
  PLUMB_HOME: {
    schema: z.string().min(1),
    allowed: 'a folder this user may write; it is created when missing',
    fallback: '.plumbline',
    meaning: 'Where the embedded database, blobs and indexes live.',
  },
  DATABASE_URL: {
    schema: z.string().regex(/^postgres(ql)?:\/\//),
    allowed: 'postgres://user:password@host:port/database',
    fallback: undefined,
    meaning: 'PostgreSQL server to use instead of the embedded database. Logs in as the non-owner role.',
    secret: true,
  },
  DATABASE_OWNER_URL: {
    schema: z.string().regex(/^postgres(ql)?:\/\//),
    allowed: 'postgres://user:password@host:port/database',
    fallback: undefined,
    meaning: 'Login of the role that owns the tables; used for migrations and system work. Default: DATABASE_URL.',
    secret: true,
  },
  PLUMB_URL: {
    schema: z.url(),
    allowed: 'an http or https address',
    fallback: undefined,
    meaning: 'Commands talk to this server instead of the one of this folder.',
  },
  PLUMB_TOKEN: {
    schema: z.string().min(16),
    allowed: 'the token from the server’s server.json',
    fallback: undefined,
    meaning: 'Token for PLUMB_URL.',
    secret: true,
  },
  PLUMB_INDEX: {
    schema: z.union([z.enum(['lancedb', 'pgvector']), z.string().regex(S3_PLACE)]),
    allowed: 'lancedb, pgvector, or s3://BUCKET/PREFIX',
    fallback: 'lancedb',
    meaning:
      'What holds the chunk index: LanceDB in PLUMB_HOME, the PostgreSQL server of DATABASE_URL with its extension pgvector, or LanceDB in S3-compatible storage.',
  },
  PLUMB_BLOBS: {
    schema: z.string().regex(S3_PLACE),
    allowed: 's3://BUCKET/PREFIX',
    fallback: undefined,
    meaning: 'S3-compatible storage for original files and texts. Default: the folder blobs in PLUMB_HOME.',
  },
  PLUMB_S3_ENDPOINT: {
    schema: z.url({ protocol: /^https?$/ }),
    allowed: 'an http or https address',
    fallback: undefined,
    meaning: 'Server of the s3:// places. Default: Amazon S3 of the region.',
  },
  PLUMB_S3_REGION: {
    schema: z.string().min(1),
    allowed: 'a region’s name',
    fallback: 'us-east-1',
    meaning: 'Region of the s3:// places; most servers other than Amazon’s take any.',
  },
  PLUMB_S3_ACCESS_KEY: {
    schema: z.string().min(1),
    allowed: 'an access key',
    fallback: undefined,
    meaning:
      'Login of the s3:// places, with PLUMB_S3_SECRET_KEY. Default: what the machine provides to Amazon’s tools.',
    secret: true,
  },
  PLUMB_S3_SECRET_KEY: {
    schema: z.string().min(1),
    allowed: 'the access key’s secret',
    fallback: undefined,
    meaning: 'Secret of PLUMB_S3_ACCESS_KEY.',
    secret: true,
  },
  PLUMB_SAMPLE: {
    schema: z.enum(['on', 'off']),
    allowed: 'on or off',
    fallback: 'on',
    meaning: 'Whether a new home gets the sample workspace.',
  },
  PLUMB_EMBEDDER: {
    schema: z.union([z.enum(['default', 'openai']), z.string().regex(/^folder:.+/)]),
    allowed: 'default, openai, or folder:PATH of a sentence-transformers ONNX model',
    fallback: 'default',
    meaning: 'What turns text into vectors. `default` runs inside this process and sends nothing anywhere.',
  },
  PLUMB_EMBEDDER_URL: {
    schema: z.url(),
    allowed: 'the base address of an OpenAI-compatible server, for example http://127.0.0.1:11434/v1',
    fallback: undefined,
    meaning: 'Server for PLUMB_EMBEDDER=openai.',
  },
  PLUMB_EMBEDDER_MODEL: {
    schema: z.string().min(1),
    allowed: 'a model name the server knows',
    fallback: undefined,
    meaning: 'Model for PLUMB_EMBEDDER=openai.',
  },
  PLUMB_EMBEDDER_KEY: {
    schema: z.string().min(1),
    allowed: 'an API key',
    fallback: undefined,
    meaning: 'Key for PLUMB_EMBEDDER=openai, if the server wants one.',
    secret: true,
  },
  PLUMB_EMBEDDER_PRIVATE: {
    schema: z.enum(['on', 'off']),
    allowed: 'on or off',
    fallback: 'off',
    meaning:
      'Whether the server of PLUMB_EMBEDDER=openai may see what is declared private. Say `on` only of what is yours.',
  },
  PLUMB_EMBEDDER_WORKERS: {
    schema: z.coerce.number().int().min(1).max(64),
    allowed: 'a whole number from 1 to 64',
    fallback: undefined,
    meaning: 'Worker threads of the local embedder. Default: cores − 1, at least 1.',
  },
  PLUMB_BUDGETS: {
    schema: z.string().min(1),
    allowed: 'path of a JSON file with a list of budgets (docs/budgets-and-usage.md)',
    fallback: undefined,
    meaning: 'What model calls may use at most: tokens, money, calls, time. Without it nothing is limited.',
  },
  PLUMB_MODELS: {
    schema: z.string().min(1),
    allowed: 'path of a JSON file',
    fallback: undefined,
    meaning:
      'File that declares the language models; see docs/models.md. Default: models.json in PLUMB_HOME, if it exists.',
  },
  PLUMB_RERANKER: {
    schema: z.string().min(1),
    allowed: 'a folder with the ONNX file and tokenizer.json of a cross-encoder',
    fallback: undefined,
    meaning:
      'Model that reads question and passages together in the preset `best`; see docs/retrieval-and-answers.md. Default: a declared rerank model, else none.',
  },
  PLUMB_NLI_MODEL: {
    schema: z.string().min(1),
    allowed: 'a folder with the ONNX file, tokenizer.json and config.json of a cross-encoder',
    fallback: undefined,
    meaning:
      'Model of natural language inference that checks the claims the local level does not decide; see docs/claims.md. Default: none.',
  },
  PLUMB_MODELS_RECORD: {
    schema: z.string().min(1),
    allowed: 'a folder; it is created when missing',
    fallback: undefined,
    meaning: 'For developers: replies of models are also written here, without keys; see docs/models.md.',
  },
  PLUMB_MODELS_REPLAY: {
    schema: z.string().min(1),
    allowed: 'a folder that PLUMB_MODELS_RECORD filled; not both',
    fallback: undefined,
    meaning: 'For developers: models are not asked; their replies are read from here.',
  },
  PLUMB_SEARCH_CACHE_MB: {
    schema: z.coerce.number().int().min(0).max(65_536),
    allowed: 'megabytes, a whole number from 0 to 65536; 0: nothing is kept',
    fallback: '32',
    meaning: 'Memory for results of searches and for vectors of questions; see docs/caches.md.',
  },
  PLUMB_QUERY_LOG: {
    schema: z.enum(['on', 'off']),
    allowed: 'on or off',
    fallback: 'off',
    meaning:
      'Whether questions and searches are kept for 30 days, for `plumb warm`; they may hold personal data. Off: those that were kept are deleted; see docs/caches.md.',
  },
  PLUMB_REPLY_CACHE: {
    schema: z.enum(['exact', 'semantic', 'off']),
    allowed: 'exact, semantic or off; semantic needs an embedder that runs here',
    fallback: 'exact',
    meaning: 'Whether replies of language models are kept for equal calls, or for paraphrases too; see docs/caches.md.',
  },
  PLUMB_PARSE_MEMORY_MB: {
    schema: megabytes,
    allowed: 'megabytes, a whole number from 1 to 65536',
    fallback: '1024',
    meaning: 'Memory a parser process may use before its file is quarantined.',
  },
  PLUMB_PARSE_STALL_SECONDS: {
    schema: seconds,
    allowed: 'seconds, a whole number from 1 to 86400',
    fallback: '10',
    meaning: 'A file whose parser makes no progress for this long is quarantined.',
  },
  PLUMB_MAX_FILE_MB: {
    schema: megabytes,
    allowed: 'megabytes, a whole number from 1 to 65536',
    fallback: '64',
    meaning: 'Larger files are quarantined unread.',
  },
} as const satisfies Record<string, Variable>;
