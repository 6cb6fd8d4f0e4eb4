"""Questions with the sentences that may answer them, as terms: of the written pages, and of what the product met (`npm run bench -- answers-met`)."""
import glob
import json
import math
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass

HERE = os.path.dirname(os.path.abspath(__file__))
PROJECT = os.path.join(HERE, '..', '..')
sys.path.insert(0, os.path.join(HERE, '..', 'answer-reader'))

from pages import context_of, read_pages  # noqa: E402

# A question has at most so many terms, a sentence, what stands above it; of more sentences so many are taken.
ASKED, SAID, ABOVE, SENTENCES = 14, 30, 16, 40

# What the product met is what it is for: each of its questions is there so often.
OFTEN = 3


@dataclass
class Group:
    """Sentences, each what stands above it and its words; and questions with the sentences to choose from and those that answer."""

    sentences: list[tuple[str, str]]
    questions: list[tuple[str, list[int], list[int]]]
    times: int
    for_development: bool


@dataclass
class Example:
    """Numbers of terms; `rarity` as `src/answers/extractive/score-sentences.ts` has it. A sentence is (its terms, those above it)."""

    asked: list[int]
    rarity: list[float]
    sentences: list[tuple[list[int], list[int]]]
    answers: list[int]


def groups_of_pages(folder: str) -> list[Group]:
    groups = []
    for page in read_pages(folder):
        every = list(range(len(page.statements)))
        questions = [(each.text, every, each.answers) for each in page.questions if each.answers]
        groups.append(Group([(context_of(page, each), each.text) for each in page.statements], questions, 1, page.for_development))
    return groups


def groups_met(folder: str) -> list[Group]:
    groups = []
    for path in sorted(glob.glob(os.path.join(folder, '*.jsonl'))):
        places: dict[str, int] = {}
        questions = []
        with open(path, encoding='utf-8') as lines:
            for line in map(json.loads, lines):
                met = [(places.setdefault(each['text'], len(places)), each['answers']) for each in line['met']]
                if any(answers for _, answers in met):
                    questions.append((line['question'], [at for at, _ in met], [at for at, answers in met if answers]))
        groups.append(Group([tuple(text.partition(': ')[::2]) for text in places], questions, OFTEN, False))
    return groups


def terms_of(texts: list[str]) -> dict[str, dict[str, list[str]]]:
    """Of each text its `terms` as the product's search index writes them, and those `asked` where it is a question."""
    with tempfile.TemporaryDirectory() as folder:
        given, made = os.path.join(folder, 'texts.txt'), os.path.join(folder, 'terms.jsonl')
        with open(given, 'w', encoding='utf-8') as file:
            file.writelines(f'{json.dumps(each)}\n' for each in texts)
        subprocess.run(['npm', 'run', '--silent', 'bench', '--', 'answers-terms', given, '--out', made], cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)
        with open(made, encoding='utf-8') as lines:
            return dict(zip(texts, map(json.loads, lines), strict=True))


class Numbers:
    """Terms by number: 0 is none, then the known ones in their order, then others as they come."""

    def __init__(self, known: list[str]) -> None:
        self.known = len(known)
        self.of_term = {term: at + 1 for at, term in enumerate(known)}

    def of(self, terms: list[str], most: int) -> list[int]:
        return [self.of_term.setdefault(each, len(self.of_term) + 1) for each in terms[:most]]


def examples_of(groups: list[Group], numbers: Numbers) -> list[Example]:
    texts = {text for group in groups for pair in group.sentences for text in pair} | {each[0] for group in groups for each in group.questions}
    terms = terms_of(sorted(texts))
    examples = []
    for group in groups:
        sentences = [(numbers.of(terms[own]['terms'], SAID), numbers.of(terms[above]['terms'], ABOVE)) for above, own in group.sentences]
        having = Counter(term for own, _ in sentences for term in set(own))
        for text, chosen, answers in group.questions:
            asked = numbers.of(terms[text]['asked'], ASKED)
            rarity = [math.log(1 + (len(sentences) - having[each] + 0.5) / (having[each] + 0.5)) for each in asked]
            taken = chosen if len(chosen) <= SENTENCES else sorted({*random.sample(chosen, SENTENCES - 4), *answers})
            if asked:
                own = Example(asked, rarity, [sentences[at] for at in taken], [taken.index(at) for at in answers])
                examples.extend([own] * group.times)
    return examples
