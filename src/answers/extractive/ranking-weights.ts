/**
 * Written by `npm run bench -- answers-fit`: what each trait of a sentence is worth, in the order of `traitNames`, by maximum
 * likelihood of the answering sentence (softmax over a question's candidates) on 688 questions of bench/answers/tuning. A score is
 * the logarithm of the odds of being the answer, up to a constant: by its words, then with its meaning.
 */
export const rankingWeights = {
  byWords: [
    0.45, 1.643, -1.117, 1.76, 11.158, 2.637, 2.955, 0.142, 2.425, 1.719, 0.822, 1.518, 0.952, -0.067, -0.258, -1.741,
    -0.432, -0.886, 4.05,
  ],
  byMeaning: [
    1.001, 2.854, -0.862, 1.114, 5.877, -1.597, 4.499, -0.188, 1.87, 1.414, 0.719, 1.134, 0.824, 0.668, -0.175, -0.885,
    -0.047, -0.101, 1.601, 4.498, 14.578, -0.535,
  ],
} as const;
