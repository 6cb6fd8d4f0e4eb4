"""The weights of readers: of a checkpoint, of the file that is shipped, the mean of several."""
import onnx
import torch
from onnx import numpy_helper
from reader import WINDOW, dequantised, initial_reader

# What `one_pair.py` turns the sign of.
TURNED = ('out', 'outer')


def mean_of(paths: list[str]) -> dict[str, torch.Tensor]:
    """The weights of one reader, or the means of those of several (Wortsman et al. 2022, "Model soups")."""
    states = [state_of(path) for path in paths]
    return {name: torch.stack([each[name].float() for each in states]).mean(0) for name in states[0]}


def state_of(path: str) -> dict[str, torch.Tensor]:
    """@param path: a checkpoint, or a file that `export.py` wrote"""
    return exported(path) if path.endswith('.onnx') else torch.load(path)['reader']


def exported(path: str) -> dict[str, torch.Tensor]:
    """Dequantised. Places beyond the window, which nothing reads, are the embedder's."""
    arrays = {each.name: numpy_helper.to_array(each) for each in onnx.load(path).graph.initializer}
    found, state = dequantised(path, ''), initial_reader().state_dict()
    for name in state:
        if name == 'places.weight':
            state[name][:WINDOW] = torch.from_numpy(arrays['places'].copy())
        else:
            state[name] = -found[name] if is_turned(name) else found[name]
    return state


def is_turned(name: str) -> bool:
    return name.startswith('layers.') and name.split('.')[2] in TURNED
