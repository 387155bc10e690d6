"""Old letters become Unicode, known by their font or by the syllables; nothing else changes."""

import unicodedata
from pathlib import Path

import pytest

from tests.importer.papers import BULLETIN, PROGRAMME
from tests.importer.readers.old_letters import as_tcvn3, as_vni, as_windows_1258, vni, vntime
from tests.importer.readers.word_papers import contents_of, docx, p, r, style, texts
from tracker.errors import Unreadable
from tracker.importer.readers.decode import decode, decode_with_remarks
from tracker.importer.readers.legacy_letters import from_font, from_letters

NATION = "Cộng hoà xã hội chủ nghĩa Việt Nam Độc lập - Tự do - Hạnh phúc"
IN_TCVN3 = "Céng hoµ x· héi chñ nghÜa ViÖt Nam §éc lËp - Tù do - H¹nh phóc"
IN_VNI = "Coäng hoaø xaõ hoäi chuû nghóa Vieät Nam Ñoäc laäp - Töï do - Haïnh phuùc"
LETTERS = "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ"
FRENCH = "L'été où Hélène et Gérard déjeunèrent à Noël, côté «cour», très bientôt, ça et là, naïve"
ENGLISH = "The café's résumé © 2026, § 5: 20 °C ± 1, naïve façade – “quoted” «text» · ® ½"


@pytest.mark.parametrize(
    ("text", "font", "read"),
    [
        (IN_TCVN3, ".VnTime", NATION),
        ("ch­¬ng tr×nh c«ng t\xb8c", ".VnTimeH", "CHƯƠNG TRÌNH CÔNG TÁC"),
        ("nhiÖm vô", ".VnArialH", "NHIỆM VỤ"),
        (IN_VNI, "VNI-Times", NATION),
        ("COÄNG HOØA", "vni-helve", "CỘNG HÒA"),
        ("Aùp, Uùt", "VNI-Times", "Áp, Út"),
        (IN_TCVN3, "Times New Roman", IN_TCVN3),
        ("thanh toán và nộp", ".VnTime", "thanh toán và nộp"),
        ("là", "VNI-Times", "là"),
        ("2026", ".VnTimeH", "2026"),
        ("", ".VnTime", ""),
        (NATION, "", NATION),
    ],
)
def test_letters_are_read_as_their_font_draws_them(text: str, font: str, read: str) -> None:
    assert from_font(text, font) == read


def test_every_vietnamese_letter_is_known_in_both_encodings() -> None:
    assert from_font(as_tcvn3(LETTERS), ".VnTime") == LETTERS
    both = LETTERS + LETTERS.upper()
    assert from_font(as_vni(both), "VNI-Times") == both


@pytest.mark.parametrize(
    ("text", "encoding"), [(IN_TCVN3, "TCVN3 (ABC)"), (IN_VNI, "VNI")], ids=["tcvn3", "vni"]
)
def test_a_text_of_unknown_font_is_known_by_its_syllables(text: str, encoding: str) -> None:
    assert from_letters(text) == (NATION, encoding)


@pytest.mark.parametrize("path", [PROGRAMME, BULLETIN], ids=lambda path: path.stem)
def test_a_real_paper_comes_back_whole_from_each_encoding(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert from_letters(as_vni(text)) == (text, "VNI")
    read, encoding = from_letters(as_tcvn3(text))
    # TCVN3 does not tell a capital such as that of "Ủy ban" from a small letter.
    assert (encoding, read.lower()) == ("TCVN3 (ABC)", text.lower())


def test_the_programme_loses_no_letter_through_tcvn3_or_windows_1258() -> None:
    text = PROGRAMME.read_text(encoding="utf-8")
    assert from_letters(as_tcvn3(text))[0] == text
    assert decode(as_windows_1258(text)) == text


@pytest.mark.parametrize("path", [PROGRAMME, BULLETIN], ids=lambda path: path.stem)
def test_real_papers_in_unicode_are_never_converted(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert decode_with_remarks(text.encode()) == (text, ())
    assert decode_with_remarks(unicodedata.normalize("NFD", text).encode()) == (text, ())


@pytest.mark.parametrize(
    "text", [FRENCH, ENGLISH, NATION, "São Paulo não três", "für schöne Mädchen", ""]
)
def test_other_languages_are_never_converted(text: str) -> None:
    assert from_letters(text) == (text, None)
    assert from_letters("\n".join([text] * 50)) == ("\n".join([text] * 50), None)


def test_lines_in_unicode_among_old_ones_stay_as_they_are() -> None:
    mixed = f"{IN_TCVN3}\nSở Tài chính và Công an tỉnh\n{IN_TCVN3}"
    assert from_letters(mixed)[0].split("\n") == [NATION, "Sở Tài chính và Công an tỉnh", NATION]


@pytest.mark.parametrize(
    "line",
    ["A. NHIỆM VỤ TRỌNG TÂM", "Số: 33/KH-UBND", "UBND tỉnh; Sở GTVT và Sở Y tế", "CÁC HỘI NGHỊ"],
)
def test_words_in_capitals_keep_them_through_tcvn3(line: str) -> None:
    read, _ = from_letters(f"{IN_TCVN3}\n{as_tcvn3(line)}")
    assert read.split("\n")[1] == line


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (IN_TCVN3.encode("cp1252"), "TCVN3 (ABC)"),
        (IN_TCVN3.encode(), "TCVN3 (ABC)"),
        (IN_VNI.encode("cp1252"), "VNI"),
        (IN_VNI.encode("utf-16"), "VNI"),
        (as_windows_1258(NATION), "Windows-1258"),
    ],
)
def test_text_files_in_old_encodings_are_read_and_said(data: bytes, encoding: str) -> None:
    text, (remark,) = decode_with_remarks(data)
    assert (text, remark.facts) == (NATION, {"encoding": encoding})


def test_the_letter_that_is_a_soft_hyphen_elsewhere_is_kept() -> None:
    data = as_tcvn3(f"{NATION}. Chương trình tư pháp, trước Tết, thưởng, được").encode("cp1252")
    assert b"\xad" in data
    assert decode(data).endswith("Chương trình tư pháp, trước Tết, thưởng, được")


@pytest.mark.parametrize("text", [FRENCH, "Sở", "Ð\u00e9j\u00e0 vu"])
def test_bytes_that_are_surely_nothing_are_refused(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        decode(text.encode("cp1252", "replace") + b" \xe9t\xe9")
    assert refused.value.code == "file.encoding"


def test_word_files_in_old_fonts_are_converted_and_say_so() -> None:
    contents = contents_of(docx(p(vntime("ỦY BAN nhân dân")), p(vni("tỉnh Bắc Ninh"))))
    assert texts(contents.blocks) == ["ỦY BAN nhân dân", "tỉnh Bắc Ninh"]
    assert [one.facts["encoding"] for one in contents.remarks] == ["TCVN3 (ABC)", "VNI"]


def test_a_font_may_come_from_a_style_or_the_defaults() -> None:
    font = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
    styles = f"<w:docDefaults><w:rPrDefault><w:rPr>{font}</w:rPr></w:rPrDefault></w:docDefaults>"
    assert read_word(p(r("c«ng t\xb8c")), styles) == ["công tác"]
    assert read_word(p(r("c«ng t\xb8c"), style="Than"), style("Than", run=font)) == ["công tác"]
    unicode_run = p(r("công tác", font="Times New Roman"), style="Than")
    assert read_word(unicode_run, style("Than", run=font)) == ["công tác"]


def read_word(body: str, styles: str = "") -> list[str]:
    return texts(contents_of(docx(body, styles=styles)).blocks)


def test_old_letters_in_a_word_file_are_known_without_their_font() -> None:
    contents = contents_of(docx(p(IN_TCVN3), p("Sở Tài chính"), p(as_tcvn3("tư pháp"))))
    assert texts(contents.blocks) == [NATION, "Sở Tài chính", "tư pháp"]
    assert [one.facts for one in contents.remarks] == [{"encoding": "TCVN3 (ABC)"}]


def test_letters_split_over_runs_are_put_together_first() -> None:
    halves = p(
        r("ho", font="VNI-Times"),
        r("aø", font="VNI-Times", marks="b"),
        r("U", font="VNI-Times"),
    )
    assert read_word(halves + p(r("A", font="VNI-Times"), r("Ø", font="VNI-Times"))) == [
        "hoàU",
        "À",
    ]


@pytest.mark.parametrize(
    "sign", ["<w:softHyphen/>", '<w:sym w:font=".VnTime" w:char="F0AD"/>', "<w:t>\u00ad</w:t>"]
)
def test_the_soft_hyphen_of_an_old_font_is_a_letter(sign: str) -> None:
    run = f'<w:r><w:rPr><w:rFonts w:hAnsi=".VnTime"/></w:rPr><w:t>t</w:t>{sign}</w:r>'
    assert read_word(p(run, r(" ph\xb8p", font=".VnTime"))) == ["tư pháp"]


def test_what_a_font_has_told_is_not_read_as_old_letters_again() -> None:
    contents = contents_of(docx(p(vntime(f"{NATION}. {NATION}")), p(vntime("Tháng 7"))))
    assert texts(contents.blocks)[1] == "Tháng 7"


def test_a_unicode_word_file_has_nothing_to_say_of_letters() -> None:
    assert contents_of(docx(p(NATION), p(FRENCH), p(ENGLISH))).remarks == ()
