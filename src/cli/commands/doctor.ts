import { access, constants, mkdir } from 'node:fs/promises';
import type { Command } from 'commander';
import type { z } from 'zod';
import { fromUnknown } from '../../base/index.ts';
import type { cachesSchema, collectionSchema, comparisonSchema } from '../../server/index.ts';
import type { ApiClient } from '../client/api-client.ts';
import { runningServer } from '../client/connect.ts';
import { type CommandContext, contextOf, EXIT, present, withApi } from '../command.ts';

/** One thing that was looked at. */
interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** `plumb doctor` */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('Check this installation: runtime, home, model, database, index against store')
    .addHelpText('after', '\nExamples:\n  plumb doctor\n  plumb doctor --json\n')
    .action(async (_: object, command: Command) => {
      const context = await contextOf(command);
      const findings = [
        ...(await examine('runtime', () => Promise.resolve(`Node ${process.version}`))),
        ...(await examine('home', () => writableHome(context))),
        ...(await examine('server', () => serverState(context))),
        ...(await examine('model', () => modelState(context))),
        ...(await examineStore(context)),
      ];
      present(context, findings, (terminal) => {
        for (const { check, ok, detail } of findings) {
          const mark = ok ? terminal.style('green', 'ok  ') : terminal.style('red', 'FAIL');
          terminal.print(`${mark}  ${check.padEnd(18)} ${detail}`);
        }
      });
      if (findings.some((finding) => !finding.ok)) process.exitCode = EXIT.failed;
    });
}

async function examine(check: string, look: () => Promise<string>): Promise<Finding[]> {
  try {
    return [{ check, ok: true, detail: await look() }];
  } catch (thrown) {
    return [{ check, ok: false, detail: fromUnknown(thrown).message }];
  }
}

async function writableHome({ config }: CommandContext): Promise<string> {
  await mkdir(config.home, { recursive: true, mode: 0o700 });
  await access(config.home, constants.W_OK);
  return config.home;
}

async function serverState({ config }: CommandContext): Promise<string> {
  const address = await runningServer(config);
  return address === null ? 'none running on this home' : `running at ${address}`;
}

async function modelState({ config }: CommandContext): Promise<string> {
  if (config.embedder.kind === 'openai') return `${config.embedder.model} at ${config.embedder.url}`;
  const model = config.embedder.kind === 'folder' ? config.embedder.folder : 'default';
  const { testModel } = await import('../../models/index.ts');
  const report = await testModel(model, { home: config.home });
  return `${report.id}, ${report.msPerText.toFixed(1)} ms a text`;
}

async function examineStore(context: CommandContext): Promise<Finding[]> {
  const findings: Finding[] = [];
  const opened = await examine('database', async () => {
    await withApi(context, async ({ client }) => {
      const { items } = await client.get<{ items: z.infer<typeof collectionSchema>[] }>('/v1/collections');
      findings.push(...(await examine('caches', () => cachesState(client))));
      for (const { name } of items) findings.push(...(await examine(`index ${name}`, () => indexState(client, name))));
    });
    return context.config.databaseUrl === null ? 'embedded' : 'PostgreSQL';
  });
  return [...opened, ...findings];
}

async function cachesState(client: ApiClient): Promise<string> {
  const { searches, questions, replies } = await client.get<z.infer<typeof cachesSchema>>('/v1/caches');
  const told = [`searches ${hitsOf(searches)}`, `questions ${hitsOf(questions)}`];
  if (replies !== null) {
    const hits = replies.exactHits + replies.semanticHits;
    told.push(`replies ${hitsOf({ hits, misses: replies.misses, evictions: replies.evicted })}`);
  }
  return told.join('; ');
}

function hitsOf(counts: { readonly hits: number; readonly misses: number; readonly evictions: number }): string {
  return `${counts.hits} of ${counts.hits + counts.misses} hit, ${counts.evictions} evicted`;
}

type Comparison = z.infer<typeof comparisonSchema>;

async function indexState(client: ApiClient, name: string): Promise<string> {
  const path = `/v1/collections/${encodeURIComponent(name)}/check`;
  const { text, vectors } = await client.get<{ text: Comparison; vectors: Comparison }>(path);
  const wrong = [text, vectors].reduce((sum, each) => sum + each.missing + each.surplus + each.duplicated, 0);
  if (wrong > 0) throw new Error(`${wrong} entries differ from the store; run: plumb reindex ${name}`);
  return `equals the store (${vectors.stored} chunks)`;
}
