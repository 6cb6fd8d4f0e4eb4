/**
 * Written by `npm run bench -- abstention --fit`: 397 questions of people on the sample workspace and on Cranfield, with
 * the documents that answer them and without. `weights` in the order of `signNames`; `steps` of the calibration, by the middle of
 * the scores they pool.
 */
export const fittedCurve = {
  bias: -4.511,
  weights: [0.47, 4.244, 1.407, 0, 1.254, 0.024, 0.694, 5.226, 0, 0, -0.712],
  steps: [
    { at: -2.814, value: 0.003 },
    { at: -1.748, value: 0.061 },
    { at: -1.185, value: 0.119 },
    { at: -1.102, value: 0.193 },
    { at: -0.856, value: 0.257 },
    { at: -0.562, value: 0.35 },
    { at: -0.424, value: 0.388 },
    { at: -0.303, value: 0.48 },
    { at: -0.26, value: 0.519 },
    { at: 0.08, value: 0.574 },
    { at: 0.529, value: 0.711 },
    { at: 0.722, value: 0.764 },
    { at: 1.16, value: 0.769 },
    { at: 1.681, value: 0.844 },
    { at: 2.635, value: 0.918 },
    { at: 3.847, value: 0.997 },
  ],
} as const;
