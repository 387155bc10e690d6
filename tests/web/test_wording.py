"""The words of the templates, put into them when they are compiled."""

from gettext import NullTranslations
from typing import Any

import pytest
from flask import Flask
from jinja2 import DictLoader

from tracker.web.wording import Pages


class Shouted(NullTranslations):
    """A language in which everything is shouted."""

    def gettext(self, message: str) -> str:
        return f"{message}!"


def said(source: str, **facts: Any) -> str:
    pages = Pages(Flask("words"), loader=DictLoader({"page.html": source}), autoescape=True)
    pages.use(Shouted())
    return pages.get_template("page.html").render(**facts)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{{ _("hội nghị") }}', "hội nghị!"),
        ("{% trans %}hội nghị{% endtrans %}", "hội nghị!"),
        ('{{ _("<b>100%%</b>") }}', "<b>100%</b>!"),
        ('{% set word = _("mục") %}{{ word }}', "mục!"),
        ('{{ none or _("mục") }}', "mục!"),
        ('{{ _("đến %(day)s", day=day) }}', "đến &lt;i&gt;!"),
        ("{% trans n=day %}đến {{ n }}{% endtrans %}", "đến &lt;i&gt;!"),
        ("{{ _(day) }}", "<i>!"),
    ],
)
def test_each_way_to_ask_for_words_is_answered(source: str, expected: str) -> None:
    assert said(source, day="<i>") == expected


def test_a_fixed_sentence_is_looked_up_when_the_page_is_compiled_alone() -> None:
    pages = Pages(Flask("words"))
    pages.use(Shouted())
    assert "mục!" in pages.compile('{{ _("mục") }}', raw=True)
