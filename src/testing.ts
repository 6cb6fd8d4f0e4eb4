/**
 * What tests of solutions and of users' own adapters stand on: conformance suites per port, and fakes. Adapters pass
 * the suite of their port or they are not one.
 */
export {
  createFixedEmbedder,
  type EmbedderCheck,
  embedderConformance,
  type FixedEmbedderOptions,
  startTestProvider,
  type TestFault,
  type TestLogEntry,
  type TestProvider,
  type TestProviderOptions,
} from './models/testing.ts';
