/**
 * Written by `npm run bench -- answers-fit`: whether to answer, from 305 questions of bench/answers/tuning. `weights` in the order
 * of `signNames`.
 */
export const fittedDecision = {
  bias: -2.867,
  weights: [0, 0, 0, 0, 0, 0, 0.264, 0.264, 0, 0, 0, 0, 0, 2.98, 0, 2.98, 0, 0, 0, 0, 0, 0],
} as const;

/**
 * Written with it: how sure to be, from 688 questions, each set alone, all together, and without what answers them. `steps` of the calibration, by
 * the middle of the scores they pool.
 */
export const fittedConfidence = {
  bias: -3.047,
  weights: [
    0, 0.29, 0.143, 0.57, 0.025, 1.41, 0.054, 0.146, 0.15, 0.26, 0.213, 0.256, 0.072, 1.868, 0.096, 1.232, 0.689, 0.516,
    0.25, 1.363, 0, 0.329,
  ],
  steps: [
    { at: -2.074, value: 0.001 },
    { at: -1.758, value: 0.163 },
    { at: -1.24, value: 0.178 },
    { at: -0.682, value: 0.257 },
    { at: -0.463, value: 0.338 },
    { at: -0.298, value: 0.386 },
    { at: -0.013, value: 0.474 },
    { at: 0.24, value: 0.553 },
    { at: 0.296, value: 0.576 },
    { at: 0.301, value: 0.645 },
    { at: 0.372, value: 0.666 },
    { at: 0.563, value: 0.685 },
    { at: 0.721, value: 0.769 },
    { at: 0.881, value: 0.83 },
    { at: 1.072, value: 0.852 },
    { at: 1.237, value: 0.86 },
    { at: 1.361, value: 0.891 },
    { at: 1.439, value: 0.909 },
    { at: 1.561, value: 0.929 },
    { at: 2.047, value: 0.999 },
  ],
} as const;
