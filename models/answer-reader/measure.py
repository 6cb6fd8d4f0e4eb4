"""
Measures a reader on the development pages, which are never trained on:
    python3 measure.py CHECKPOINT.pt|MODEL.onnx [--pages written] [--most 25]
Of the answered questions, the share whose likeliest statement answers; of all questions, how well the likeliest statement's odds tell
answered from unanswered ones (AUROC); of all pairs, how well the odds tell answers from others (AUROC).
"""
import argparse
import os

import numpy as np
import torch
from pages import context_of, read_pages
from reader import HERE, Encoder, Reader, batch_of
from weights import state_of

BATCH = 48


def auroc(scores: np.ndarray, right: np.ndarray) -> float:
    ranks = np.empty(len(scores))
    ranks[np.argsort(scores, kind='stable')] = np.arange(1, len(scores) + 1)
    positive = right.sum()
    return float((ranks[right].sum() - positive * (positive + 1) / 2) / (positive * (len(scores) - positive)))


def torch_scorer(path: str):
    torch.set_num_threads(1)
    reader = Reader().eval()
    reader.load_state_dict(state_of(path))

    def score(pairs):
        with torch.no_grad(), torch.autocast('cpu', dtype=torch.bfloat16):
            return reader(*batch_of(pairs)).float().squeeze(-1).numpy()

    return score


def onnx_scorer(path: str):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(path, options)
    names = ('input_ids', 'attention_mask', 'token_type_ids')

    def one(pair):
        given = dict(zip(names, (each.numpy() for each in batch_of([pair]))))
        return session.run(['logits'], {each.name: given[each.name] for each in session.get_inputs()})[0][0, 0]

    # One at a time, as the product reads: dynamic quantisation takes its scale from all that is in a batch.
    return lambda pairs: np.array([one(pair) for pair in pairs])


def figures(score, pages) -> dict[str, float]:
    encoder = Encoder()
    pairs, right, owners = [], [], []
    questions = [(page, question) for page in pages for question in page.questions]
    for owner, (page, question) in enumerate(questions):
        for at, statement in enumerate(page.statements):
            pairs.append(encoder.pair(question.text, f'{context_of(page, statement)}: {statement.text}'))
            right.append(at in question.answers)
            owners.append(owner)
    order = sorted(range(len(pairs)), key=lambda at: len(pairs[at][0]))
    odds = np.zeros(len(pairs))
    for begin in range(0, len(order), BATCH):
        own = order[begin : begin + BATCH]
        odds[own] = score([pairs[at] for at in own])
    right_, owners_ = np.array(right), np.array(owners)
    best = np.array([odds[owners_ == owner].max() for owner in range(len(questions))])
    answered = np.array([len(question.answers) > 0 for _, question in questions])
    first = [bool(right_[owners_ == owner][odds[owners_ == owner].argmax()]) for owner in np.flatnonzero(answered)]
    return {
        'pages': len(pages),
        'questions': len(questions),
        'first': float(np.mean(first)),
        'answered': auroc(best, answered),
        'pairs': auroc(odds, right_),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument('model')
    parser.add_argument('--pages', default=os.path.join(HERE, 'written'))
    parser.add_argument('--most', type=int, default=25, help='pages, of those for development')
    options = parser.parse_args()
    pages = [page for page in read_pages(options.pages) if page.for_development][: options.most]
    scorer = onnx_scorer if options.model.endswith('.onnx') else torch_scorer
    print({key: round(value, 4) for key, value in figures(scorer(options.model), pages).items()})


if __name__ == '__main__':
    main()
