/**
 * Written by `npm run bench -- answers-fit`: whether to answer, from 688 questions of bench/answers/tuning, each asked of its own documents
 * and of those of all sets. `weights` in the order of `signNames`, for sentences that were read by the reader of answers followed by
 * `readSignNames`.
 */
export const fittedDecision = {
  unread: {
    bias: -2.975,
    weights: [
      0, 0, 0, 1.507, 0, 2.782, 2.954, 1.736, 0.189, 0.495, 0.549, 0.941, 0, 0.702, -0.186, 1.081, 0.185, 0, 1.452,
      0.662, 0, 2.611, 0.01, 0.825,
    ],
  },
  read: {
    bias: 0.147,
    weights: [
      0, 0, 0.027, 0.047, 0, 1.891, 1.336, 0.623, 0, 0, 0.065, 0.666, 0, 0.353, -0.067, 0, 0.098, 0.195, 0, 0, 0.496,
      0.852, 0.257, 0, 0.309, 0.314,
    ],
  },
} as const;

/**
 * Written with it: how sure to be, from the same questions, and once more without what answers them. `steps` of the calibration, by
 * the middle of the scores they pool.
 */
export const fittedConfidence = {
  unread: {
    bias: -3.06,
    weights: [
      0, 0.141, 0.1, 0.624, 0, 1.286, 0, 0, 0.129, 0.282, 0.239, 0.351, 0, 0.287, -0.042, 1.856, 0.052, 1.253, 0.736,
      0.492, 0.014, 1.143, 0.023, 0.492,
    ],
    steps: [
      { at: -2.042, value: 0.001 },
      { at: -1.711, value: 0.131 },
      { at: -1.354, value: 0.172 },
      { at: -0.942, value: 0.172 },
      { at: -0.66, value: 0.277 },
      { at: -0.539, value: 0.312 },
      { at: -0.34, value: 0.407 },
      { at: -0.011, value: 0.459 },
      { at: 0.153, value: 0.536 },
      { at: 0.256, value: 0.546 },
      { at: 0.334, value: 0.547 },
      { at: 0.342, value: 0.645 },
      { at: 0.363, value: 0.66 },
      { at: 0.581, value: 0.712 },
      { at: 0.813, value: 0.76 },
      { at: 0.903, value: 0.848 },
      { at: 0.986, value: 0.855 },
      { at: 1.215, value: 0.888 },
      { at: 1.578, value: 0.93 },
      { at: 2.052, value: 0.999 },
    ],
  },
  read: {
    bias: -0.655,
    weights: [
      0, 0, 0.15, 0.032, 0.184, 0.929, 0, 0, 0, 0, 0.03, 0.278, 0, 0.148, -0.035, 0.557, 0.042, 0.292, 0.099, 0.069,
      0.318, 0.378, 0.148, 0, 0.3, 0.302,
    ],
    steps: [
      { at: -3.005, value: 0.001 },
      { at: -2.582, value: 0.048 },
      { at: -2.154, value: 0.062 },
      { at: -1.832, value: 0.131 },
      { at: -1.805, value: 0.154 },
      { at: -1.525, value: 0.206 },
      { at: -0.959, value: 0.215 },
      { at: -0.597, value: 0.271 },
      { at: -0.42, value: 0.425 },
      { at: -0.086, value: 0.48 },
      { at: 0.235, value: 0.486 },
      { at: 0.489, value: 0.551 },
      { at: 0.69, value: 0.655 },
      { at: 0.841, value: 0.675 },
      { at: 0.949, value: 0.751 },
      { at: 1.258, value: 0.775 },
      { at: 1.635, value: 0.788 },
      { at: 1.743, value: 0.879 },
      { at: 1.871, value: 0.918 },
      { at: 2.132, value: 0.942 },
      { at: 2.37, value: 0.949 },
      { at: 2.548, value: 0.958 },
      { at: 2.788, value: 0.993 },
      { at: 3.122, value: 0.999 },
    ],
  },
} as const;
