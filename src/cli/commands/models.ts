import { type Command, Option } from 'commander';
import type { ExplainQuery } from '../../models/index.ts';
import { contextOf, EXIT, present } from '../command.ts';
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
      const { listModels } = await import('../../models/index.ts');
      const found = await listModels(context.config.home);
      present(context, found, (terminal) => {
        const rows = found.map((model) => [
          model.name,
          model.dimensions === null ? '?' : String(model.dimensions),
          model.onnxBytes === null ? '?' : `${Math.round(model.onnxBytes / 1e6)} MB`,
          model.problem ?? (model.shipped ? 'shipped' : (model.source ?? model.folder)),
        ]);
        for (const line of table([['MODEL', 'DIMENSIONS', 'SIZE', 'FROM'], ...rows])) terminal.print(line);
      });
    });
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
    .description('Load a model, embed a few texts, say what came out')
    .argument('[model]', 'name or folder', 'default')
    .addHelpText('after', '\nExamples:\n  plumb models test\n  plumb models test ./my-onnx-model\n')
    .action(async (model: string, _: object, command: Command) => {
      const context = await contextOf(command);
      const { testModel } = await import('../../models/index.ts');
      const report = await testModel(model, { home: context.config.home });
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
    .addHelpText('after', '\nExample:\n  plumb models explain answer --data-class private\n')
    .action(async (task: string, options: Omit<ExplainQuery, 'task'>, command: Command) => {
      const context = await contextOf(command);
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
