import { PlumblineError } from '../../base/index.ts';
import { type Fusion, FUSIONS, VECTOR_WEIGHT } from '../fusion.ts';
import type { DocumentWeighing } from '../document-words/index.ts';
import { REWRITE_KINDS, type RewriteKind } from '../../prompts/index.ts';
import type { Smoothing } from './smooth.ts';

/**
 * How a collection or one request wants to be searched. What is left out comes from the collection, then from the
 * preset.
 */
export interface RetrievalSettings {
  /** `fast`: fusion only. `balanced` (default): also the words of whole documents. `best`: also smoothing over neighbours, the reranker and rewriting by a model, where there is one. */
  readonly preset?: Preset;
  /** How words and meaning are joined; default `score`. */
  readonly fusion?: Fusion['by'];
  /** What the cosine weighs against the words when not fused by rank, 0…10; default 2. */
  readonly vectorWeight?: number;
  /** How deep each ranking is read before fusing, 10…1,000; default 50, never less than the results asked for. */
  readonly candidates?: number;
  /** What the words of its whole document weigh against a chunk's own when fused by score, 0…1; 0: nothing. */
  readonly documentWords?: number;
  /** What terms suggested by the best documents weigh against the question's there, 0…0.9; 0: nothing. */
  readonly expansion?: number;
  /** What a result's neighbours weigh in its score, 0…0.9; 0: no smoothing. */
  readonly smoothing?: number;
  /** How many neighbours count, 1…50. */
  readonly neighbours?: number;
  /** How many of the best a reranker reads, where one is configured, 0…100; 0: none. */
  readonly rerank?: number;
  /** In what ways a language model rewrites the question, where one is declared; []: none. */
  readonly rewriting?: readonly RewriteKind[];
  /** How many neighbours in its section a model reads with a passage, on either side, 0…5; default 1. */
  readonly context?: number;
  /** How alike a passage is to one above for a model not to read it too, 0…1; 0: it reads all; default 0.8. */
  readonly duplicates?: number;
  /** Tokens of passages a model reads at most, 200…100,000; default 4,000, and never more than half of its context. */
  readonly passageTokens?: number;
  /** What being unlike the results above weighs, 0…1; 0 (default): nothing is rearranged. */
  readonly diversity?: number;
}

/** From the quickest to the best. */
export const PRESET_NAMES = ['fast', 'balanced', 'best'] as const;

/** A named set of settings. */
export type Preset = (typeof PRESET_NAMES)[number];

/** What a search will do: every knob decided. */
export interface RetrievalPlan {
  readonly preset: Preset;
  readonly candidates: number;
  readonly fusion: Fusion;
  /** Null: the stage is left out. */
  readonly documents: DocumentWeighing | null;
  /** Null: the stage is left out. */
  readonly smoothing: Smoothing | null;
  /** Null: the stage is left out. */
  readonly diversity: number | null;
  /** How many passages the reranker reads; 0: the stage is left out. */
  readonly rerank: number;
  /** In what ways a model rewrites the question; []: the stage is left out. */
  readonly rewriting: readonly RewriteKind[];
  /** What a model reads of what was found. */
  readonly reading: { readonly context: number; readonly duplicates: number; readonly passageTokens: number };
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

/** Costs no more than `fast` and was better on seven of eight judged sets. */
const DEFAULT_PRESET: Preset = 'balanced';

type PresetSettings = Readonly<
  Required<Pick<RetrievalSettings, 'documentWords' | 'expansion' | 'smoothing' | 'neighbours' | 'rerank' | 'rewriting'>>
>;

/** Halves, and a smoothing that is one of several near each other, on six judged sets of our own. */
const PRESETS: Record<Preset, PresetSettings> = {
  fast: { documentWords: 0, expansion: 0, smoothing: 0, neighbours: 8, rerank: 0, rewriting: [] },
  balanced: { documentWords: 0.5, expansion: 0.5, smoothing: 0, neighbours: 8, rerank: 0, rewriting: [] },
  best: { documentWords: 0.5, expansion: 0.5, smoothing: 0.3, neighbours: 8, rerank: 20, rewriting: REWRITE_KINDS },
};

const CHOICES = { preset: PRESET_NAMES, fusion: FUSIONS } as const;

const LISTS = { rewriting: REWRITE_KINDS } as const;

const RANGES = {
  vectorWeight: { from: 0, to: 10, whole: false },
  candidates: { from: 10, to: 1000, whole: true },
  documentWords: { from: 0, to: 1, whole: false },
  expansion: { from: 0, to: 0.9, whole: false },
  smoothing: { from: 0, to: 0.9, whole: false },
  neighbours: { from: 1, to: 50, whole: true },
  diversity: { from: 0, to: 1, whole: false },
  rerank: { from: 0, to: 100, whole: true },
  context: { from: 0, to: 5, whole: true },
  duplicates: { from: 0, to: 1, whole: false },
  passageTokens: { from: 200, to: 100_000, whole: true },
} as const;

const DEFAULT_CANDIDATES = 50;
/** A paragraph before and after; one word in forty that differs; eight passages of the default length with room for neighbours. */
const DEFAULT_READING = { context: 1, duplicates: 0.8, passageTokens: 4_000 };

/**
 * Refuses settings that are not allowed, whatever wrote them.
 * @throws PlumblineError `retrieval-settings.invalid` naming the setting and what is allowed
 */
export function checkSettings(given: object): RetrievalSettings {
  for (const [knob, value] of Object.entries(given)) if (value !== undefined) checkKnob(knob, value);
  return given;
}

function checkKnob(knob: string, value: unknown): void {
  const rule = ruleOf(knob);
  if (rule === null) {
    const there = [CHOICES, LISTS, RANGES].flatMap((kind) => Object.keys(kind)).join(', ');
    throw new RetrievalSettingsInvalid(knob, `does not exist. There is: ${there}.`);
  }
  if (!rule.fits(value)) {
    throw new RetrievalSettingsInvalid(knob, `is ${JSON.stringify(value)}. Allowed: ${rule.allowed}.`);
  }
}

/** Null: there is no such knob. */
function ruleOf(knob: string): { readonly allowed: string; readonly fits: (value: unknown) => boolean } | null {
  const choices = known<readonly unknown[]>(CHOICES, knob);
  if (choices !== null) return { allowed: choices.join(', '), fits: (value) => choices.includes(value) };
  const listed = known<readonly unknown[]>(LISTS, knob);
  if (listed !== null) {
    const fits = (value: unknown): boolean => Array.isArray(value) && value.every((each) => listed.includes(each));
    return { allowed: `a list of: ${listed.join(', ')}`, fits };
  }
  const range = known<{ from: number; to: number; whole: boolean }>(RANGES, knob);
  if (range === null) return null;
  const { from, to, whole } = range;
  return {
    allowed: `a ${whole ? 'whole ' : ''}number from ${from} to ${to}`,
    fits: (value) => typeof value === 'number' && value >= from && value <= to && (!whole || Number.isInteger(value)),
  };
}

function known<T>(rules: Readonly<Record<string, T>>, knob: string): T | null {
  return Object.hasOwn(rules, knob) ? (rules[knob] ?? null) : null;
}

/**
 * Decides every knob: the request's, else the collection's, else the preset's. A preset named by the request also sets
 * aside what the collection says of the knobs that presets set.
 * @throws PlumblineError `retrieval-settings.invalid`
 */
export function planOf(collection: RetrievalSettings = {}, request: RetrievalSettings = {}): RetrievalPlan {
  checkSettings(collection);
  checkSettings(request);
  const preset = request.preset ?? collection.preset ?? DEFAULT_PRESET;
  const base = PRESETS[preset];
  const settings = { ...base, ...collection, ...(request.preset === undefined ? {} : base), ...request };
  const { smoothing, neighbours, documentWords, expansion, rerank, rewriting, diversity = 0 } = settings;
  const { context, duplicates, passageTokens } = { ...DEFAULT_READING, ...settings };
  const by = settings.fusion ?? 'score';
  return {
    preset,
    candidates: settings.candidates ?? DEFAULT_CANDIDATES,
    fusion: by === 'rank' ? { by } : { by, weight: settings.vectorWeight ?? VECTOR_WEIGHT },
    documents: documentWords > 0 && by === 'score' ? { weight: documentWords, expansion } : null,
    smoothing: smoothing > 0 ? { weight: smoothing, neighbours } : null,
    diversity: diversity > 0 ? diversity : null,
    rerank,
    rewriting: REWRITE_KINDS.filter((kind) => rewriting.includes(kind)),
    reading: { context, duplicates, passageTokens },
  };
}
