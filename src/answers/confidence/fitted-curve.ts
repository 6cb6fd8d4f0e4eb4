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
    bias: 0.029,
    weights: [
      0, 0, 0.08, 0.239, 0, 1.949, 2.179, 0.619, 0, 0, 0.053, 0.668, 0, 0.209, -0.047, 0.018, 0.164, 0.193, 0, 0, 0.362,
      0.946, 0.203, 0, 0.305, 0.309,
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
    bias: -0.72,
    weights: [
      0, 0, 0.163, 0.09, 0.189, 0.963, 0, 0, 0, 0, 0.022, 0.28, 0, 0.077, -0.023, 0.568, 0.074, 0.299, 0.137, 0.072,
      0.265, 0.384, 0.101, 0, 0.301, 0.298,
    ],
    steps: [
      { at: -2.999, value: 0.001 },
      { at: -2.581, value: 0.05 },
      { at: -2.153, value: 0.054 },
      { at: -1.828, value: 0.154 },
      { at: -1.527, value: 0.193 },
      { at: -0.961, value: 0.227 },
      { at: -0.604, value: 0.294 },
      { at: -0.399, value: 0.451 },
      { at: -0.069, value: 0.471 },
      { at: 0.228, value: 0.476 },
      { at: 0.473, value: 0.554 },
      { at: 0.619, value: 0.613 },
      { at: 0.688, value: 0.679 },
      { at: 0.852, value: 0.68 },
      { at: 1.224, value: 0.776 },
      { at: 1.571, value: 0.78 },
      { at: 1.682, value: 0.845 },
      { at: 1.757, value: 0.858 },
      { at: 1.833, value: 0.864 },
      { at: 1.894, value: 0.901 },
      { at: 1.967, value: 0.936 },
      { at: 2.192, value: 0.941 },
      { at: 2.494, value: 0.947 },
      { at: 2.739, value: 0.994 },
      { at: 3.075, value: 0.999 },
    ],
  },
} as const;
