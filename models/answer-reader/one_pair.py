"""
The reader as it is shipped: for one pair at a time, so that there is nothing to mark as missing, and of operations that ONNX Runtime is quick at. The
same figures as `reader.py`'s, to rounding.
"""
import math

import torch
from reader import HEADS, INNER, WIDTH, WINDOW, Layer, Reader
from torch import nn
from torch.nn import functional as F

OF_HEAD = WIDTH // HEADS


class OneLayer(nn.Module):
    """
    What a layer finds is subtracted with its sign turned. ONNX Runtime 1.30 would make a sum and the norm behind it one operation on the CPU, which takes
    more than three times as long as the two.
    """

    def __init__(self, given: Layer) -> None:
        super().__init__()
        self.query, self.keys, self.inner = given.query, given.keys, given.inner
        self.norm1, self.norm2 = given.norm1, given.norm2
        self.out, self.outer = turned(given.out, WIDTH), turned(given.outer, INNER)

    def forward(self, x: torch.Tensor, of: torch.Tensor) -> torch.Tensor:
        q = self.query(of).view(1, -1, HEADS, OF_HEAD).transpose(1, 2)
        keys, values = self.keys(x).split(WIDTH, -1)
        k = keys.reshape(1, -1, HEADS, OF_HEAD).permute(0, 2, 3, 1)
        v = values.reshape(1, -1, HEADS, OF_HEAD).transpose(1, 2)
        found = torch.softmax(q @ k / math.sqrt(OF_HEAD), -1) @ v
        own = self.norm1(of - self.out(found.transpose(1, 2).reshape(1, -1, WIDTH)))
        return self.norm2(own - self.outer(F.gelu(self.inner(own))))


class OnePair(nn.Module):
    def __init__(self, given: Reader) -> None:
        super().__init__()
        self.words, self.kinds, self.norm = given.words, given.kinds, given.norm
        self.register_buffer('places', given.places.weight[:WINDOW].detach())
        self.layers = nn.ModuleList(OneLayer(each) for each in given.layers)
        self.dense, self.head = given.dense, given.head

    def forward(self, input_ids: torch.Tensor, token_type_ids: torch.Tensor) -> torch.Tensor:
        x = self.norm(self.words(input_ids) + self.places[: input_ids.shape[1]] + self.kinds(token_type_ids))
        for layer in self.layers[:-1]:
            x = layer(x, x)
        mean = x.mean(1)
        first = self.layers[-1](x, x[:, :1])
        return self.head(torch.tanh(self.dense(torch.cat([first[:, 0], mean], -1))))


def turned(given: nn.Linear, width: int) -> nn.Linear:
    """The same with its sign turned. @param width: of what it takes"""
    own = nn.Linear(width, WIDTH)
    own.weight.data, own.bias.data = -given.weight.data, -given.bias.data
    return own
