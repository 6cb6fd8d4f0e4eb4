import { type Command, Option } from 'commander';
import type { z } from 'zod';
import type { ExplainQuery, ModelEntry, ModelRegistry } from '../../models/index.ts';
import type { declaredCollectionSchema } from '../../server/index.ts';
import { type CommandContext, contextOf, EXIT, present, withApi } from '../command.ts';
import { table } from '../terminal/terminal.ts';

/** `plumb models` */
export function addModelCommands(program: Command): void {
  const models = program
    .command('models')
    .description('Models: those that turn text into vectors here, and the declared language models')
    .addHelpText(
      'after',
      '\nExamples:\n  plumb models\n  plumb models test default\n  plumb models pull https://huggingface.co/sentence-transformers/all-MiniLM-L12-v2\n',
    );
  addList(models);
  addPull(models);
  addTest(models);
  addExplain(models);
}

function addList(models: Command): void {
  models
    .command('list', { isDefault: true })
    .description('Show those there are')
    .addHelpText('after', '\nExample:\n  plumb models list\n')
    .action(async (_: object, command: Command) => {
      const context = await contextOf(command);
      const { listModels, loadRegistry } = await import('../../models/index.ts');
      const found = await listModels(context.config.home);
      const { file, key } = context.config.models;
      const declared = loadRegistry(file, key).models.map(asListed);
      present(context, [...found, ...declared], (terminal) => {
        const rows = found.map((model) => [
          model.name,
          model.dimensions === null ? '?' : String(model.dimensions),
          model.onnxBytes === null ? '?' : `${Math.round(model.onnxBytes / 1e6)} MB`,
          model.problem ?? (model.shipped ? 'shipped' : (model.source ?? model.folder)),
        ]);
        for (const line of table([['MODEL', 'DIMENSIONS', 'SIZE', 'FROM'], ...rows])) terminal.print(line);
        if (declared.length === 0) return;
        const told = declared.map((one) => [
          one.name,
          one.kind,
          one.private ? 'yes' : 'no',
          String(one.level),
          one.problem ?? one.provider,
        ]);
        terminal.print('');
        for (const line of table([['DECLARED', 'KIND', 'PRIVATE', 'LEVEL', 'PROVIDER'], ...told])) terminal.print(line);
      });
    });
}

/** A declared model as a line of the list. */
function asListed({ id, kind, level, provider, private: isPrivate }: ModelEntry) {
  const [missing] = provider.missingKeys;
  const problem = missing === undefined ? null : `${missing} is not set`;
  return { name: id, kind, level, private: isPrivate, provider: provider.id, problem };
}

function addPull(models: Command): void {
  models
    .command('pull')
    .description('Fetch a sentence-transformers ONNX model from a hub, a mirror or a folder')
    .argument('<source>', 'for example https://huggingface.co/ORG/NAME, or a folder')
    .option('--name <name>', 'what to call it here')
    .option('--replace', 'replace a model of that name')
    .addHelpText(
      'after',
      '\nExample:\n  plumb models pull https://huggingface.co/sentence-transformers/all-MiniLM-L12-v2\n',
    )
    .action(async (source: string, options: { name?: string; replace?: boolean }, command: Command) => {
      const context = await contextOf(command);
      const { pullModel } = await import('../../models/index.ts');
      const pulled = await pullModel(source, {
        ...options,
        home: context.config.home,
        onProgress: (file, bytes) => context.terminal.status(`${file} ${Math.round(bytes / 1e6)} MB`),
      });
      context.terminal.status(null);
      present(context, pulled, (terminal) => {
        terminal.print(`${pulled.name} is in ${pulled.folder}. Use it: PLUMB_EMBEDDER=folder:${pulled.folder}`);
      });
    });
}

function addTest(models: Command): void {
  models
    .command('test')
    .description('Try a model: embed a few texts here, or call a declared one, which may be billed')
    .argument('[model]', 'name or folder, or the name of a declared model', 'default')
    .addHelpText('after', '\nExamples:\n  plumb models test\n  plumb models test ./my-onnx-model\n')
    .action(async (model: string, _: object, command: Command) => {
      const context = await contextOf(command);
      const { loadRegistry, testModel } = await import('../../models/index.ts');
      const registry = loadRegistry(context.config.models.file, context.config.models.key);
      const declared = registry.models.find(({ id }) => id === model);
      if (declared !== undefined) return tryDeclared(context, registry, declared);
      const report = await testModel(model, {
        home: context.config.home,
        declared: registry.models.map(({ id }) => id),
      });
      present(context, report, (terminal) => {
        terminal.print(`${report.id}: ${report.dimensions} dimensions, ${report.maxTokens} tokens at most`);
        terminal.print(`loaded in ${report.loadMs.toFixed(0)} ms, ${report.msPerText.toFixed(1)} ms a text`);
        terminal.print(
          report.plausible ? 'A paraphrase is nearer than an unrelated text.' : 'Its vectors make no sense.',
        );
        if (report.parity !== null) {
          terminal.print(
            `lowest cosine to ${report.parity.texts} reference vectors: ${report.parity.lowestCosine.toFixed(5)}`,
          );
        }
      });
      if (!report.plausible) process.exitCode = 1;
    });
}

async function tryDeclared(context: CommandContext, registry: ModelRegistry, model: ModelEntry): Promise<void> {
  const { tryDeclaredModel, usdOf } = await import('../../models/index.ts');
  const { costNanoUsd, ...report } = await tryDeclaredModel(registry, model);
  present(context, { ...report, costUsd: usdOf(costNanoUsd) }, (terminal, shown) => {
    const first = shown.firstTokenMs === null ? '' : `, first token after ${shown.firstTokenMs.toFixed(0)} ms`;
    terminal.print(`${shown.id} (${shown.kind}, ${shown.provider}): ${shown.showed}`);
    terminal.print(`at most ${shown.latencyMs.toFixed(0)} ms a call${first}`);
    const counted = shown.estimated ? 'estimated: the provider did not say' : 'as the provider counts';
    terminal.print(`${shown.inputTokens} + ${shown.outputTokens} tokens, $${shown.costUsd} (${counted})`);
  });
}

interface ExplainOptions extends Omit<ExplainQuery, 'task'> {
  readonly collection?: string;
}

/** The strictest of what is said here and what counts for the collection. */
async function classOf(
  context: CommandContext,
  name: string,
  { dataClass }: Pick<ExplainQuery, 'dataClass'>,
): Promise<NonNullable<ExplainQuery['dataClass']>> {
  const { strictestDataClass } = await import('../../guard/index.ts');
  const path = `/v1/collections/${encodeURIComponent(name)}/privacy`;
  const { effective } = await withApi(context, ({ client }) =>
    client.get<z.infer<typeof declaredCollectionSchema>>(path),
  );
  return strictestDataClass([effective, dataClass]);
}

function addExplain(models: Command): void {
  models
    .command('explain')
    .description('Which declared language models a task would be sent to, in order, and why')
    .argument('<task>', 'answer, rewrite, classify, extract, judge, narrate, or a name of your own')
    .addOption(new Option('--difficulty <difficulty>', 'how hard the task is').choices(['easy', 'normal', 'hard']))
    .addOption(
      new Option('--data-class <class>', 'what the material is; private goes to private models only').choices([
        'public',
        'internal',
        'private',
      ]),
    )
    .option('--collection <name>', 'for questions about this collection: as private as it is declared')
    .addHelpText(
      'after',
      '\nExamples:\n  plumb models explain answer --data-class private\n  plumb models explain answer --collection contracts\n',
    )
    .action(async (task: string, given: ExplainOptions, command: Command) => {
      const context = await contextOf(command);
      const { collection, ...asked } = given;
      const options =
        collection === undefined ? asked : { ...asked, dataClass: await classOf(context, collection, asked) };
      const { createModelDoor, loadRegistry } = await import('../../models/index.ts');
      const { file, key } = context.config.models;
      const door = createModelDoor({ registry: loadRegistry(file, key) });
      const { candidates, excluded } = door.explain({ ...options, task });
      await door.close();
      const plain = (one: { model: { id: string }; reason: string }) => ({ model: one.model.id, reason: one.reason });
      present(context, { candidates: candidates.map(plain), excluded: excluded.map(plain) }, (terminal, shown) => {
        shown.candidates.forEach(({ model, reason }, index) => terminal.print(`${index + 1}. ${model}: ${reason}`));
        for (const { model, reason } of shown.excluded) terminal.print(`not ${model}: ${reason}`);
        if (candidates.length === 0) terminal.print(`No declared model does ${task}. Models are declared in ${file}.`);
      });
      if (candidates.length === 0) process.exitCode = EXIT.nothing;
    });
}
