/**
 * Written by `npm run bench -- answers-fit`: what each trait of a sentence is worth, in the order of `traitNames`, by maximum
 * likelihood of the answering sentence (softmax over a question's candidates) on 688 questions of bench/answers/tuning. A score is
 * the logarithm of the odds of being the answer, up to a constant: by its words, then with its meaning.
 */
export const rankingWeights = {
  byWords: [
    0.417, 1.581, -1.136, 1.735, 11.222, 2.714, 2.955, 0.162, 2.44, 1.719, 0.822, 1.518, 0.952, -0.064, -0.261, -1.769,
    -0.412, -0.879, 4.027,
  ],
  byMeaning: [
    1.104, 2.889, -0.798, 1.19, 5.888, -1.718, 4.491, -0.232, 1.914, 1.414, 0.719, 1.139, 0.818, 0.651, -0.167, -0.961,
    -0.063, -0.115, 1.579, 4.565, 14.526, -0.473,
  ],
} as const;
