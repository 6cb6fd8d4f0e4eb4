"""
Trains the reader on written pages, as one of several processes that average their weights:
    python3 train.py --pages written --out OUT --minutes 60 --own 0 --trainers 2
Checkpoints are OUT/reader-MINUTE.pt; `--from` goes on with one.
"""
import argparse
import os
import random
import time

import numpy as np
import torch
from torch.nn import functional as F

from choose import Choice, encoded
from reader import Encoder, Reader, batch_of, initial_reader

POOL = 256  # groups that are sorted by length together
PAIRS = 48  # of a batch, about
AVERAGE_EVERY = 30  # batches
SAVE_SECONDS = 300
LISTWISE = 0.5
CLIP = 1.0


class Shared:
    """Weights of all trainers in one file, by which they average."""

    def __init__(self, path: str, size: int, own: int, trainers: int) -> None:
        self.own, self.trainers, self.round = own, trainers, 0
        shape = (2, trainers, size)
        if not os.path.exists(path) and own == 0:
            np.memmap(path + '.new', dtype=np.float32, mode='w+', shape=shape).flush()
            np.memmap(path + '.rounds', dtype=np.int64, mode='w+', shape=(trainers,)).flush()
            os.rename(path + '.new', path)
        while not os.path.exists(path):
            time.sleep(0.1)
        self.slots = np.memmap(path, dtype=np.float32, mode='r+', shape=shape)
        self.rounds = np.memmap(path + '.rounds', dtype=np.int64, mode='r+', shape=(trainers,))

    def average(self, parameters: list[torch.Tensor]) -> None:
        if self.trainers == 1:
            return
        self.round += 1
        slots = self.slots[self.round % 2]
        slots[self.own] = torch.cat([each.detach().reshape(-1) for each in parameters]).numpy()
        self.rounds[self.own] = self.round
        waited = time.time()
        while self.rounds.min() < self.round and time.time() - waited < 30:
            time.sleep(0.005)
        flat = torch.from_numpy(slots[self.rounds >= self.round].mean(0))
        at = 0
        with torch.no_grad():
            for each in parameters:
                each.copy_(flat[at : at + each.numel()].view_as(each))
                at += each.numel()


def rate_at(options: argparse.Namespace, begun: float, steps: int) -> float:
    """Rises over the first batches, falls to nothing in the last part of the time."""
    share = (time.time() - begun) / (options.minutes * 60)
    falling = min(1.0, max(0.0, (1 - share) / options.fall))
    return options.rate * min(1.0, (steps + 1) / options.warm) * falling


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


def loss_of(logits: torch.Tensor, batch) -> tuple[torch.Tensor, torch.Tensor]:
    """Each pair by itself; and for answered questions the answers against the others of the page."""
    answers = torch.tensor([float(is_answer) for each in batch for is_answer in each[2]])
    single = F.binary_cross_entropy_with_logits(logits, answers)
    lists, at = [], 0
    for _, _, own, pairs in batch:
        if any(own):
            odds = F.log_softmax(logits[at : at + len(pairs)], 0)
            lists.append(-torch.logsumexp(odds[torch.tensor(own)], 0))
        at += len(pairs)
    listwise = torch.stack(lists).mean() if lists else torch.zeros(())
    return single, listwise


def remember(logits: torch.Tensor, batch) -> None:
    at = 0
    values = logits.detach().tolist()
    for group, places, _, pairs in batch:
        for offset, place in enumerate(places):
            group.tempting[place] = 0.7 * values[at + offset] + 0.3 * group.tempting[place]
        at += len(pairs)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument('--pages', required=True)
    parser.add_argument('--out', required=True)
    parser.add_argument('--minutes', required=True, type=float)
    parser.add_argument('--own', type=int, default=0)
    parser.add_argument('--trainers', type=int, default=1)
    parser.add_argument('--from', dest='start')
    parser.add_argument('--rate', type=float, default=1.5e-4)
    parser.add_argument('--fall', type=float, default=0.35)
    parser.add_argument('--warm', type=int, default=150)
    parser.add_argument('--float32', action='store_true')
    options = parser.parse_args()
    torch.set_num_threads(1)
    random.seed(options.own)
    os.makedirs(options.out, exist_ok=True)
    reader: Reader = initial_reader()
    for part in reader.kept():
        part.requires_grad_(False)
        part.eval()
    parameters = [each for each in reader.parameters() if each.requires_grad]
    head = [*reader.dense.parameters(), *reader.head.parameters()]
    body = [each for each in parameters if all(each is not other for other in head)]
    groups = [{'params': body, 'share': 1.0}, {'params': head, 'share': 3.0}]
    optimizer = torch.optim.AdamW(groups, lr=options.rate, betas=(0.9, 0.98), weight_decay=0.01, foreach=True)
    if options.start:
        saved = torch.load(options.start)
        reader.load_state_dict(saved['reader'])
        optimizer.load_state_dict(saved['optimizer'])
    encoder, choice = Encoder(), Choice(options.pages, options.own, options.trainers)
    size = sum(each.numel() for each in parameters)
    shared = Shared(os.path.join(options.out, 'shared'), size, options.own, options.trainers)
    begun = saved_at = told = time.time()
    until = begun + options.minutes * 60
    steps = pairs = since = tokens = 0
    sums = [0.0, 0.0, 0]
    while time.time() < until:
        for batch in batches(choice, encoder):
            rate = rate_at(options, begun, steps)
            for group in optimizer.param_groups:
                group['lr'] = rate * group['share']
            given = batch_of([pair for each in batch for pair in each[3]])
            with torch.autocast('cpu', dtype=torch.bfloat16, enabled=not options.float32):
                logits = reader(*given)
            logits = logits.float().squeeze(-1)
            single, listwise = loss_of(logits, batch)
            optimizer.zero_grad(set_to_none=True)
            (single + LISTWISE * listwise).backward()
            torch.nn.utils.clip_grad_norm_(parameters, CLIP, foreach=True)
            optimizer.step()
            remember(logits, batch)
            steps += 1
            pairs += len(logits)
            since += len(logits)
            tokens += given[0].numel()
            sums = [sums[0] + single.item(), sums[1] + listwise.item(), sums[2] + 1]
            if steps % AVERAGE_EVERY == 0:
                shared.average(parameters)
            if time.time() - told > 30:
                speed = since / (time.time() - told)
                means = f'{sums[0] / sums[2]:.3f} listwise {sums[1] / sums[2]:.3f}'
                print(f'step {steps} pairs {pairs} groups {len(choice.groups)} single {means} rate {rate:.1e} {speed:.0f}/s, {tokens / pairs:.0f} tokens', flush=True)
                told, since, sums = time.time(), 0, [0.0, 0.0, 0]
            if time.time() >= until:
                break
        if options.own == 0 and time.time() - saved_at > SAVE_SECONDS:
            save(options.out, reader, optimizer, begun)
            saved_at = time.time()
    shared.average(parameters)
    if options.own == 0:
        save(options.out, reader, optimizer, begun)


def save(out: str, reader: Reader, optimizer: torch.optim.Optimizer, begun: float) -> None:
    path = os.path.join(out, f'reader-{(time.time() - begun) / 60:.0f}.pt')
    torch.save({'reader': reader.state_dict(), 'optimizer': optimizer.state_dict()}, path)


if __name__ == '__main__':
    main()
