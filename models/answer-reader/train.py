"""
Trains the reader on written pages, as one of several processes that average their weights:
    python3 train.py --pages written --out OUT --minutes 60 --own 0 --trainers 2
Checkpoints are OUT/reader-MINUTE.pt; `--from` goes on with one as it was, or with an exported file or the mean of several and the optimizer anew.
"""
import random

from choose import Choice, encoded
from reader import Encoder
from trainer import Trainer, options_of

POOL = 256  # groups that are sorted by length together
PAIRS = 48  # of a batch, about
HEAD_SHARE = 3.0


def batches(choice: Choice, encoder: Encoder):
    """Batches of groups of like length; each a list of (group, places, answers, encoded pairs)."""
    read = []
    for group, places, answers in choice.pool(POOL):
        pairs = [encoded(encoder, choice, group.question.text, group.page, at) for at in places]
        easy = choice.easy(group)
        if easy is not None:
            pairs.append(encoded(encoder, choice, group.question.text, *easy))
            answers = [*answers, False]
        read.append((group, places, answers, pairs))
    return of_like_length(read)


def of_like_length(read):
    """Batches of about `PAIRS` pairs, in any order."""
    read.sort(key=lambda each: max(len(ids) for ids, _ in each[3]))
    found, batch, count = [], [], 0
    for each in read:
        batch.append(each)
        count += len(each[3])
        if count >= PAIRS:
            found.append(batch)
            batch, count = [], 0
    if batch:
        found.append(batch)
    random.shuffle(found)
    return found


def remember(odds: list[float], batch) -> None:
    """How easily each statement was taken for an answer."""
    at = 0
    for group, places, _, pairs in batch:
        for offset, place in enumerate(places):
            group.tempting[place] = 0.7 * odds[at + offset] + 0.3 * group.tempting[place]
        at += len(pairs)


def main() -> None:
    options = options_of(__doc__, rate=1.5e-4, fall=0.35, warm=150).parse_args()
    trainer = Trainer(options, HEAD_SHARE)
    # An exported file has no optimizer to go on with.
    if len(options.start) == 1 and not options.start[0].endswith('.onnx'):
        trainer.resume(options.start[0])
    encoder, choice = Encoder(), Choice(options.pages, options.own, options.trainers)
    while not trainer.is_over():
        for batch in batches(choice, encoder):
            remember(trainer.learn(batch), batch)
            if trainer.is_over():
                break
    trainer.end()


if __name__ == '__main__':
    main()
