/**
 * Written by `npm run bench -- answers-fit`: what each trait of a sentence is worth, in the order of `traitNames`, by maximum
 * likelihood of the answering sentence (softmax over a question's candidates) on 688 questions of bench/answers/tuning. A score is
 * the logarithm of the odds of being the answer, up to a constant: by its words, then with its meaning.
 */
export const rankingWeights = {
  byWords: [
    1.199, 2.272, -0.656, 1.006, 9.521, 3.303, 3.043, 1.125, 0.969, 0.961, 0.837, 1.466, 0.886, 0.108, -0.213, -0.701,
    4.138,
  ],
  byMeaning: [
    1.336, 3.316, -0.07, 0.857, 4.772, -1.604, 4.86, 1.11, 0.692, 0.784, 0.734, 1.031, 0.758, 0.846, 0.067, 0.008,
    1.608, 4.302, 15.4, -1.963,
  ],
} as const;
