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
    bias: 0.167,
    weights: [
      0, 0, 0, 0.435, 0, 1.789, 2.367, 0.258, 0, 0, 0.094, 0.751, 0, 0.043, -0.377, 0, 0.184, 0.104, 0, 0, 0.097, 0.965,
      0.188, 0, 0.289, 0.321,
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
    bias: -0.538,
    weights: [
      0, 0, 0, 0.211, 0, 0.83, 0, 0, 0, 0, 0.049, 0.304, 0, 0.034, -0.118, 0.464, 0.091, 0.241, 0.117, 0.058, 0.145,
      0.432, 0.131, 0, 0.287, 0.311,
    ],
    steps: [
      { at: -3.002, value: 0.001 },
      { at: -2.636, value: 0.032 },
      { at: -2.392, value: 0.054 },
      { at: -1.977, value: 0.105 },
      { at: -1.678, value: 0.109 },
      { at: -1.342, value: 0.113 },
      { at: -1.012, value: 0.19 },
      { at: -0.906, value: 0.266 },
      { at: -0.888, value: 0.312 },
      { at: -0.697, value: 0.363 },
      { at: -0.468, value: 0.405 },
      { at: -0.224, value: 0.411 },
      { at: -0.011, value: 0.476 },
      { at: 0.389, value: 0.581 },
      { at: 0.783, value: 0.645 },
      { at: 0.856, value: 0.66 },
      { at: 0.997, value: 0.704 },
      { at: 1.102, value: 0.731 },
      { at: 1.154, value: 0.744 },
      { at: 1.398, value: 0.807 },
      { at: 1.706, value: 0.864 },
      { at: 1.884, value: 0.868 },
      { at: 2.059, value: 0.901 },
      { at: 2.307, value: 0.941 },
      { at: 2.517, value: 0.95 },
      { at: 2.712, value: 0.985 },
      { at: 3.016, value: 0.999 },
    ],
  },
} as const;
