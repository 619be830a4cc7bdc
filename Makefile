# 用法：make demo（样例全程）· make test（测试）· make check（规范、类型、层次）· make audit（依赖的已知漏洞，要联网）· make fix（自动修整）· make model（重训模型）· make bench（测速）
PYTHON ?= python3
VENV   ?= .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: all demo test check audit fix model evaluate bench clean
all: check test

$(BIN)/huizong: pyproject.toml
	$(PYTHON) -c "import sys; sys.exit('huizong 需要 Python 3.11 或更新的版本，现在是 %s' % sys.version.split()[0] if sys.version_info < (3, 11) else 0)"
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --upgrade pip
	$(PIP) install --editable .
	@touch $@

$(VENV)/dev: $(BIN)/huizong pyproject.toml
	$(PIP) install --editable '.[dev]'
	@touch $@

demo: $(BIN)/huizong
	$(BIN)/huizong demo -o huizong-demo

test: $(VENV)/dev
	$(BIN)/python -m pytest

check: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

audit: $(VENV)/dev
	$(PIP) install 'pip-audit>=2.7'
	$(PIP) freeze --exclude-editable | grep == > $(VENV)/installed.txt
	$(BIN)/pip-audit --strict --no-deps --disable-pip -r $(VENV)/installed.txt

fix: $(VENV)/dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/nbstripout notebooks/*.ipynb

model: $(VENV)/dev
	$(BIN)/huizong train corpus -o models/default

evaluate: $(BIN)/huizong
	$(BIN)/huizong evaluate corpus

bench: $(VENV)/dev
	PYTHONPATH=tests $(BIN)/python -m bench.run $(BENCH)
	PYTHONPATH=tests $(BIN)/python -m bench.check
	PYTHONPATH=tests $(BIN)/python -m bench.batch
	PYTHONPATH=tests $(BIN)/python -m bench.cost

clean:
	rm -rf $(VENV) build dist huizong-demo .pytest_cache .mypy_cache .ruff_cache
