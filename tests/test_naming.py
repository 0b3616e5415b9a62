"""Names that a person reads and that every system takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook_engine.naming import printable, safe_name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("浙江康格电气有限公司", "浙江康格电气有限公司"),
        ("ZW32-12/630-20", "ZW32-12_630-20"),
        ('a<b>c:d"e|f?g*h\\i', "a_b_c_d_e_f_g_h_i"),
        ("  名称\n第二行\t ", "名称 第二行"),
        ("ends with a dot. ", "ends with a dot"),
        ("..", "_"),
        ("", "_"),
        ("CON", "_CON"),
        ("con.xlsx", "_con.xlsx"),
        ("LPT¹", "_LPT¹"),
        ("CONSOLE", "CONSOLE"),
        ("re\u0301sume\u0301", "résumé"),  # decomposed, as macOS types it
        ("\u202egnp.xlsx", "gnp.xlsx"),  # a direction mark that shows the name backwards
        ("a\udcffb", "a_b"),  # a byte that is no UTF-8
        ("🏭 一厂", "🏭 一厂"),
    ],
)
def test_a_name_is_made_safe(typed: str, name: str) -> None:
    assert safe_name(typed) == name


def test_two_long_names_that_begin_alike_stay_two() -> None:
    one, other = safe_name("环网箱" * 30 + "A"), safe_name("环网箱" * 30 + "B")
    assert one != other
    assert one.startswith("环网箱")
    assert len(one) <= 60


def test_a_name_of_wide_characters_stays_under_the_bytes_of_a_file_name() -> None:
    assert len(safe_name("🏭" * 60).encode()) <= 180


@given(st.text(max_size=300))
def test_any_text_gives_a_name_that_windows_takes(typed: str) -> None:
    name = safe_name(typed)
    assert 0 < len(name) <= 61  # one more where a device name got its underscore
    assert len(name.encode()) <= 255
    assert not set(name) & set('<>:"/\\|?*')
    assert all(ord(character) >= 32 for character in name)
    assert name[-1] not in " ."
    assert safe_name(name) == name or "~" in name


def test_a_path_that_is_no_utf8_can_be_printed() -> None:
    assert printable("a\udcffb.xlsx") == "a\\xffb.xlsx"
    assert printable("报表😀.xlsx") == "报表😀.xlsx"
