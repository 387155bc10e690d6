"""Templates in one language: their sentences are translated when they are compiled, once.

A page asks for hundreds of words. Looking each up while somebody waits, and asking each time who
is reading, would cost more than everything else on the page.
"""

from gettext import NullTranslations
from typing import Any

from flask.templating import Environment
from jinja2 import nodes
from jinja2.visitor import NodeTransformer

_ASKS = {"_", "gettext"}


class Pages(Environment):
    """Templates with the words of one language already in them."""

    def use(self, words: NullTranslations) -> None:
        """Speak the language of this catalogue."""
        self.add_extension("jinja2.ext.i18n")
        self.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
        self.words = words

    def _generate(self, source: nodes.Template, *rest: Any, **more: Any) -> str:
        return super()._generate(_Translated(self.words).visit(source), *rest, **more)


class _Translated(NodeTransformer):
    """Puts the words in the place of each request for a fixed sentence."""

    def __init__(self, words: NullTranslations) -> None:
        self.words = words

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - Jinja names it
        """Leave what depends on the page: a sentence with something to fill in."""
        said = _sentence(node)
        if said is None:
            return self.generic_visit(node)
        # Every sentence is a format, also one with nothing to fill in.
        text = self.words.gettext(said) % {}
        return nodes.MarkSafe(nodes.Const(text, lineno=node.lineno), lineno=node.lineno)


def _sentence(node: nodes.Call) -> str | None:
    is_asked = isinstance(node.node, nodes.Name) and node.node.name in _ASKS
    is_whole = len(node.args) == 1 and not (node.kwargs or node.dyn_args or node.dyn_kwargs)
    if not (is_asked and is_whole and isinstance(node.args[0], nodes.Const)):
        return None
    said = node.args[0].value
    return said if isinstance(said, str) else None
