"""What the product met on the way to an answer (`npm run bench -- answers-met`), and what of it is read in training."""
import glob
import json
import math
import os
import random
import zlib
from dataclasses import dataclass

from reader import Encoder

ANSWERS, NEAR_ANSWERED, NEAR_UNANSWERED = 2, 5, 4

# Chance that a sentence is read without the title of its document.
WITHOUT_TITLE = 0.1

# Logarithm of the odds of a sentence that nobody has read: it was ranked too low.
UNREAD = -5.0
MOST_TEMPTING = 6.0


@dataclass
class Met:
    text: str
    answers: bool
    # How easily it is taken for an answer.
    tempting: float


@dataclass
class MetQuestion:
    text: str
    met: list[Met]
    visits: int = 0


class MetChoice:
    """The questions of one of several trainers. One whose answer was not met teaches nothing: what was met may be half of it."""

    def __init__(self, folder: str, own: int, trainers: int) -> None:
        self.questions: list[MetQuestion] = []
        for path in sorted(glob.glob(os.path.join(folder, '*.jsonl'))):
            with open(path, encoding='utf-8') as lines:
                for line in map(json.loads, lines):
                    met = [Met(each['text'], each['answers'], tempting_by(each['odds'])) for each in line['met']]
                    is_missed = line['answerable'] and not any(each.answers for each in met)
                    if met and not is_missed and zlib.crc32(line['question'].encode()) % trainers == own:
                        self.questions.append(MetQuestion(line['question'], met))

    def pool(self, questions: int) -> list[tuple[MetQuestion, list[Met]]]:
        """Questions that were read least, with what to read of each."""
        order = sorted(self.questions, key=lambda each: each.visits + random.random())
        return [self.chosen(each) for each in order[:questions]]

    def chosen(self, question: MetQuestion) -> tuple[MetQuestion, list[Met]]:
        question.visits += 1
        answers = [each for each in question.met if each.answers]
        others = [each for each in question.met if not each.answers]
        noise = {id(each): 0.5 * each.tempting - math.log(-math.log(random.random() + 1e-12) + 1e-12) for each in others}
        near = sorted(others, key=lambda each: -noise[id(each)])[: NEAR_ANSWERED if answers else NEAR_UNANSWERED]
        return question, [*random.sample(answers, min(ANSWERS, len(answers))), *near]


def tempting_by(odds: float | None) -> float:
    return UNREAD if odds is None else max(-MOST_TEMPTING, min(MOST_TEMPTING, odds))


def read_with(encoder: Encoder, question: MetQuestion, met: Met) -> tuple[list[int], int]:
    """A sentence with its question, sometimes without the title of its document."""
    above, headed, rest = met.text.partition(' > ')
    untitled = headed != '' and ': ' not in above and random.random() < WITHOUT_TITLE
    return encoder.pair(question.text, rest if untitled else met.text)
