"""Whatever a bank, a framework, a model or a teacher wrote, the review's pages show it and obey none of it."""

from collections import Counter
from copy import copy
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from preceptor.annotate import content_of
from preceptor.annotate.review_events import AcceptLabel, ConceptRef, Event, MergeConcepts
from preceptor.domain import Bank, Step

ATTACKS = {
    "a script": "<script>alert(1)</script>",
    "an event of an element": '"><img src=x onerror="alert(1)">',
    "an attribute's end": '" onmouseover="alert(1)" x="',
    "a formula's link": r"$\href{javascript:alert(1)}{x}$",
    "a formula's text": r"$\text{</mtext><script>alert(1)</script>}$",
    "a table's cell": r"$\begin{array}{l} \text{<img src=x onerror=alert(1)>} \end{array}$",
    "a formula's style": r"$\htmlStyle{position:fixed}{\class{evil}{\includegraphics{http://evil}}}$",
    "a link of Markdown": "[click](javascript:alert(1)) ![x](http://evil/x.png) <http://evil>",
    "bold around a tag": "**<iframe src=//evil>** *<svg onload=alert(1)>*",
    "entities": "&lt;script&gt;alert(1)&lt;/script&gt; &#60;img src=x onerror=alert(1)&#62;",
    "a template": "{{ constructor.constructor('alert(1)')() }} {0} {name} %s",
    "an order to a terminal": "\x1b]0;owned\x07\x1b[31m \x9b2J",
}
EVENTS = ("Ms Li", "Mr O")


HARMLESS = r"plain $\frac{1}{2}$"
SCRIPTS = {"script", "img", "iframe", "svg", "a", "style", "link", "object", "embed", "form", "input", "base", "meta"}
"""Elements of which a text must not add any; the page's own frame has some."""


class Tags(HTMLParser):
    """Every element and attribute of some HTML."""

    def __init__(self, html):
        super().__init__()
        self.names, self.attributes = Counter(), Counter()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        """Remember an element."""
        self.names[tag] += 1
        self.attributes.update(name for name, _ in attrs)


def write_everywhere(reviews, attack):
    """Put a text into everything that a review shows."""
    questions = tuple(
        replace(q, text=f"{q.text} {attack}", options=(f"A {attack}", "B"), key=f"A {attack}")
        for q in reviews.bank.questions
    )
    content = {q.question_id: content_of(q) for q in questions}
    given = reviews.annotation
    steps = (Step(f"First {attack}", ("k5",), attack), Step(f"{attack}", ()))
    reviews.bank = Bank((), questions)
    reviews.annotation = replace(
        given,
        framework=f"own {attack}",
        concepts=tuple(
            replace(c, name=f"{c.name} {attack}", code=f"{c.code} {attack}", cluster=f"one {attack}")
            for c in given.concepts
        ),
        prerequisites=tuple(replace(link, evidence=attack) for link in given.prerequisites),
        questions=tuple(
            replace(
                found,
                content=content[found.question_id],
                labels=tuple(replace(label, evidence=f"near {attack}") for label in found.labels),
                steps=steps if found.steps else (),
            )
            for found in given.questions
        ),
        failures=tuple(replace(failed, kind=f"kind {attack}", detail=attack) for failed in given.failures),
    )
    concept = next(c for c in reviews.annotation.concepts if c.concept_id == "k5")
    known = ConceptRef(concept.name, concept.code, concept.concept_id)
    lost = ConceptRef(f"lost {attack}")
    actions = (AcceptLabel("a5", known), MergeConcepts(lost, known))
    reviews.events = tuple(Event(f"r{i}", 0.0, f"{EVENTS[i]} {attack}", action) for i, action in enumerate(actions))


async def drawn(user, path):
    """The HTML of a page's elements, these elements, and what the server sends first."""
    client = await user.open(path)
    elements = list(client.elements.values())
    html = "".join(str(element.props.get("innerHTML", "")) for element in elements)
    return html, elements, client.build_response(client.request).body.decode()


@pytest.mark.parametrize("path", ["/teacher/concepts", "/teacher/concepts/k5"])
@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
async def test_what_is_shown_is_not_obeyed(user, classroom, path, attack):
    before = copy(classroom.reviews)
    write_everywhere(classroom.reviews, HARMLESS)
    plain = Tags((await drawn(user, path))[0])
    classroom.reviews.__dict__.update(before.__dict__)
    write_everywhere(classroom.reviews, attack)
    html, elements, body = await drawn(user, path)
    if attack.startswith("<script>"):
        assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") > 10, "it is shown"
    found = Tags(html)
    assert {name: found.names[name] for name in SCRIPTS} == {name: plain.names[name] for name in SCRIPTS}
    for name in ("href", "src", "srcdoc", "style"):
        assert found.attributes[name] == plain.attributes[name], name
    assert not [name for name in found.attributes if name.startswith("on") or "evil" in name]
    assert not set("\x1b\x9b\x07") & set(html)
    for element in elements:
        assert not str(element.props.get("href", "")).casefold().startswith("javascript")
        assert not [name for name in element.props if str(name).startswith("on")]
    assert "<script>alert(1)" not in body
    assert "<img src=x" not in body
