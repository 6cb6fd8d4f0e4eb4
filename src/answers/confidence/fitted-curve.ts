/**
 * Written by `npm run bench -- answers-fit`: whether to answer, from 688 questions of bench/answers/tuning, each asked of its own documents
 * and of those of all sets. `weights` in the order of `signNames`, for sentences that were read by the reader of answers followed by
 * `readSignNames`.
 */
export const fittedDecision = {
  unread: {
    bias: -3.065,
    weights: [
      0, 0, 0, 1.584, 0, 2.816, 3.277, 1.738, 0.209, 0.486, 0.539, 0.951, 0, 0.628, -0.175, 1.198, 0.184, 0, 1.356,
      0.73, 0, 2.641, 0, 0.88,
    ],
  },
  read: {
    bias: 0.207,
    weights: [
      0, 0, 0, 0.443, 0, 1.844, 2.274, 0.312, 0, 0, 0.108, 0.743, 0, 0.07, -0.402, 0, 0.148, 0.022, 0, 0, 0.141, 0.959,
      0.193, 0.044, 0.294, 0.316,
    ],
  },
} as const;

/**
 * Written with it: how sure to be, from the same questions, and once more without what answers them. `steps` of the calibration, by
 * the middle of the scores they pool.
 */
export const fittedConfidence = {
  unread: {
    bias: -3.111,
    weights: [
      0, 0.159, 0.064, 0.655, 0, 1.296, 0, 0, 0.136, 0.279, 0.235, 0.356, 0, 0.264, -0.035, 1.906, 0.066, 1.267, 0.697,
      0.523, 0.061, 1.131, 0, 0.526,
    ],
    steps: [
      { at: -2.074, value: 0.001 },
      { at: -1.817, value: 0.102 },
      { at: -1.696, value: 0.122 },
      { at: -1.209, value: 0.17 },
      { at: -0.67, value: 0.28 },
      { at: -0.541, value: 0.312 },
      { at: -0.36, value: 0.39 },
      { at: -0.115, value: 0.461 },
      { at: 0.035, value: 0.464 },
      { at: 0.146, value: 0.505 },
      { at: 0.233, value: 0.54 },
      { at: 0.309, value: 0.555 },
      { at: 0.335, value: 0.588 },
      { at: 0.372, value: 0.683 },
      { at: 0.512, value: 0.721 },
      { at: 0.723, value: 0.725 },
      { at: 0.842, value: 0.777 },
      { at: 0.949, value: 0.849 },
      { at: 1.037, value: 0.864 },
      { at: 1.237, value: 0.89 },
      { at: 1.605, value: 0.933 },
      { at: 2.085, value: 0.999 },
    ],
  },
  read: {
    bias: -0.569,
    weights: [
      0, 0, 0, 0.189, 0, 0.846, 0, 0, 0, 0, 0.051, 0.297, 0, 0.032, -0.134, 0.486, 0.086, 0.253, 0.09, 0.099, 0.162,
      0.398, 0.132, 0.087, 0.288, 0.306,
    ],
    steps: [
      { at: -2.991, value: 0.001 },
      { at: -2.632, value: 0.036 },
      { at: -2.353, value: 0.05 },
      { at: -2.097, value: 0.092 },
      { at: -1.815, value: 0.132 },
      { at: -1.351, value: 0.148 },
      { at: -1.018, value: 0.182 },
      { at: -0.846, value: 0.198 },
      { at: -0.628, value: 0.323 },
      { at: -0.306, value: 0.452 },
      { at: -0.101, value: 0.496 },
      { at: 0.082, value: 0.585 },
      { at: 0.431, value: 0.601 },
      { at: 0.708, value: 0.602 },
      { at: 0.959, value: 0.7 },
      { at: 1.229, value: 0.717 },
      { at: 1.343, value: 0.777 },
      { at: 1.549, value: 0.784 },
      { at: 1.831, value: 0.874 },
      { at: 2.015, value: 0.891 },
      { at: 2.285, value: 0.937 },
      { at: 2.557, value: 0.957 },
      { at: 2.683, value: 0.984 },
      { at: 2.824, value: 0.987 },
      { at: 3.048, value: 0.999 },
    ],
  },
} as const;
