"""The commands that train the models and measure the reading against labels: train, evaluate."""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import Annotated

import typer

from huizong.cli.app import Debug, SettingsFile, app
from huizong.cli.language import ChineseCommand
from huizong.cli.output import messages, stderr


@app.command(
    cls=ChineseCommand,
    help="用标注好的报告（*.gold.json）和段落（*.passages.txt）训练句子模型、数量对象模型；也可以写文件夹。",
)
def train(
    labels: Annotated[list[Path], typer.Argument(help="标注文件或文件夹。", metavar="标注…", show_default=False)],
    out: Annotated[Path, typer.Option("--out", "-o", help="模型文件夹。", show_default=False)],
    debug: Debug = False,
) -> None:
    """Trains the sentence model, the weighing of areas and the model of counted things."""
    _sum_as_everywhere()
    from huizong import classifier
    from huizong.classifier.passages import labelled_files
    from huizong.evaluate.run import label_files
    from huizong.extractors.area_training import train_areas
    from huizong.extractors.object_training import train_objects

    with messages(debug):
        _some(label_files(labels))
        files = labelled_files(labels)
        card, areas, things = classifier.train(files, out), train_areas(files, out), train_objects(files, out)
        print(f"标注 {len(card.trained_on)} 份，特征 {card.features} 个。分轮留出检验：")
        for name, value in card.scores.items():
            print(f"  {name:<16} {value:.3f}")
        print(
            "领域（合各种依据；new 为规则未曾照着写的报告）："
            if areas
            else "领域：标注不足20份，按固定的权合计各种依据。"
        )
        for name, value in areas.scores.items() if areas else ():
            print(f"  {name:<16} {value:.3f}")
        print("数量对象（rules 只用规则，chosen 经模型选择；new 为规则未曾照着写的报告，passages 为段落）：")
        for name, value in things.scores.items():
            print(f"  {name:<16} {value:.3f}")
        print(f"模型已写入：{out.resolve()}")


def _sum_as_everywhere() -> None:
    """Asks OpenBLAS, before it is loaded, for the kernels that every PC of the last ten years can run.

    Those of newer processors sum in another order, and the weights would differ in their last digits from machine to machine.
    """
    if platform.machine() in {"x86_64", "AMD64"}:
        os.environ.setdefault("OPENBLAS_CORETYPE", "Haswell")


@app.command(cls=ChineseCommand, help="与人工标注比较：准确率、召回率，并逐条列出不一致之处。")
def evaluate(
    labels: Annotated[list[Path], typer.Argument(help="标注文件或文件夹。", metavar="标注…", show_default=False)],
    errors: Annotated[bool, typer.Option("--errors/--no-errors", help="是否逐条列出。")] = True,
    settings: SettingsFile = None,
    debug: Debug = False,
) -> None:
    """Precision and recall against labelled reports."""
    from huizong.analyze import analyze
    from huizong.evaluate import evaluate as evaluate_labels
    from huizong.evaluate.run import label_files
    from huizong.settings import read_settings

    with messages(debug):
        chosen = read_settings(settings)
        result = evaluate_labels(_some(label_files(labels)), lambda path: analyze(path, chosen))
        for line in result.figures.lines():
            print(line)
        for miss in result.misses if errors else ():
            print(miss)
        for failure in result.failures:
            stderr().print(f"✗ {failure.document}：{failure.message}", markup=False, style="red")
        if result.failures:
            raise typer.Exit(1)


def _some(found: tuple[Path, ...]) -> tuple[Path, ...]:
    """`found`, unless that is nothing: then a `MissingFile` is raised."""
    from huizong.errors import MissingFile

    if not found:
        raise MissingFile("没有找到标注文件。", advice="标注文件名形如 名称.gold.json，旁边放同名的报告。")
    return found
