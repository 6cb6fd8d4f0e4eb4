import { PlumblineError } from '../../base/index.ts';
import { type Fusion, VECTOR_WEIGHT } from '../fusion.ts';
import type { Smoothing } from './smooth.ts';

/**
 * How a collection or one request wants to be searched. What is left out comes from the collection, then from the
 * preset.
 */
export interface RetrievalSettings {
  /** `fast`: fusion only. `balanced`: fusion, then smoothing over neighbours. */
  readonly preset?: Preset;
  /** How words and meaning are joined; default `score`. */
  readonly fusion?: 'score' | 'rank';
  /** What the cosine weighs against the words when fused by score, 0…10; default 2. */
  readonly vectorWeight?: number;
  /** How deep each ranking is read before fusing, 10…1,000; default 50, never less than the results asked for. */
  readonly candidates?: number;
  /** What a result's neighbours weigh in its score, 0…0.9; 0: no smoothing. */
  readonly smoothing?: number;
  /** How many neighbours count, 1…50. */
  readonly neighbours?: number;
  /** What being unlike the results above weighs, 0…1; 0 (default): nothing is rearranged. */
  readonly diversity?: number;
}

/** A named set of settings. */
export type Preset = 'fast' | 'balanced';

/** What a search will do: every knob decided. */
export interface RetrievalPlan {
  readonly preset: Preset;
  readonly candidates: number;
  readonly fusion: Fusion;
  /** Null: the stage is left out. */
  readonly smoothing: Smoothing | null;
  /** Null: the stage is left out. */
  readonly diversity: number | null;
}

/** A setting that does not exist or has a value that is not allowed. */
class RetrievalSettingsInvalid extends PlumblineError {
  constructor(knob: string, problem: string) {
    super({
      code: 'retrieval-settings.invalid',
      kind: 'caller',
      message: `The retrieval setting ${JSON.stringify(knob)} ${problem}`,
      details: { knob },
    });
  }
}

/** Smoothing costs more than a millisecond: whoever wants it asks for it. */
const DEFAULT_PRESET: Preset = 'fast';

/** One of several strengths near each other on six judged sets of our own; not shown to be better than `fast` on each. */
const PRESETS: Record<Preset, { readonly smoothing: number; readonly neighbours: number }> = {
  fast: { smoothing: 0, neighbours: 8 },
  balanced: { smoothing: 0.3, neighbours: 8 },
};

const CHOICES = { preset: ['fast', 'balanced'], fusion: ['score', 'rank'] } as const;

const RANGES = {
  vectorWeight: { from: 0, to: 10, whole: false },
  candidates: { from: 10, to: 1000, whole: true },
  smoothing: { from: 0, to: 0.9, whole: false },
  neighbours: { from: 1, to: 50, whole: true },
  diversity: { from: 0, to: 1, whole: false },
} as const;

const DEFAULT_CANDIDATES = 50;

/**
 * Refuses settings that are not allowed, whatever wrote them.
 * @throws PlumblineError `retrieval-settings.invalid` naming the setting and what is allowed
 */
export function checkSettings(given: object): RetrievalSettings {
  for (const [knob, value] of Object.entries(given)) if (value !== undefined) checkKnob(knob, value);
  return given;
}

function checkKnob(knob: string, value: unknown): void {
  const choices: Readonly<Record<string, readonly unknown[]>> = CHOICES;
  const ranges: Readonly<Record<string, { from: number; to: number; whole: boolean }>> = RANGES;
  const shown = `is ${JSON.stringify(value)}. Allowed:`;
  if (Object.hasOwn(choices, knob)) {
    if (choices[knob]?.includes(value) === true) return;
    throw new RetrievalSettingsInvalid(knob, `${shown} ${choices[knob]?.join(', ')}.`);
  }
  const range = Object.hasOwn(ranges, knob) ? ranges[knob] : undefined;
  if (range === undefined) {
    const known = [...Object.keys(CHOICES), ...Object.keys(RANGES)].join(', ');
    throw new RetrievalSettingsInvalid(knob, `does not exist. There is: ${known}.`);
  }
  const { from, to, whole } = range;
  const fits = typeof value === 'number' && value >= from && value <= to && (!whole || Number.isInteger(value));
  if (!fits)
    throw new RetrievalSettingsInvalid(knob, `${shown} a ${whole ? 'whole ' : ''}number from ${from} to ${to}.`);
}

/**
 * Decides every knob: the request's, else the collection's, else the preset's. A preset named by the request also sets
 * aside the collection's own smoothing.
 * @throws PlumblineError `retrieval-settings.invalid`
 */
export function planOf(collection: RetrievalSettings = {}, request: RetrievalSettings = {}): RetrievalPlan {
  checkSettings(collection);
  checkSettings(request);
  const preset = request.preset ?? collection.preset ?? DEFAULT_PRESET;
  const base = PRESETS[preset];
  const settings = { ...collection, ...(request.preset === undefined ? {} : base), ...request };
  const weight = settings.smoothing ?? base.smoothing;
  const diversity = settings.diversity ?? 0;
  return {
    preset,
    candidates: settings.candidates ?? DEFAULT_CANDIDATES,
    fusion:
      settings.fusion === 'rank' ? { by: 'rank' } : { by: 'score', weight: settings.vectorWeight ?? VECTOR_WEIGHT },
    smoothing: weight > 0 ? { weight, neighbours: settings.neighbours ?? base.neighbours } : null,
    diversity: diversity > 0 ? diversity : null,
  };
}
