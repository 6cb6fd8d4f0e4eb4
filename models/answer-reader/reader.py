"""The model: all-MiniLM-L6-v2 as it is shipped with the product, with a head that says whether a statement answers a question."""
import os

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional as F

HERE = os.path.dirname(os.path.abspath(__file__))
BASE = os.path.join(HERE, '..', 'all-MiniLM-L6-v2')
WIDTH, HEADS, LAYERS, INNER = 384, 12, 6, 1536
# Layers that are not trained: the lowest.
KEPT = 2

# Share of what a trained layer adds that is lost in training.
LOST = 0.1

# The product's pair encoder: three marks, at most half of the rest for the statement (src/models/nli/pair-encoder.ts).
WINDOW = 160
SECOND_AT_MOST = (WINDOW - 3) // 2
CLS, SEP, PAD = 101, 102, 0


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.query = nn.Linear(WIDTH, WIDTH)
        self.keys = nn.Linear(WIDTH, 2 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.lost = nn.Dropout(LOST)

    def forward(self, x: torch.Tensor, mask: torch.Tensor, of: torch.Tensor) -> torch.Tensor:
        """What the tokens `of` become, all or the first, by what they find in `x`."""
        batch, length, _ = x.shape
        heads = (HEADS, WIDTH // HEADS)
        q = self.query(of).view(batch, of.shape[1], *heads).transpose(1, 2)
        k, v = self.keys(x).view(batch, length, 2, *heads).permute(2, 0, 3, 1, 4).unbind(0)
        found = F.scaled_dot_product_attention(q, k, v, attn_mask=mask.to(q.dtype))
        own = self.norm1(of + self.lost(self.out(found.transpose(1, 2).reshape(batch, of.shape[1], WIDTH))))
        return self.norm2(own + self.lost(self.outer(F.gelu(self.inner(own)))))


class Reader(nn.Module):
    """
    The logarithm of the odds that the second text answers the first. The last layer is computed for [CLS] alone, which is an eighth of
    the work less; the mean of the tokens is that of the layer before.
    """

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.places = nn.Embedding(512, WIDTH)
        self.kinds = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.dense = nn.Linear(2 * WIDTH, WIDTH)
        self.head = nn.Linear(WIDTH, 1)

    def kept(self) -> list[nn.Module]:
        """Parts that stay as they were learnt from far more text: words that no page has keep their likeness to those that pages have."""
        return [self.words, self.places, self.kinds, self.norm, *self.layers[:KEPT]]

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor) -> torch.Tensor:
        places = torch.arange(input_ids.shape[1], device=input_ids.device)
        x = self.norm(self.words(input_ids) + self.places(places) + self.kinds(token_type_ids))
        there = attention_mask.to(x.dtype)
        mask = ((1 - there) * -1e4)[:, None, None, :]
        for layer in self.layers[:-1]:
            x = layer(x, mask, x)
        mean = (x * there[:, :, None]).sum(1) / there.sum(1, keepdim=True)
        first = self.layers[-1](x, mask, x[:, :1])
        return self.head(torch.tanh(self.dense(torch.cat([first[:, 0], mean], -1))))


def initial_reader() -> Reader:
    """With the weights of the shipped embedder, dequantised; the head begins at random."""
    torch.manual_seed(1)
    reader = Reader()
    given = dequantised(os.path.join(BASE, 'onnx', 'model_quantized.onnx'), 'm.')
    state = reader.state_dict()
    state['words.weight'] = given['embeddings.word_embeddings.weight']
    state['places.weight'] = given['embeddings.position_embeddings.weight']
    state['kinds.weight'] = given['embeddings.token_type_embeddings.weight']
    for end in ('weight', 'bias'):
        state[f'norm.{end}'] = given[f'embeddings.LayerNorm.{end}']
        for at in range(LAYERS):
            old = f'encoder.layer.{at}.'
            keys = [given[f'{old}attention.self.{each}.{end}'] for each in ('key', 'value')]
            state[f'layers.{at}.query.{end}'] = given[f'{old}attention.self.query.{end}']
            state[f'layers.{at}.keys.{end}'] = torch.cat(keys)
            state[f'layers.{at}.out.{end}'] = given[f'{old}attention.output.dense.{end}']
            state[f'layers.{at}.norm1.{end}'] = given[f'{old}attention.output.LayerNorm.{end}']
            state[f'layers.{at}.inner.{end}'] = given[f'{old}intermediate.dense.{end}']
            state[f'layers.{at}.outer.{end}'] = given[f'{old}output.dense.{end}']
            state[f'layers.{at}.norm2.{end}'] = given[f'{old}output.LayerNorm.{end}']
    reader.load_state_dict(state)
    nn.init.normal_(reader.head.weight, std=0.02)
    return reader


def dequantised(path: str, prefix: str) -> dict[str, torch.Tensor]:
    """The weights of a dynamically quantised model by their names behind the prefix; a matrix is named by the bias that is added to it."""
    graph = onnx.load(path).graph
    arrays = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    found: dict[str, np.ndarray] = {}
    users: dict[str, list] = {}
    for node in graph.node:
        for name in node.input:
            users.setdefault(name, []).append(node)
    for name, array in arrays.items():
        if name.startswith(prefix) and array.dtype == np.float32 and array.ndim == 1 and not name.endswith('_scale'):
            found[name[len(prefix) :]] = array
        if name.startswith(prefix) and name.endswith('_quantized'):
            found[name[len(prefix) : -len('_quantized')]] = scaled(arrays, name)
    for node in graph.node:
        if node.op_type != 'MatMulInteger' or node.input[1] not in arrays:
            continue
        step = node
        while step.op_type != 'Add':
            step = users[step.output[0]][0]
        bias = next(name for name in step.input if name in arrays)
        found[bias[len(prefix) :].replace('.bias', '.weight')] = scaled(arrays, node.input[1]).T
    return {name: torch.from_numpy(np.array(array, dtype=np.float32, order='C')) for name, array in found.items()}


def scaled(arrays: dict[str, np.ndarray], name: str) -> np.ndarray:
    bare = name[: -len('_quantized')]
    values = arrays[name].astype(np.float32) - arrays[f'{bare}_zero_point'].astype(np.float32)
    return values * arrays[f'{bare}_scale']


class Encoder:
    """Two texts as the product encodes them: the first is cut where both do not fit."""

    def __init__(self) -> None:
        self.tokenizer = Tokenizer.from_file(os.path.join(BASE, 'tokenizer.json'))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.known: dict[str, list[int]] = {}

    def tokens(self, text: str) -> list[int]:
        found = self.known.get(text)
        if found is None:
            found = self.known[text] = self.tokenizer.encode(text, add_special_tokens=False).ids
        return found

    def pair(self, question: str, statement: str) -> tuple[list[int], int]:
        """Token ids, and where the second text begins."""
        two = self.tokens(statement)[:SECOND_AT_MOST]
        one = self.tokens(question)[: WINDOW - 3 - len(two)]
        return [CLS, *one, SEP, *two, SEP], len(one) + 2


def batch_of(pairs: list[tuple[list[int], int]]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Padded ids, mask and kinds."""
    longest = max(len(ids) for ids, _ in pairs)
    ids = np.zeros((len(pairs), longest), dtype=np.int64)
    mask, kinds = np.zeros_like(ids), np.zeros_like(ids)
    for at, (own, second) in enumerate(pairs):
        ids[at, : len(own)] = own
        mask[at, : len(own)] = 1
        kinds[at, second : len(own)] = 1
    return torch.from_numpy(ids), torch.from_numpy(mask), torch.from_numpy(kinds)
