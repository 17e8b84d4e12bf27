import pytest

ODD = "a#b?c%d"
HOME = "/student/a%23b%3Fc%25d"


@pytest.fixture
def odd(classroom):
    """A class of one student whose id holds signs with a meaning in addresses."""
    person = classroom.people["s0"]
    classroom.people.clear()
    classroom.people[ODD] = person
    return person


def addresses(user):
    found = {str(element.props.get("href", "")) for element in user.client.elements.values()}
    return {address for address in found if "/student/" in address}


@pytest.mark.usefixtures("odd")
@pytest.mark.parametrize(
    ("page", "seen", "linked"),
    [
        ("/", "Amina A.", {HOME}),
        ("/teacher", "Amina A.", {f"{HOME}/map"}),
        (HOME, "Question 1 of 5", {HOME, f"{HOME}/tutor", f"{HOME}/map"}),
        (f"{HOME}/tutor", "Good to see you again", {HOME, f"{HOME}/tutor", f"{HOME}/map"}),
        (f"{HOME}/map", "Multi-digit addition", {HOME, f"{HOME}/tutor", f"{HOME}/map"}),
    ],
)
async def test_every_page_of_an_odd_id_opens_and_links_on(user, page, seen, linked):
    await user.open(page)
    await user.should_see(seen)
    assert addresses(user) == linked


@pytest.mark.usefixtures("odd")
async def test_the_summary_links_to_the_map(user):
    await user.open(HOME)
    await user.should_see("Question 1 of 5")
    user.find(marker="finish").click()
    await user.should_see("See my map", retries=10)
    (link,) = user.find("See my map").elements
    assert link.props["href"] == f"{HOME}/map"
