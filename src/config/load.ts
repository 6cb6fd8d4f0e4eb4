import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { PlumblineError } from '../base/index.ts';
import { type Variable, variables } from './schema.ts';

type Name = keyof typeof variables;

/** The platform's configuration, validated. */
export interface Config {
  readonly port: number;
  /** Absolute path. */
  readonly home: string;
  readonly databaseUrl: string | null;
  readonly databaseOwnerUrl: string | null;
  /** Where commands go instead of this folder's own server. */
  readonly remote: { readonly url: string; readonly token: string | null } | null;
  /** `pgvector` needs a `databaseUrl`; `lancedb` is on disk unless `indexPlace` names a bucket. */
  readonly index: 'lancedb' | 'pgvector';
  readonly indexPlace: S3PlaceConfig | null;
  /** Null: in the home. */
  readonly blobsPlace: S3PlaceConfig | null;
  readonly s3: S3AccessConfig;
  readonly sample: boolean;
  readonly embedder: EmbedderConfig;
  /** Absolute path of the file of budgets. */
  readonly budgetsFile: string | null;
  readonly models: {
    /** Absolute path of the registry; it need not exist. */
    readonly file: string;
    /** Reads a key whose variable the registry names; a function, so that printing a configuration shows no key. */
    readonly key: (variable: string) => string | undefined;
    /** Whether replies are written into a folder (absolute path), or read from it; null: neither. */
    readonly recording: { readonly mode: 'record' | 'replay'; readonly folder: string } | null;
  };
  /** Absolute path of the folder of an inference model. */
  readonly nliModel: string | null;
  /** For results of searches and vectors of questions; 0: none is kept. */
  readonly searchCacheBytes: number;
  /** Absolute path of a cross-encoder's folder; null: none. */
  readonly rerankModel: string | null;
  /** Which replies of models are kept for calls to come. */
  /** Whether searches are kept for warming the caches. */
  readonly queryLog: boolean;
  readonly replyCache: 'exact' | 'semantic' | 'off';
  readonly parsing: {
    readonly memoryMb: number;
    readonly stallMs: number;
    readonly maxFileBytes: number;
  };
}

/** A place in an S3-compatible bucket. */
export interface S3PlaceConfig {
  readonly bucket: string;
  /** Without slashes at its ends; '': the whole bucket. */
  readonly prefix: string;
}

/** How S3-compatible storage is reached. */
export interface S3AccessConfig {
  /** Null: Amazon's own for the region. */
  readonly endpoint: string | null;
  readonly region: string;
  /** Null: what the machine provides. */
  readonly login: { readonly accessKeyId: string; readonly secretAccessKey: string } | null;
}

/** Which embedder, and how to reach it. */
export type EmbedderConfig =
  | { readonly kind: 'default'; readonly workers: number }
  | { readonly kind: 'folder'; readonly folder: string; readonly workers: number }
  | {
      readonly kind: 'openai';
      readonly url: string;
      readonly model: string;
      readonly key: string | null;
      /** Whether it may see what is declared private. */
      readonly private: boolean;
    };

/** A variable has a value that cannot be used, or one that is needed is missing. */
export class ConfigInvalid extends PlumblineError {
  constructor(name: string, given: string, allowed: string) {
    super({
      code: 'config.invalid',
      kind: 'caller',
      message: `${name} is ${given}. Allowed: ${allowed}. Correct it in the environment or in .env and start again.`,
      details: { name, allowed },
    });
  }
}

/**
 * Reads and checks the environment; a `.env` file in the working folder fills in what the environment does not set.
 * @param environment usually `process.env`
 * @param folder where `.env` is looked for and relative paths start
 * @throws ConfigInvalid naming the variable, what was given, what is allowed
 */
export function loadConfig(environment: Readonly<Record<string, string | undefined>>, folder: string): Config {
  const file = resolve(folder, '.env');
  const fromFile = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  const read = <N extends Name>(name: N) => readVariable(name, environment[name] ?? fromFile[name]);
  const workers = (read('PLUMB_EMBEDDER_WORKERS') as number | undefined) ?? Math.max(1, availableParallelism() - 1);
  const url = read('PLUMB_URL') as string | undefined;
  const budgets = read('PLUMB_BUDGETS') as string | undefined;
  const nliModel = read('PLUMB_NLI_MODEL') as string | undefined;
  const rerankModel = read('PLUMB_RERANKER') as string | undefined;
  return {
    port: read('PORT') as number,
    home: resolve(folder, read('PLUMB_HOME') as string),
    databaseUrl: (read('DATABASE_URL') as string | undefined) ?? null,
    databaseOwnerUrl: (read('DATABASE_OWNER_URL') as string | undefined) ?? null,
    remote: url === undefined ? null : { url, token: (read('PLUMB_TOKEN') as string | undefined) ?? null },
    index: readIndex(read),
    indexPlace: readPlace(read('PLUMB_INDEX') as string),
    blobsPlace: readPlace(read('PLUMB_BLOBS') as string | undefined),
    s3: readS3(read),
    sample: read('PLUMB_SAMPLE') === 'on',
    embedder: readEmbedder(read, folder, workers),
    budgetsFile: budgets === undefined ? null : resolve(folder, budgets),
    models: {
      file: resolve(
        folder,
        (read('PLUMB_MODELS') as string | undefined) ?? join(read('PLUMB_HOME') as string, 'models.json'),
      ),
      key: (variable) => environment[variable] ?? fromFile[variable],
      recording: readRecording(read, folder),
    },
    rerankModel: rerankModel === undefined ? null : resolve(folder, rerankModel),
    nliModel: nliModel === undefined ? null : resolve(folder, nliModel),
    searchCacheBytes: (read('PLUMB_SEARCH_CACHE_MB') as number) * 1024 * 1024,
    queryLog: read('PLUMB_QUERY_LOG') === 'on',
    replyCache: readReplyCache(read),
    parsing: {
      memoryMb: read('PLUMB_PARSE_MEMORY_MB') as number,
      stallMs: (read('PLUMB_PARSE_STALL_SECONDS') as number) * 1000,
      maxFileBytes: (read('PLUMB_MAX_FILE_MB') as number) * 1024 * 1024,
    },
  };
}

function readVariable(name: Name, given: string | undefined): unknown {
  const variable: Variable = variables[name];
  const text = given === undefined || given === '' ? variable.fallback : given;
  if (text === undefined) return undefined;
  const result = variable.schema.safeParse(text);
  if (result.success) return result.data;
  throw new ConfigInvalid(name, variable.secret ? 'set to something else' : JSON.stringify(text), variable.allowed);
}

function readIndex(read: (name: Name) => unknown): Config['index'] {
  const index = read('PLUMB_INDEX') === 'pgvector' ? 'pgvector' : 'lancedb';
  if (index === 'pgvector' && read('DATABASE_URL') === undefined) {
    throw new ConfigInvalid('DATABASE_URL', 'not set but PLUMB_INDEX=pgvector', variables.DATABASE_URL.allowed);
  }
  return index;
}

function readRecording(read: (name: Name) => unknown, folder: string): Config['models']['recording'] {
  const record = read('PLUMB_MODELS_RECORD') as string | undefined;
  const replay = read('PLUMB_MODELS_REPLAY') as string | undefined;
  if (record !== undefined && replay !== undefined) {
    const { allowed } = variables.PLUMB_MODELS_REPLAY;
    throw new ConfigInvalid('PLUMB_MODELS_REPLAY', 'set together with PLUMB_MODELS_RECORD', allowed);
  }
  if (record !== undefined) return { mode: 'record', folder: resolve(folder, record) };
  return replay === undefined ? null : { mode: 'replay', folder: resolve(folder, replay) };
}

/** A question may be private: it is not sent to an embedder elsewhere to look for its like. */
function readReplyCache(read: (name: Name) => unknown): Config['replyCache'] {
  const choice = read('PLUMB_REPLY_CACHE') as Config['replyCache'];
  if (choice === 'semantic' && read('PLUMB_EMBEDDER') === 'openai') {
    const { allowed } = variables.PLUMB_REPLY_CACHE;
    throw new ConfigInvalid('PLUMB_REPLY_CACHE', 'semantic but PLUMB_EMBEDDER=openai', allowed);
  }
  return choice;
}

function readPlace(given: string | undefined): S3PlaceConfig | null {
  if (given?.startsWith('s3://') !== true) return null;
  const [bucket = '', ...rest] = given.slice('s3://'.length).split('/');
  return { bucket, prefix: rest.join('/').replace(/\/$/, '') };
}

function readS3(read: (name: Name) => unknown): S3AccessConfig {
  const [accessKeyId, secretAccessKey] = [read('PLUMB_S3_ACCESS_KEY'), read('PLUMB_S3_SECRET_KEY')];
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined)) {
    const [missing, given] =
      accessKeyId === undefined
        ? (['PLUMB_S3_ACCESS_KEY', 'PLUMB_S3_SECRET_KEY'] as const)
        : (['PLUMB_S3_SECRET_KEY', 'PLUMB_S3_ACCESS_KEY'] as const);
    throw new ConfigInvalid(missing, `not set but ${given} is`, variables[missing].allowed);
  }
  const login =
    accessKeyId === undefined
      ? null
      : { accessKeyId: accessKeyId as string, secretAccessKey: secretAccessKey as string };
  const endpoint = (read('PLUMB_S3_ENDPOINT') as string | undefined) ?? null;
  return { endpoint, region: read('PLUMB_S3_REGION') as string, login };
}

function readEmbedder(read: (name: Name) => unknown, folder: string, workers: number): EmbedderConfig {
  const choice = read('PLUMB_EMBEDDER') as string;
  if (choice === 'default') return { kind: 'default', workers };
  if (choice.startsWith('folder:')) {
    return { kind: 'folder', folder: resolve(folder, choice.slice('folder:'.length)), workers };
  }
  const needed = (name: 'PLUMB_EMBEDDER_URL' | 'PLUMB_EMBEDDER_MODEL'): string => {
    const value = read(name) as string | undefined;
    if (value === undefined)
      throw new ConfigInvalid(name, 'not set but PLUMB_EMBEDDER=openai', variables[name].allowed);
    return value;
  };
  return {
    kind: 'openai',
    url: needed('PLUMB_EMBEDDER_URL'),
    model: needed('PLUMB_EMBEDDER_MODEL'),
    key: (read('PLUMB_EMBEDDER_KEY') as string | undefined) ?? null,
    private: read('PLUMB_EMBEDDER_PRIVATE') === 'on',
  };
}

/** The table of docs/configuration.md: every variable, its default, what it allows, what it means. Markdown. */
export function configurationTable(): string {
  const rows = Object.entries(variables).map(([name, variable]: [string, Variable]) => {
    const fallback = variable.fallback === undefined ? '' : `\`${variable.fallback}\``;
    return `| \`${name}\` | ${fallback} | ${variable.allowed} | ${variable.meaning} |`;
  });
  return ['| variable | default | allowed | meaning |', '|---|---|---|---|', ...rows].join('\n');
}
