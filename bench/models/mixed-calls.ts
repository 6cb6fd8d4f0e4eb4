import { z } from 'zod';
import { PlumblineError, type TenantContext } from '../../src/index.ts';
import type { ModelDoor } from '../../src/models/index.ts';
import { below, pick, type Random } from '../corpus/random.ts';

/** How one call ended. */
export interface CallEnding {
  /** Position of the call; its prompt and its run are named after it. */
  readonly call: number;
  readonly kind: (typeof KINDS)[number];
  /** Whether each model refuses it. */
  readonly hopeless: boolean;
  /** `left`: the reader left the stream on purpose. `other`: something that is no error of ours. */
  readonly ended: 'answer' | 'fallback' | 'floor' | 'typed-error' | 'left' | 'other';
  readonly code: string | null;
  /** How long after its deadline, ms; negative: before. */
  readonly overMs: number;
}

const tenant: TenantContext = { tenantId: 'bench', principalId: 'bench', groups: [], requestId: 'bench' };
const schema = z.object({ verdict: z.enum(['yes', 'no']), reasons: z.array(z.string()) });
const KINDS = [
  'generate',
  'generate',
  'generate',
  'stream',
  'stream',
  'object',
  'partials',
  'embed',
  'rerank',
] as const;
const KINDS_WITH_FLOOR = ['generate', 'stream', 'object', 'partials'] as const;
/** Shares of the calls that their caller stops, whose reader leaves, and that have a rule to fall back to. */
const STOPPED = 0.05;
const LEFT = 0.2;
const WITH_FLOOR = 0.3;
/** Every so many calls is one that each model refuses and that its caller's rule has to answer. */
const HOPELESS_EVERY = 40;
/** Stands in the prompt of such a call, for the provider's script. */
export const HOPELESS = 'each-model-refuses';

/** Makes one call of any kind with a short deadline, and says how it ended. Never throws. */
export async function mixedCall(door: ModelDoor, call: number, random: Random): Promise<CallEnding> {
  const deadlineMs = 200 + below(random, 2_800);
  const hopeless = call % HOPELESS_EVERY === HOPELESS_EVERY - 1;
  const stopper = new AbortController();
  const stop = random() < STOPPED && !hopeless ? setTimeout(() => stopper.abort(), below(random, 60)) : null;
  const kind = hopeless ? pick(random, KINDS_WITH_FLOOR) : pick(random, KINDS);
  const startedAt = performance.now();
  const end = (ended: CallEnding['ended'], code: string | null = null): CallEnding => ({
    call,
    kind,
    hopeless,
    ended,
    code,
    overMs: performance.now() - startedAt - deadlineMs,
  });
  try {
    const reply = await perform(door, { call, kind, hopeless, random, deadlineMs, signal: stopper.signal });
    if (reply === 'left') return end('left');
    if (reply.source === 'floor') return end('floor');
    return end(reply.tried.length > 0 ? 'fallback' : 'answer');
  } catch (error) {
    return error instanceof PlumblineError ? end('typed-error', error.code) : end('other', String(error));
  } finally {
    if (stop !== null) clearTimeout(stop);
  }
}

interface Given extends Pick<CallEnding, 'call' | 'kind' | 'hopeless'> {
  readonly random: Random;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

interface Ended {
  readonly source: string;
  readonly tried: readonly unknown[];
}

async function perform(door: ModelDoor, given: Given): Promise<Ended | 'left'> {
  const { call, kind, hopeless, random, deadlineMs, signal } = given;
  const name = `call-${call}-end`;
  const basics = { feature: 'faults', runId: name, deadlineMs, signal };
  const content = hopeless ? `${name} ${HOPELESS}` : name;
  const asked = { ...basics, task: 'answer', messages: [{ role: 'user' as const, content }] };
  const hasFloor = random() < WITH_FLOOR || hopeless;
  const text = hasFloor ? { floor: () => 'by rule' } : {};
  const fitted = hasFloor ? { floor: () => ({ verdict: 'no' as const, reasons: [] }) } : {};
  switch (kind) {
    case 'generate':
      return door.generate(tenant, { ...asked, ...text });
    case 'stream':
      return readStream(door.stream(tenant, { ...asked, ...text }), random() < LEFT && !hopeless);
    case 'object':
      return door.object(tenant, { ...asked, ...fitted, schema });
    case 'partials':
      return door.object(tenant, { ...asked, ...fitted, schema, partials: () => undefined });
    case 'embed':
      return door.embed(tenant, { ...basics, texts: [name, 'another text'] });
    case 'rerank':
      return door.rerank(tenant, { ...basics, query: name, documents: ['one', 'two'] });
  }
}

async function readStream(stream: ReturnType<ModelDoor['stream']>, leaves: boolean): Promise<Ended | 'left'> {
  for await (const _ of stream.text) if (leaves) return 'left';
  return stream.reply;
}
