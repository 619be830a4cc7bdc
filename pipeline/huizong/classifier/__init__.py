"""The sentence model: trains it from labelled reports, saves and loads it without pickle, applies it with numpy alone."""

from __future__ import annotations

from huizong.classifier.examples import Example, bare, examples
from huizong.classifier.features import features
from huizong.classifier.model import Card, Model, TrainedOn, default_model, load_model, model_digest
from huizong.classifier.train import train

__all__ = [
    "Card",
    "Example",
    "Model",
    "TrainedOn",
    "bare",
    "default_model",
    "examples",
    "features",
    "load_model",
    "model_digest",
    "train",
]
