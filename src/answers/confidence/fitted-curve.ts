/**
 * Written by `npm run bench -- answers-fit`: whether to answer, from 688 questions of bench/answers/tuning, each asked of its own documents
 * and of those of all sets. `weights` in the order of `signNames`, for sentences that were read by the reader of answers followed by
 * `readSignNames`.
 */
export const fittedDecision = {
  unread: {
    bias: -3.113,
    weights: [
      0, 0, 0, 1.648, 0, 2.789, 3.259, 1.664, 0.213, 0.483, 0.468, 0.932, 0, 0.57, -0.121, 1.052, 0.224, 0, 1.459,
      0.742, 0, 2.589, 0, 0.935,
    ],
  },
  read: {
    bias: -0.218,
    weights: [
      0, 0, 0, 0.759, 0, 2.077, 2.627, 0.971, 0.078, 0.078, 0.302, 0.907, 0, 0.115, -0.25, 0.234, 0.08, 0, 0.316, 0.166,
      0, 1.548, 0, 0, 0.408,
    ],
  },
} as const;

/**
 * Written with it: how sure to be, from the same questions, and once more without what answers them. `steps` of the calibration, by
 * the middle of the scores they pool.
 */
export const fittedConfidence = {
  unread: {
    bias: -3.126,
    weights: [
      0, 0.199, 0.017, 0.666, 0, 1.272, 0, 0, 0.138, 0.281, 0.195, 0.347, 0, 0.244, -0.011, 1.847, 0.095, 1.263, 0.733,
      0.523, 0, 1.133, 0, 0.557,
    ],
    steps: [
      { at: -2.075, value: 0.001 },
      { at: -1.725, value: 0.131 },
      { at: -1.368, value: 0.176 },
      { at: -0.975, value: 0.186 },
      { at: -0.677, value: 0.258 },
      { at: -0.428, value: 0.376 },
      { at: -0.249, value: 0.398 },
      { at: -0.118, value: 0.45 },
      { at: 0.044, value: 0.456 },
      { at: 0.195, value: 0.537 },
      { at: 0.279, value: 0.571 },
      { at: 0.311, value: 0.602 },
      { at: 0.328, value: 0.609 },
      { at: 0.341, value: 0.645 },
      { at: 0.363, value: 0.658 },
      { at: 0.557, value: 0.718 },
      { at: 0.76, value: 0.742 },
      { at: 0.845, value: 0.805 },
      { at: 0.919, value: 0.833 },
      { at: 0.962, value: 0.85 },
      { at: 1.022, value: 0.864 },
      { at: 1.124, value: 0.871 },
      { at: 1.286, value: 0.889 },
      { at: 1.403, value: 0.905 },
      { at: 1.607, value: 0.928 },
      { at: 2.071, value: 0.999 },
    ],
  },
  read: {
    bias: -0.649,
    weights: [
      0, 0, 0, 0.331, 0.024, 0.96, 0, 0, 0.068, 0.072, 0.12, 0.371, 0, 0.081, -0.1, 0.432, 0.065, 0.268, 0.263, 0.234,
      0, 0.568, 0, 0.129, 0.43,
    ],
    steps: [
      { at: -2.275, value: 0.001 },
      { at: -2.002, value: 0.07 },
      { at: -1.758, value: 0.083 },
      { at: -1.571, value: 0.132 },
      { at: -1.309, value: 0.148 },
      { at: -1.085, value: 0.291 },
      { at: -0.872, value: 0.308 },
      { at: -0.648, value: 0.323 },
      { at: -0.494, value: 0.358 },
      { at: -0.412, value: 0.388 },
      { at: -0.262, value: 0.42 },
      { at: -0.135, value: 0.476 },
      { at: 0.16, value: 0.485 },
      { at: 0.52, value: 0.591 },
      { at: 0.669, value: 0.623 },
      { at: 0.759, value: 0.731 },
      { at: 0.906, value: 0.756 },
      { at: 1.058, value: 0.784 },
      { at: 1.281, value: 0.847 },
      { at: 1.655, value: 0.872 },
      { at: 1.929, value: 0.952 },
      { at: 2.278, value: 0.985 },
      { at: 2.68, value: 0.999 },
    ],
  },
} as const;
