import type { TestCall } from './wire.ts';

type Body = Readonly<Record<string, unknown>>;

/** A request in any of the formats, understood; null when the path belongs to none. */
export function readCall(index: number, path: string, rawBody: string): TestCall | null {
  const body = parse(rawBody);
  const route = routeOf(path, body);
  if (route === null) return null;
  return {
    index,
    path,
    rawBody,
    body,
    wire: route.wire,
    kind: route.kind,
    model: route.model ?? text(body['model']) ?? 'unknown',
    stream: route.stream || body['stream'] === true,
    schema: schemaOf(body),
    forcedTool: forcedToolOf(body),
  };
}

interface Route extends Pick<TestCall, 'wire' | 'kind'> {
  readonly stream: boolean;
  readonly model: string | null;
}

function routeOf(path: string, body: Body): Route | null {
  const converse = /\/model\/([^/]+)\/converse(-stream)?$/.exec(path);
  if (converse !== null) {
    const [, model = '', stream] = converse;
    return { wire: 'bedrock', kind: 'chat', stream: stream !== undefined, model: decodeURIComponent(model) };
  }
  const google = /\/models\/([^/]+):(\w+)$/.exec(path);
  if (google !== null) return googleRoute(decodeURIComponent(google[1] ?? ''), google[2] ?? '');
  const invoked = /\/model\/([^/]+)\/invoke$/.exec(path)?.[1];
  if (invoked !== undefined) {
    return { wire: 'bedrock', kind: 'embeddings', stream: false, model: decodeURIComponent(invoked) };
  }
  const plain = { stream: false, model: null };
  if (path.endsWith('/chat/completions')) return { wire: 'openai', kind: 'chat', ...plain };
  if (path.endsWith('/messages')) return { wire: 'anthropic', kind: 'chat', ...plain };
  if (path.endsWith('/embeddings')) return { wire: 'openai', kind: 'embeddings', ...plain };
  if (path.endsWith('/rerank')) return { wire: 'queries' in body ? 'bedrock' : 'openai', kind: 'rerank', ...plain };
  return null;
}

function googleRoute(model: string, verb: string): Route | null {
  if (verb === 'generateContent') return { wire: 'google', kind: 'chat', stream: false, model };
  if (verb === 'streamGenerateContent') return { wire: 'google', kind: 'chat', stream: true, model };
  const embeds = verb === 'embedContent' || verb === 'batchEmbedContents';
  return embeds ? { wire: 'google', kind: 'embeddings', stream: false, model } : null;
}

function parse(rawBody: string): Body {
  try {
    return object(JSON.parse(rawBody)) ?? {};
  } catch {
    return {};
  }
}

/** OpenAI's `response_format`, Anthropic's `output_format`, Google's `responseJsonSchema`, or the schema of the tool that is forced. */
function schemaOf(body: Body): unknown {
  const openAi = object(object(body['response_format'])?.['json_schema'])?.['schema'];
  const anthropic =
    object(body['output_format'])?.['schema'] ?? object(object(body['output_config'])?.['format'])?.['schema'];
  const google = object(body['generationConfig'])?.['responseJsonSchema'];
  return openAi ?? anthropic ?? google ?? forcedSchema(body) ?? null;
}

function forcedToolOf(body: Body): string | null {
  const choice = object(body['tool_choice']);
  const bedrock = object(object(body['toolConfig'])?.['toolChoice']);
  const named = object(choice?.['function']) ?? object(bedrock?.['tool']) ?? choice;
  const [google] = list(object(object(body['toolConfig'])?.['functionCallingConfig'])?.['allowedFunctionNames']);
  return (
    text(named?.['name']) ??
    text(google) ??
    (forcesAny(body, choice, bedrock) ? (toolsOf(body)[0]?.name ?? null) : null)
  );
}

function forcesAny(body: Body, choice: Body | null, bedrock: Body | null): boolean {
  return body['tool_choice'] === 'required' || choice?.['type'] === 'any' || bedrock?.['any'] !== undefined;
}

function forcedSchema(body: Body): unknown {
  const forced = forcedToolOf(body);
  return forced === null ? null : toolsOf(body).find(({ name }) => name === forced)?.schema;
}

/** Where the providers have the schema of a tool's input: OpenAI, Google, Anthropic, Bedrock. */
const SCHEMA_FIELDS = ['parameters', 'parametersJsonSchema', 'input_schema', 'inputSchema'];

function toolsOf(body: Body): { readonly name: string; readonly schema: unknown }[] {
  const google = list(body['tools']).flatMap((one) => list(object(one)?.['functionDeclarations']));
  const listed = [...list(body['tools']), ...list(object(body['toolConfig'])?.['tools']), ...google];
  return listed.flatMap((one) => {
    const tool = object(object(one)?.['function']) ?? object(object(one)?.['toolSpec']) ?? object(one);
    const name = text(tool?.['name']);
    const schema = SCHEMA_FIELDS.map((field) => tool?.[field]).find((found) => found !== undefined) ?? null;
    const unwrapped = object(schema)?.['json'] ?? schema; // Bedrock's stands under a key of its own
    return name === null ? [] : [{ name, schema: unwrapped }];
  });
}

function object(value: unknown): Body | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : null;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
