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
    bias: 0.047,
    weights: [
      0, 0, 0, 0.215, 0, 1.821, 2.193, 0.602, 0, 0, 0.054, 0.72, 0, 0.183, -0.032, 0.029, 0.234, 0.136, 0, 0, 0.317,
      1.012, 0.32, 0, 0.302, 0.319,
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
    bias: -0.75,
    weights: [
      0, 0, 0.122, 0.084, 0.199, 0.884, 0, 0, 0, 0, 0.025, 0.293, 0, 0.065, -0.01, 0.591, 0.106, 0.308, 0.137, 0.05,
      0.255, 0.448, 0.15, 0, 0.298, 0.306,
    ],
    steps: [
      { at: -3.038, value: 0.001 },
      { at: -2.527, value: 0.045 },
      { at: -2.097, value: 0.074 },
      { at: -1.874, value: 0.115 },
      { at: -1.295, value: 0.195 },
      { at: -0.737, value: 0.232 },
      { at: -0.704, value: 0.287 },
      { at: -0.64, value: 0.312 },
      { at: -0.539, value: 0.37 },
      { at: -0.201, value: 0.43 },
      { at: 0.071, value: 0.476 },
      { at: 0.194, value: 0.512 },
      { at: 0.474, value: 0.569 },
      { at: 0.642, value: 0.576 },
      { at: 0.686, value: 0.645 },
      { at: 0.822, value: 0.696 },
      { at: 1.195, value: 0.768 },
      { at: 1.574, value: 0.772 },
      { at: 1.702, value: 0.833 },
      { at: 1.784, value: 0.864 },
      { at: 1.908, value: 0.909 },
      { at: 2.275, value: 0.942 },
      { at: 2.728, value: 0.994 },
      { at: 3.076, value: 0.999 },
    ],
  },
} as const;
