import type { Command } from 'commander';
import { contextOf, present } from '../command.ts';
import { table } from '../terminal/terminal.ts';

/** `plumb models` */
export function addModelCommands(program: Command): void {
  const models = program
    .command('models')
    .description('Models that turn text into vectors on this machine')
    .addHelpText(
      'after',
      '\nExamples:\n  plumb models\n  plumb models test default\n  plumb models pull https://huggingface.co/sentence-transformers/all-MiniLM-L12-v2\n',
    );
  addList(models);
  addPull(models);
  addTest(models);
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
