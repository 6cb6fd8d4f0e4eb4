/**
 * Written by `npm run bench -- answers-fit`: what each trait of a sentence is worth, in the order of `traitNames`, by maximum
 * likelihood of the answering sentence (softmax over a question's candidates) on 688 questions of bench/answers/tuning. A score is
 * the logarithm of the odds of being the answer, up to a constant: by its words, then with its meaning.
 */
export const rankingWeights = {
  byWords: [
    0.421, 1.628, -1.121, 1.854, 11.201, 2.175, 2.979, 0.037, 2.442, 1.715, 0.828, 1.523, 0.941, -0.091, -0.236, -1.738,
    -0.42, -0.932, 4.072,
  ],
  byMeaning: [
    0.897, 2.772, -0.908, 1.154, 6.117, -2.223, 4.554, -0.389, 1.876, 1.411, 0.729, 1.067, 0.796, 0.629, -0.179, -0.903,
    -0.052, -0.196, 1.65, 4.403, 14.529, -0.456,
  ],
} as const;
