"""
Writes a checkpoint, or the mean of several, as the model that is shipped:
    python3 export.py CHECKPOINT.pt|MODEL.onnx… [--scale 1 --shift 0]
ONNX (opset 17), quantised as the embedder is: dynamic int8, per channel, reduced range; then `onnx/model_quantized.onnx`.
Scale and shift bring its logarithms of odds to those of another reader, by which thresholds were chosen.
"""
import argparse
import os
import shutil

import torch
from one_pair import OnePair
from onnxruntime.quantization import QuantType, quantize_dynamic
from reader import BASE, HERE, Reader
from weights import mean_of

INPUTS = ('input_ids', 'token_type_ids')


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument('checkpoints', nargs='+')
    parser.add_argument('--scale', type=float, default=1.0)
    parser.add_argument('--shift', type=float, default=0.0)
    options = parser.parse_args()
    reader = Reader().eval()
    reader.load_state_dict(mean_of(options.checkpoints))
    with torch.no_grad():
        reader.head.weight.mul_(options.scale)
        reader.head.bias.mul_(options.scale).add_(options.shift)
    folder = os.path.join(HERE, 'onnx')
    os.makedirs(folder, exist_ok=True)
    whole, small = os.path.join(folder, 'model.onnx'), os.path.join(folder, 'model_quantized.onnx')
    example = torch.ones(1, 8, dtype=torch.long)
    torch.onnx.export(
        OnePair(reader).eval(),
        (example, torch.zeros_like(example)),
        whole,
        input_names=list(INPUTS),
        output_names=['logits'],
        dynamic_axes={name: {1: 'tokens'} for name in INPUTS},
        opset_version=17,
    )
    quantize_dynamic(whole, small, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    os.remove(whole)
    for name in ('tokenizer.json', 'tokenizer_config.json', 'special_tokens_map.json'):
        shutil.copy(os.path.join(BASE, name), os.path.join(HERE, name))
    print(small, os.path.getsize(small))


if __name__ == '__main__':
    main()
