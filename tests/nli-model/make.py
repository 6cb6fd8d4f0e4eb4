"""Makes the inference model of the tests: `pip install onnx==1.23.2 && python make.py`, in this folder.

Not a model of anything: a table of three figures per word and segment, summed. Words of the second segment that are in
the vocabulary speak for entailment, "not" for contradiction, unknown words for neutral.
"""

import json

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

WORDS = "[PAD] [UNK] [CLS] [SEP] a b laptops are replaced after 48 months not the damaged ones every 4 years .".split()
LABELS = ["CONTRADICTION", "NEUTRAL", "ENTAILMENT"]
size = len(WORDS)

table = numpy.zeros((2 * size, 3), dtype=numpy.float32)
for number, word in enumerate(WORDS):
    second = size + number
    if word == "not":
        table[second] = [8, 0, 0]
    elif word == "[UNK]":
        table[second] = [0, 4, 0]
    elif number >= 6:
        table[second] = [0, 0, 1]

nodes = [
    helper.make_node("Mul", ["token_type_ids", "size"], ["shift"]),
    helper.make_node("Add", ["input_ids", "shift"], ["rows"]),
    helper.make_node("Gather", ["table", "rows"], ["figures"]),
    helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
    helper.make_node("Unsqueeze", ["mask", "last"], ["column"]),
    helper.make_node("Mul", ["figures", "column"], ["masked"]),
    helper.make_node("ReduceSum", ["masked", "tokens"], ["logits"], keepdims=0),
]
shape = ["batch", "tokens"]
graph = helper.make_graph(
    nodes,
    "inference",
    [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name in ("input_ids", "attention_mask", "token_type_ids")],
    [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", 3])],
    [
        numpy_helper.from_array(table, "table"),
        numpy_helper.from_array(numpy.array(size, dtype=numpy.int64), "size"),
        numpy_helper.from_array(numpy.array([-1], dtype=numpy.int64), "last"),
        numpy_helper.from_array(numpy.array([1], dtype=numpy.int64), "tokens"),
    ],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
onnx.checker.check_model(model)
onnx.save(model, "model.onnx")

marks = [("[CLS]", 2), ("[SEP]", 3)]
tokenizer = {
    "version": "1.0",
    "truncation": None,
    "padding": None,
    "added_tokens": [
        {"id": number, "content": WORDS[number], "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
        for number in range(4)
    ],
    "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": None, "lowercase": True},
    "pre_tokenizer": {"type": "BertPreTokenizer"},
    "post_processor": {
        "type": "TemplateProcessing",
        "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
        "pair": [
            {"SpecialToken": {"id": "[CLS]", "type_id": 0}},
            {"Sequence": {"id": "A", "type_id": 0}},
            {"SpecialToken": {"id": "[SEP]", "type_id": 0}},
            {"Sequence": {"id": "B", "type_id": 1}},
            {"SpecialToken": {"id": "[SEP]", "type_id": 1}},
        ],
        "special_tokens": {mark: {"id": mark, "ids": [number], "tokens": [mark]} for mark, number in marks},
    },
    "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
    "model": {
        "type": "WordPiece",
        "unk_token": "[UNK]",
        "continuing_subword_prefix": "##",
        "max_input_chars_per_word": 100,
        "vocab": {word: number for number, word in enumerate(WORDS)},
    },
}
config = {"model_type": "bert", "id2label": {str(number): label for number, label in enumerate(LABELS)}, "max_position_embeddings": 32}
for name, content in (("tokenizer.json", tokenizer), ("config.json", config)):
    with open(name, "w", encoding="utf-8") as file:
        json.dump(content, file, indent=1)
        file.write("\n")
