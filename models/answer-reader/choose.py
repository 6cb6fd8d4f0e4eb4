"""Chooses what is read in training: for each question its answers and the statements most easily taken for them."""
import math
import random
import re
import zlib
from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from pages import Page, Question, context_of, read_pages
from reader import Encoder

# Chance that a statement is read without its title, and without all that stands above it.
WITHOUT_TITLE, WITHOUT_ABOVE = 0.1, 0.12
ANSWERS, NEAR_ANSWERED, NEAR_UNANSWERED = 2, 3, 2
EASY = 0.2

# Chance that a table's row is read as it stands, not with its cells in another order; and what a cell looks like.
IN_ORDER = 0.4
CELL = re.compile(r'[^:;]{1,50}: \S')

# A visit counts less where the page has a table, so that its questions come up more often: tables are few and harder.
TABLE_VISIT = 0.6


@dataclass
class Group:
    """A question and what is known of the page's statements."""

    page: Page
    question: Question
    # Per statement: how easily it is taken for an answer.
    tempting: np.ndarray
    visits: float = field(default=0.0)
    # What a visit counts.
    step: float = field(default=1.0)


def has_table(page: Page) -> bool:
    return sum(re.match(r'[A-Z][^:;?]{1,40}: [^;]+; [A-Z][^:;]{1,40}: ', each.text) is not None for each in page.statements) >= 3


def stems(text: str) -> set[str]:
    return {word[:5] for word in re.findall(r"[a-z0-9']+", text.lower())}


class Choice:
    """The groups of one of several trainers."""

    def __init__(self, folder: str, own: int, trainers: int, development: bool = False) -> None:
        self.own, self.trainers, self.development = own, trainers, development
        self.groups: list[Group] = []
        self.random = random.Random(own)
        for page in read_pages(folder):
            if page.for_development == development:
                self.add(page)

    def add(self, page: Page) -> None:
        words = [stems(f'{each.headings} {each.text}') for each in page.statements]
        counts = Counter(word for each in words for word in each)
        weigh = lambda found: sum(math.log(1 + len(words) / counts[word]) for word in found)
        step = TABLE_VISIT if has_table(page) else 1.0
        for question in page.questions:
            if zlib.crc32(question.text.encode()) % self.trainers != self.own:
                continue
            asked = stems(question.text)
            shared = np.array([weigh(asked & each) for each in words])
            self.groups.append(Group(page, question, 0.5 * (shared - shared.mean()), step=step))

    def pool(self, groups: int) -> list[tuple[Group, list[int], list[bool]]]:
        """Groups that were read least, with the statements to read of each and whether they answer."""
        order = sorted(self.groups, key=lambda group: group.visits + self.random.random())
        return [self.chosen(group) for group in order[:groups]]

    def chosen(self, group: Group) -> tuple[Group, list[int], list[bool]]:
        group.visits += group.step
        answers = self.random.sample(group.question.answers, min(ANSWERS, len(group.question.answers)))
        forced = [] if answers else [group.question.under]
        wanted = NEAR_ANSWERED if answers else NEAR_UNANSWERED
        others = [at for at in range(len(group.page.statements)) if at not in group.question.answers and at not in forced]
        noise = {at: group.tempting[at] - math.log(-math.log(self.random.random() + 1e-12) + 1e-12) for at in others}
        near = sorted(others, key=lambda at: -noise[at])[:wanted]
        places = [*answers, *forced, *near]
        return group, places, [at in group.question.answers for at in places]

    def easy(self, group: Group) -> tuple[Page, int] | None:
        """Sometimes a statement of another page by the same author."""
        if self.random.random() > EASY:
            return None
        other = self.random.choice(self.groups).page
        for _ in range(5):
            if other is not group.page and other.source[:2] == group.page.source[:2]:
                return other, self.random.randrange(len(other.statements))
            other = self.random.choice(self.groups).page
        return None

    def text(self, page: Page, at: int) -> str:
        """A statement with what stands above it, sometimes with less."""
        statement = page.statements[at]
        chance = self.random.random()
        if self.development or chance > WITHOUT_TITLE + WITHOUT_ABOVE:
            above = context_of(page, statement)
        else:
            above = statement.headings if chance > WITHOUT_ABOVE else ''
        own = statement.text if self.development else self.shuffled(statement.text)
        return f'{above}: {own}' if above else own

    def shuffled(self, text: str) -> str:
        """A table's row often with its cells in another order, which says the same."""
        cells = text.split('; ')
        if len(cells) < 3 or not all(CELL.match(each) for each in cells) or self.random.random() < IN_ORDER:
            return text
        kept = 1 if self.random.random() < 0.5 else 0
        rest = cells[kept:]
        self.random.shuffle(rest)
        return '; '.join([*cells[:kept], *rest])


def encoded(encoder: Encoder, choice: Choice, question: str, page: Page, at: int) -> tuple[list[int], int]:
    return encoder.pair(question, choice.text(page, at))
