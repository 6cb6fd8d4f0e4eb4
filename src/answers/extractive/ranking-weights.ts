/**
 * Written by `npm run bench -- answers-fit`: what each trait of a sentence is worth, in the order of `traitNames`, by maximum
 * likelihood of the answering sentence (softmax over a question's candidates) on 688 questions of bench/answers/tuning. A score is
 * the logarithm of the odds of being the answer, up to a constant: by its words, then with its meaning.
 */
export const rankingWeights = {
  byWords: [
    0.418, 1.625, -1.123, 1.86, 11.201, 2.164, 2.978, 0.031, 2.442, 1.715, 0.828, 1.523, 0.942, -0.092, -0.236, -1.736,
    -0.421, -0.934, 4.071,
  ],
  byMeaning: [
    0.894, 2.77, -0.909, 1.16, 6.116, -2.232, 4.554, -0.391, 1.876, 1.411, 0.728, 1.067, 0.796, 0.628, -0.18, -0.901,
    -0.053, -0.196, 1.65, 4.402, 14.528, -0.453,
  ],
} as const;
