python := ".venv/bin/python"

# list what there is to do
default:
    @just --list

# make .venv with everything
setup:
    python3 -m venv .venv
    .venv/bin/pip install -e '.[test]'

# run all tests, or those that are named
test *WHICH:
    {{python}} -m pytest {{WHICH}}

# style, types, manual
check:
    .venv/bin/ruff check .
    .venv/bin/ruff format --check .
    .venv/bin/mypy
    {{python}} docs/generate.py --check

# mend what style can mend by itself
format:
    .venv/bin/ruff check --fix .
    .venv/bin/ruff format .

# write the generated parts of the manual anew
docs:
    {{python}} docs/generate.py

# build the manual as a site, into build/site
site:
    {{python}} docs/site.py

# draw the picture of the README anew
picture:
    {{python}} docs/images/make.py

# measure times and throughput
bench:
    {{python}} benchmarks/run.py

# try hostile inputs of one kind for some time: just fuzz html 600
fuzz TARGET SECONDS="300":
    {{python}} -m fuzz {{TARGET}} --seconds {{SECONDS}}

# all that a change must pass, from nothing
ci:
    .ci/run
