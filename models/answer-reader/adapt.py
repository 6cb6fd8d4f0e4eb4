"""
Goes on with a reader on what the product meets, and on written pages again, as one of several processes that average their weights:
    python3 adapt.py --pages written --met MET --from CHECKPOINT.pt --out OUT --minutes 24 --own 0 --trainers 2
"""
import random

from choose import Choice
from met import MetChoice, read_with
from reader import Encoder
from train import batches, of_like_length, remember
from trainer import Trainer, options_of

POOL = 120  # questions that are sorted by length together
HEAD_SHARE = 1.0

# Share of the batches that are of pages.
AGAIN = 0.35


def met_batches(choice: MetChoice, encoder: Encoder):
    """Batches of questions of like length; each a list of (question, what is read, answers, encoded pairs)."""
    chosen = choice.pool(POOL)
    return of_like_length(
        [
            (question, met, [each.answers for each in met], [read_with(encoder, question, each) for each in met])
            for question, met in chosen
        ]
    )


def remember_met(odds: list[float], batch) -> None:
    """How easily each sentence was taken for an answer."""
    at = 0
    for _, met, _, pairs in batch:
        for each, own in zip(met, odds[at : at + len(pairs)]):
            each.tempting = 0.7 * own + 0.3 * each.tempting
        at += len(pairs)


def main() -> None:
    parser = options_of(__doc__, rate=6e-5, fall=0.6, warm=50)
    parser.add_argument('--met', required=True)
    options = parser.parse_args()
    trainer, encoder = Trainer(options, HEAD_SHARE), Encoder()
    pages = Choice(options.pages, options.own, options.trainers)
    met = MetChoice(options.met, options.own, options.trainers)
    of_pages, of_met = [], []
    while not trainer.is_over():
        if random.random() < AGAIN:
            of_pages = of_pages or batches(pages, encoder)
            batch = of_pages.pop()
            remember(trainer.learn(batch), batch)
        else:
            of_met = of_met or met_batches(met, encoder)
            batch = of_met.pop()
            remember_met(trainer.learn(batch), batch)
    trainer.end()


if __name__ == '__main__':
    main()
