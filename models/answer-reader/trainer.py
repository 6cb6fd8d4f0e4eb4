"""One of several processes that train the reader and average their weights."""
import argparse
import os
import random
import time

import numpy as np
import torch
from reader import Reader, batch_of, initial_reader
from torch.nn import functional as F
from weights import mean_of

AVERAGE_EVERY = 30  # batches
SAVE_SECONDS = 300
TELL_SECONDS = 30
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


def options_of(description: str, **defaults) -> argparse.ArgumentParser:
    """What every training is told; `defaults` of the rate, of the share of the time in which it falls and of the batches in which it rises."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument('--pages', required=True)
    parser.add_argument('--out', required=True)
    parser.add_argument('--minutes', required=True, type=float)
    parser.add_argument('--own', type=int, default=0)
    parser.add_argument('--trainers', type=int, default=1)
    parser.add_argument('--from', dest='start', nargs='+', default=[], help='checkpoints or exported files: their mean')
    parser.add_argument('--rate', type=float, default=defaults['rate'])
    parser.add_argument('--fall', type=float, default=defaults['fall'])
    parser.add_argument('--warm', type=int, default=defaults['warm'])
    parser.add_argument('--float32', action='store_true')
    return parser


class Trainer:
    """
    The reader with its optimizer. A batch is a list of (owner, things, answers, pairs): of a question the things that were read, whether each answers, and
    each with the question as the encoder gives it. `head_share` says how much faster than the rest the head learns, which begins at random.
    """

    def __init__(self, options: argparse.Namespace, head_share: float) -> None:
        torch.set_num_threads(1)
        random.seed(options.own)
        os.makedirs(options.out, exist_ok=True)
        self.options = options
        self.reader: Reader = initial_reader()
        for part in self.reader.kept():
            part.requires_grad_(False)
            part.eval()
        self.parameters = [each for each in self.reader.parameters() if each.requires_grad]
        self.optimizer = self.optimizer_of(head_share)
        if options.start:
            self.reader.load_state_dict(mean_of(options.start))
        size = sum(each.numel() for each in self.parameters)
        self.shared = Shared(os.path.join(options.out, 'shared'), size, options.own, options.trainers)
        self.begun = self.saved_at = self.told = time.time()
        self.steps = self.pairs = self.since = 0
        self.sums = [0.0, 0.0, 0]

    def optimizer_of(self, head_share: float) -> torch.optim.Optimizer:
        head = [*self.reader.dense.parameters(), *self.reader.head.parameters()]
        body = [each for each in self.parameters if all(each is not other for other in head)]
        groups = [{'params': body, 'share': 1.0}, {'params': head, 'share': head_share}]
        return torch.optim.AdamW(groups, lr=self.options.rate, betas=(0.9, 0.98), weight_decay=0.01, foreach=True)

    def resume(self, checkpoint: str) -> None:
        """Goes on with the optimizer as it was saved."""
        self.optimizer.load_state_dict(torch.load(checkpoint)['optimizer'])

    def is_over(self) -> bool:
        return time.time() >= self.begun + self.options.minutes * 60

    def rate(self) -> float:
        """Rises over the first batches, falls to nothing in the last part of the time."""
        share = (time.time() - self.begun) / (self.options.minutes * 60)
        falling = min(1.0, max(0.0, (1 - share) / self.options.fall))
        return self.options.rate * min(1.0, (self.steps + 1) / self.options.warm) * falling

    def learn(self, batch) -> list[float]:
        """One step. @returns the logarithm of the odds of each pair, before it"""
        rate = self.rate()
        for group in self.optimizer.param_groups:
            group['lr'] = rate * group['share']
        given = batch_of([pair for each in batch for pair in each[3]])
        with torch.autocast('cpu', dtype=torch.bfloat16, enabled=not self.options.float32):
            logits = self.reader(*given)
        logits = logits.float().squeeze(-1)
        single, listwise = loss_of(logits, batch)
        self.optimizer.zero_grad(set_to_none=True)
        (single + LISTWISE * listwise).backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, CLIP, foreach=True)
        self.optimizer.step()
        self.steps += 1
        self.pairs += len(logits)
        self.since += len(logits)
        self.sums = [self.sums[0] + single.item(), self.sums[1] + float(listwise), self.sums[2] + 1]
        self.keep_up(rate)
        return logits.detach().tolist()

    def keep_up(self, rate: float) -> None:
        """Averages, tells and saves from time to time."""
        if self.steps % AVERAGE_EVERY == 0:
            self.shared.average(self.parameters)
        now = time.time()
        if now - self.told > TELL_SECONDS:
            speed, (single, listwise, count) = self.since / (now - self.told), self.sums
            print(f'step {self.steps} pairs {self.pairs} single {single / count:.3f} listwise {listwise / count:.3f} rate {rate:.1e} {speed:.0f}/s', flush=True)
            self.told, self.since, self.sums = now, 0, [0.0, 0.0, 0]
        if self.options.own == 0 and now - self.saved_at > SAVE_SECONDS:
            self.save()

    def end(self) -> None:
        self.shared.average(self.parameters)
        if self.options.own == 0:
            self.save()

    def save(self) -> None:
        path = os.path.join(self.options.out, f'reader-{(time.time() - self.begun) / 60:.0f}.pt')
        torch.save({'reader': self.reader.state_dict(), 'optimizer': self.optimizer.state_dict()}, path)
        self.saved_at = time.time()


def loss_of(logits: torch.Tensor, batch) -> tuple[torch.Tensor, torch.Tensor]:
    """Each pair by itself; and for answered questions the answers against the others."""
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
