/** What tests of other folders, and of solutions, use instead of a model. Exported through the package's `/testing`. */
export { type EmbedderCheck, embedderConformance } from './embedder.conformance.ts';
export { createFixedEmbedder, type FixedEmbedderOptions } from './fixed-embedder.ts';
export {
  startTestProvider,
  type TestFault,
  type TestLogEntry,
  type TestProvider,
  type TestProviderOptions,
} from './test-provider/test-provider.ts';
