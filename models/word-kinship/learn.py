"""
Goes on with the vectors that `npm run bench -- answers-fit --words` makes, on questions and what answers them, and learns how much a question turns on a term:
    python3 learn.py --pages ../answer-reader/written --met MET --minutes 8
Writes `learnt.bin` and `importance.bin`, which the product does not read yet (ORIGIN.md), and prints the kinship that counts as nothing: for learnt kinship what `UNRELATED` in
word-likeness.ts is for the embedder's.
"""
import argparse
import os
import random
import time

import numpy as np
import torch
from examples import HERE, Example, Numbers, examples_of, groups_met, groups_of_pages
from kinship import LEAST, MOST, WIDTH, Kinship, batch_of, loss_of

BATCH, POOL = 32, 640
RATE, IMPORTANCE_RATE, DECAY = 2e-3, 5e-3, 0.05
FIRST_STEPS = 60

# Of a question of some length a term is now and then not read, so that none has to be there.
DROPPED, LONG = 0.1, 4

STEPS_PER_NAT = 32
MEASURED = 2500
TELL_SECONDS = 45


def read_vectors() -> tuple[list[str], np.ndarray]:
    with open(os.path.join(HERE, 'terms.txt'), encoding='utf-8') as lines:
        terms = lines.read().split('\n')[:-1]
    vectors = np.fromfile(os.path.join(HERE, 'vectors.bin'), dtype=np.int8).reshape(len(terms), WIDTH).astype(np.float32)
    return terms, vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)


def batches_of(examples: list[Example]):
    """All once, in pools of like length."""
    order = random.sample(examples, len(examples))
    for begin in range(0, len(order) - POOL + 1, POOL):
        pool = sorted(order[begin : begin + POOL], key=size_of)
        own = [pool[at : at + BATCH] for at in range(0, POOL, BATCH)]
        random.shuffle(own)
        yield from own


def size_of(example: Example) -> int:
    return 8 * len(example.sentences) + max(len(own) for own, _ in example.sentences)


def without_some(asked: torch.Tensor) -> torch.Tensor:
    is_long = (asked > 0).sum(1, keepdim=True) >= LONG
    return asked.masked_fill((torch.rand(asked.shape) < DROPPED) & is_long, 0)


def step(kinship: Kinship, optimizer: torch.optim.Optimizer, examples: list[Example]) -> float:
    (asked, *rest), answers = batch_of(examples)
    loss = loss_of(kinship(without_some(asked), *rest), answers)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


def measure(kinship: Kinship, examples: list[Example]) -> str:
    """Of questions that were not learnt from: the loss, and the share whose first, first three, first five sentences hold an answer."""
    chosen = sorted(random.Random(5).sample(examples, min(MEASURED, len(examples))), key=size_of)
    loss, firsts = 0.0, dict.fromkeys((1, 3, 5), 0)
    with torch.no_grad():
        for at in range(0, len(chosen), BATCH):
            given, answers = batch_of(chosen[at : at + BATCH])
            scores = kinship(*given)
            loss += loss_of(scores, answers).item() * len(answers)
            ranked = answers.gather(1, scores.argsort(1, descending=True))
            for most in firsts:
                firsts[most] += int(ranked[:, :most].any(1).sum())
    return f'loss {loss / len(chosen):.3f} ' + ' '.join(f'first {most}: {found / len(chosen):.3f}' for most, found in firsts.items())


def learn(kinship: Kinship, examples: list[Example], others: list[Example], minutes: float) -> None:
    first = torch.optim.Adam([kinship.weights], lr=0.05)
    for _ in range(FIRST_STEPS):
        step(kinship, first, random.sample(examples, BATCH))
    print('before', measure(kinship, others), flush=True)
    groups = [
        {'params': [kinship.change], 'lr': RATE, 'weight_decay': DECAY},
        {'params': [kinship.importance], 'lr': IMPORTANCE_RATE, 'weight_decay': DECAY},
        {'params': [kinship.turn], 'lr': RATE / 10, 'weight_decay': 0},
        {'params': [kinship.weights, kinship.unrelated], 'lr': 0.01, 'weight_decay': 0},
    ]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98))
    rates = [group['lr'] for group in optimizer.param_groups]
    begun = told = time.time()
    while True:
        for batch in batches_of(examples):
            left = 1 - (time.time() - begun) / (minutes * 60)
            if left <= 0:
                return
            for group, rate in zip(optimizer.param_groups, rates):
                group['lr'] = rate * left
            step(kinship, optimizer, batch)
            if time.time() - told > TELL_SECONDS:
                print(measure(kinship, others), flush=True)
                told = time.time()


def write(kinship: Kinship, known: int) -> None:
    vectors = kinship.vectors().detach()[1 : known + 1].numpy()
    np.round(vectors * 127).astype(np.int8).tofile(os.path.join(HERE, 'learnt.bin'))
    importance = kinship.importance.detach()[1 : known + 1].clamp(LEAST, MOST).numpy()
    np.round(importance * STEPS_PER_NAT).astype(np.int8).tofile(os.path.join(HERE, 'importance.bin'))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument('--pages', required=True)
    parser.add_argument('--met', required=True)
    parser.add_argument('--minutes', type=float, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    random.seed(1)
    terms, vectors = read_vectors()
    groups, numbers = [*groups_of_pages(options.pages), *groups_met(options.met)], Numbers(terms)
    examples = examples_of([each for each in groups if not each.for_development], numbers)
    others = examples_of([each for each in groups if each.for_development], numbers)
    kinship = Kinship(vectors, len(numbers.of_term))
    learn(kinship, examples, others, options.minutes)
    print('after', measure(kinship, others))
    write(kinship, numbers.known)
    print(f'unrelated {kinship.unrelated.item():.3f}')


if __name__ == '__main__':
    main()
