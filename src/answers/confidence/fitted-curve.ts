/**
 * Written by `npm run bench -- answers-fit`: whether to answer, from 688 questions of bench/answers/tuning, each asked of its own documents
 * and of those of all sets. `weights` in the order of `signNames`, for sentences that were read by the reader of answers followed by
 * `readSignNames`.
 */
export const fittedDecision = {
  unread: {
    bias: -3.093,
    weights: [
      0, 0, 0, 1.633, 0, 2.789, 3.262, 1.668, 0.212, 0.484, 0.489, 0.933, 0, 0.569, -0.118, 1.08, 0.228, 0, 1.437,
      0.724, 0, 2.643, 0, 0.911,
    ],
  },
  read: {
    bias: 0.014,
    weights: [
      0, 0, 0.042, 0.319, 0, 1.98, 2.179, 0.606, 0, 0, 0.045, 0.674, 0, 0.226, -0.038, 0.034, 0.137, 0.106, 0.082, 0,
      0.255, 1.037, 0.162, 0, 0.304, 0.309,
    ],
  },
} as const;

/**
 * Written with it: how sure to be, from the same questions, and once more without what answers them. `steps` of the calibration, by
 * the middle of the scores they pool.
 */
export const fittedConfidence = {
  unread: {
    bias: -3.12,
    weights: [
      0, 0.197, 0.019, 0.66, 0, 1.271, 0, 0, 0.138, 0.281, 0.208, 0.348, 0, 0.244, -0.01, 1.855, 0.095, 1.264, 0.725,
      0.52, 0, 1.155, 0, 0.549,
    ],
    steps: [
      { at: -2.075, value: 0.001 },
      { at: -1.728, value: 0.127 },
      { at: -1.367, value: 0.178 },
      { at: -0.965, value: 0.185 },
      { at: -0.668, value: 0.263 },
      { at: -0.541, value: 0.312 },
      { at: -0.426, value: 0.382 },
      { at: -0.251, value: 0.391 },
      { at: -0.025, value: 0.453 },
      { at: 0.22, value: 0.541 },
      { at: 0.316, value: 0.609 },
      { at: 0.338, value: 0.645 },
      { at: 0.363, value: 0.671 },
      { at: 0.555, value: 0.716 },
      { at: 0.756, value: 0.731 },
      { at: 0.846, value: 0.805 },
      { at: 0.979, value: 0.862 },
      { at: 1.124, value: 0.873 },
      { at: 1.285, value: 0.889 },
      { at: 1.403, value: 0.909 },
      { at: 1.607, value: 0.929 },
      { at: 2.084, value: 0.999 },
    ],
  },
  read: {
    bias: -0.727,
    weights: [
      0, 0, 0.139, 0.114, 0.191, 0.976, 0, 0, 0, 0, 0.019, 0.283, 0, 0.084, -0.018, 0.551, 0.07, 0.297, 0.214, 0.03,
      0.231, 0.425, 0.079, 0, 0.299, 0.299,
    ],
    steps: [
      { at: -2.998, value: 0.001 },
      { at: -2.578, value: 0.044 },
      { at: -2.159, value: 0.063 },
      { at: -1.85, value: 0.092 },
      { at: -1.812, value: 0.185 },
      { at: -1.532, value: 0.191 },
      { at: -0.96, value: 0.215 },
      { at: -0.592, value: 0.346 },
      { at: -0.484, value: 0.446 },
      { at: -0.349, value: 0.462 },
      { at: -0.061, value: 0.471 },
      { at: 0.249, value: 0.486 },
      { at: 0.462, value: 0.553 },
      { at: 0.6, value: 0.564 },
      { at: 0.782, value: 0.665 },
      { at: 0.946, value: 0.671 },
      { at: 1.229, value: 0.784 },
      { at: 1.577, value: 0.788 },
      { at: 1.689, value: 0.845 },
      { at: 1.776, value: 0.855 },
      { at: 1.895, value: 0.901 },
      { at: 1.965, value: 0.939 },
      { at: 2.188, value: 0.94 },
      { at: 2.485, value: 0.948 },
      { at: 2.737, value: 0.994 },
      { at: 3.072, value: 0.999 },
    ],
  },
} as const;
