"""The words of the templates, put into them when they are compiled."""

from gettext import NullTranslations
from typing import Any

import pytest
from flask import Flask
from jinja2 import DictLoader

from tracker.web.wording import Pages


class Shouted(NullTranslations):
    """A language in which everything is said louder."""

    def gettext(self, message: str) -> str:
        return message.upper()


def said(source: str, **facts: Any) -> str:
    pages = Pages(Flask("words"), loader=DictLoader({"page.html": source}), autoescape=True)
    pages.use(Shouted())
    return pages.get_template("page.html").render(**facts)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{{ _("hội nghị") }}', "HỘI NGHỊ"),
        ("{% trans %}hội nghị{% endtrans %}", "HỘI NGHỊ"),
        ('{{ _("<b>100%%</b>") }}', "<B>100%</B>"),
        ('{% set word = _("mục") %}{{ word }}', "MỤC"),
        ('{{ none or _("mục") }}', "MỤC"),
        ('{{ _("ĐẾN %(day)s", day=day) }}', "ĐẾN &lt;i&gt;"),
        ("{{ _(day) }}", "<I>"),
    ],
)
def test_each_way_to_ask_for_words_is_answered(source: str, expected: str) -> None:
    assert said(source, day="<i>") == expected


def test_a_fixed_sentence_is_looked_up_when_the_page_is_compiled_alone() -> None:
    pages = Pages(Flask("words"))
    pages.use(Shouted())
    assert "MỤC" in pages.compile('{{ _("mục") }}', raw=True)
