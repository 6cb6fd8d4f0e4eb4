"""Reads the written pages and the questions on them (written/README.md says how they are laid out)."""
import glob
import hashlib
import os
from dataclasses import dataclass, field

# Every seventeenth page is never trained on.
DEVELOPMENT = 17


@dataclass
class Statement:
    headings: str
    text: str


@dataclass
class Question:
    text: str
    # Places of the statements that answer it; none: nothing on the page does.
    answers: list[int]
    # Place of the statement it was written under.
    under: int


@dataclass
class Page:
    source: str
    title: str
    statements: list[Statement] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    @property
    def for_development(self) -> bool:
        return int(hashlib.sha256(self.title.encode()).hexdigest()[:8], 16) % DEVELOPMENT == 0


def context_of(page: Page, statement: Statement) -> str:
    """What stands above a statement, as the product gives it."""
    return ' > '.join(part for part in (page.title, statement.headings) if part)


def read_file(path: str) -> list[Page]:
    """The pages of one file. What is no line of the format is passed over."""
    pages: list[Page] = []
    source = os.path.basename(path).split('.')[0]
    headings, last = '', None
    with open(path, encoding='utf-8', errors='replace') as lines:
        for line in (each.strip() for each in lines):
            if line.startswith('=== '):
                pages.append(Page(source, line[4:].strip()))
                headings, last = '', None
            elif line.startswith('## '):
                headings, last = line[3:].strip(), None
            elif not pages or line == '' or line[0] in '#=-*':
                continue
            elif line[:2] in ('? ', 'x '):
                if last is not None:
                    add_question(pages[-1], line, last)
            else:
                pages[-1].statements.append(Statement(headings, line))
                last = len(pages[-1].statements) - 1
    return [page for page in pages if len(page.statements) >= 3]


def add_question(page: Page, line: str, under: int) -> None:
    text, answered = line[2:].strip(), line[0] == '?'
    if len(text) < 6:
        return
    for known in page.questions:
        if known.text.lower() == text.lower():
            if answered and under not in known.answers:
                known.answers.append(under)
            return
    page.questions.append(Question(text, [under] if answered else [], under))


def read_pages(folder: str) -> list[Page]:
    """All pages of a folder, each title once."""
    pages = {page.title: page for path in sorted(glob.glob(os.path.join(folder, '*.txt'))) for page in read_file(path)}
    return list(pages.values())
