"""Rules for people: the catalogue as a list, or the page of the one that was asked for."""

from collections.abc import Iterable, Iterator
from textwrap import wrap

from orebook.checks import Rule
from orebook.reports.paper import Paper
from orebook.reports.trouble import Trouble


def page(results: Iterable[Rule | Trouble], paper: Paper) -> Iterator[str]:
    """Yield a line for each rule, or the whole page when there is only one."""
    rules = [rule for rule in results if isinstance(rule, Rule)]
    if len(rules) == 1:
        yield rules[0].page
        return
    names = max((len(rule.name) for rule in rules), default=0)
    indent = " " * (names + 8)
    for rule in rules:
        words = wrap(rule.title, max((paper.width or 160) - len(indent), 30)) or [""]
        yield f"{paper.ink('strong', f'{rule.code:<5}')} {rule.name:<{names}}  {words[0]}\n"
        yield "".join(f"{indent}{more}\n" for more in words[1:])
    if not paper.quiet:
        yield f"\n{len(rules)} rules; orebook rule CODE shows the page of one.\n"
