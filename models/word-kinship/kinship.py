"""The score of a sentence by kinship of words, as the traits of words in `src/answers/extractive` have it, but so that it can be learnt."""
import numpy as np
import torch
from examples import Example
from torch import nn
from torch.nn import functional as F

WIDTH = 64

# As in word-likeness.ts: the most that kinship is worth. What is less than nothing still counts a little, so that it can become something.
MOST_KIN, BELOW = 0.85, 0.1

# The logarithm of a term's importance is kept within.
LEAST, MOST = -3.0, 1.5


class Kinship(nn.Module):
    """
    Vectors begin as they are given and learn a turn of all and a change of each. `weights` are those of the share of the question that a sentence carries, of the share
    that it carries with what stands above it, of the share of the sentence that the question says, and of its length.
    """

    def __init__(self, given: np.ndarray, terms: int) -> None:
        super().__init__()
        known = len(given)
        beginning = torch.zeros(terms + 1, WIDTH)
        beginning[1 : known + 1] = torch.from_numpy(given)
        self.register_buffer('beginning', beginning)
        is_known = torch.zeros(terms + 1, 1)
        is_known[1 : known + 1] = 1
        self.register_buffer('is_known', is_known)
        self.turn = nn.Parameter(torch.eye(WIDTH))
        self.change = nn.Parameter(torch.zeros(terms + 1, WIDTH))
        self.importance = nn.Parameter(torch.zeros(terms + 1))
        self.weights = nn.Parameter(torch.tensor([1.8, 11.0, 2.6, -0.4]))
        self.unrelated = nn.Parameter(torch.tensor(0.15))

    def vectors(self) -> torch.Tensor:
        """[term][dimension], of length 1; of a term that is not known 0."""
        return F.normalize(self.beginning @ self.turn + self.change, dim=-1, eps=1e-6) * self.is_known

    def forward(self, asked: torch.Tensor, rarity: torch.Tensor, said: torch.Tensor, above: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        """[question][sentence], the logarithm of the odds up to a constant."""
        vectors = self.vectors()
        turning = rarity * (asked > 0) * torch.exp(self.importance[asked].clamp(LEAST, MOST))
        turning = turning / turning.sum(1, keepdim=True).clamp(min=1e-6)
        likeness = self.likeness(vectors, asked, said)
        own = likeness.amax(-1)
        with_above = torch.maximum(own, self.likeness(vectors, asked, above).amax(-1))
        is_said = (said > 0).float()
        back = likeness.masked_fill((asked == 0)[:, :, None, None], -BELOW).amax(1) * is_said
        shares = [
            (own * turning[:, :, None]).sum(1),
            (with_above * turning[:, :, None]).sum(1),
            back.sum(-1) / is_said.sum(-1).clamp(min=1),
            torch.log(1 + is_said.sum(-1)),
        ]
        score = sum(weight * share for weight, share in zip(self.weights, shares))
        return score.masked_fill(~there, -1e4)

    def likeness(self, vectors: torch.Tensor, asked: torch.Tensor, terms: torch.Tensor) -> torch.Tensor:
        """[question][asked term][sentence][term]"""
        flat = terms.reshape(len(terms), -1)
        near = torch.einsum('qad,qtd->qat', vectors[asked], vectors[flat])
        near = (near - self.unrelated) / (1 - self.unrelated)
        near = torch.where(near > 0, near, BELOW * near).clamp(max=MOST_KIN)
        near = torch.where(asked[:, :, None] == flat[:, None, :], torch.ones(()), near)
        near = near.masked_fill((flat == 0)[:, None, :], -BELOW)
        return near.view(*asked.shape, *terms.shape[1:])


def batch_of(examples: list[Example]) -> tuple[list[torch.Tensor], torch.Tensor]:
    """What `forward` takes, and which sentences answer."""
    count, sentences = len(examples), max(len(each.sentences) for each in examples)
    longest = lambda lists: max(1, *(len(each) for each in lists))
    width = longest([each.asked for each in examples])
    asked, rarity = np.zeros((count, width), np.int64), np.zeros((count, width), np.float32)
    said = np.zeros((count, sentences, longest([own for each in examples for own, _ in each.sentences])), np.int64)
    above = np.zeros((count, sentences, longest([over for each in examples for _, over in each.sentences])), np.int64)
    there, answers = np.zeros((count, sentences), bool), np.zeros((count, sentences), bool)
    for row, example in enumerate(examples):
        asked[row, : len(example.asked)] = example.asked
        rarity[row, : len(example.asked)] = example.rarity
        for at, (own, over) in enumerate(example.sentences):
            said[row, at, : len(own)] = own
            above[row, at, : len(over)] = over
        there[row, : len(example.sentences)] = True
        answers[row, example.answers] = True
    given = [torch.from_numpy(each) for each in (asked, rarity, said, above, there)]
    return given, torch.from_numpy(answers)


def loss_of(scores: torch.Tensor, answers: torch.Tensor) -> torch.Tensor:
    """Minus the logarithm of the probability of the answers among a question's sentences, in the mean."""
    odds = torch.log_softmax(scores, 1)
    return -torch.logsumexp(odds.masked_fill(~answers, -1e4), 1).mean()
