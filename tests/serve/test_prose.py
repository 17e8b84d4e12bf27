from preceptor.serve.prose import prose_html


def test_paragraphs_lists_and_emphasis():
    html = prose_html("Well **done**.\nNext:\n- one *step*\n- two\n\n1. first\n2. second")
    assert html == (
        "<p>Well <strong>done</strong>.<br>Next:</p><ul><li>one <em>step</em></li><li>two</li></ul>"
        "<ol><li>first</li><li>second</li></ol>"
    )


def test_products_are_not_emphasis():
    assert prose_html("2*3*4 and 5 * 6 * 7") == "<p>2*3*4 and 5 * 6 * 7</p>"


def test_markup_is_shown_not_obeyed():
    html = prose_html("**<script>alert(1)</script>**\n- [x](javascript:alert(1))")
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "<a" not in html


def test_formulas_stay_formulas():
    assert "<math" in prose_html("- take $3$ of them")


def test_nothing_is_nothing():
    assert prose_html("  \n ") == ""
