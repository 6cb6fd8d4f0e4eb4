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
    bias: -0.169,
    weights: [
      0, 0, 0, 0.657, 0, 2.161, 2.619, 0.977, 0, 0, 0.16, 0.965, 0, 0.039, 0.022, 0.258, 0.098, 0, 0.518, 0.292, 0,
      1.129, 0, 0, 0.453,
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
    bias: -0.77,
    weights: [
      0, 0.089, 0, 0.285, 0.07, 1.004, 0, 0, 0.019, 0.041, 0.063, 0.381, 0, 0.031, 0.024, 0.62, 0.059, 0.402, 0.365,
      0.314, 0, 0.426, 0, 0.07, 0.453,
    ],
    steps: [
      { at: -2.23, value: 0.001 },
      { at: -2.026, value: 0.07 },
      { at: -1.894, value: 0.081 },
      { at: -1.782, value: 0.105 },
      { at: -1.53, value: 0.138 },
      { at: -1.35, value: 0.154 },
      { at: -1.319, value: 0.168 },
      { at: -1.186, value: 0.182 },
      { at: -0.834, value: 0.269 },
      { at: -0.512, value: 0.304 },
      { at: -0.309, value: 0.381 },
      { at: -0.122, value: 0.43 },
      { at: 0.032, value: 0.452 },
      { at: 0.25, value: 0.645 },
      { at: 0.604, value: 0.648 },
      { at: 0.974, value: 0.669 },
      { at: 1.146, value: 0.731 },
      { at: 1.353, value: 0.831 },
      { at: 1.572, value: 0.839 },
      { at: 1.72, value: 0.938 },
      { at: 2.095, value: 0.948 },
      { at: 2.481, value: 0.991 },
      { at: 2.821, value: 0.999 },
    ],
  },
} as const;
