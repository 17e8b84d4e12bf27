from preceptor.domain import MissingExtraError, UnknownNameError, UserError, unknown_name


def test_a_message_says_what_was_given_what_is_allowed_and_how_to_mend_it():
    error = UserError("Size 'huge' is unknown.", "small, base, large", "leave --size away")
    assert str(error).splitlines() == [
        "Size 'huge' is unknown.",
        "Allowed: small, base, large",
        "To mend it: leave --size away",
    ]
    assert (error.given, error.allowed, error.mend) == (
        "Size 'huge' is unknown.",
        "small, base, large",
        "leave --size away",
    )


def test_what_is_not_known_leaves_no_empty_line():
    assert str(UserError("Nothing to do.")) == "Nothing to do."
    assert str(UserError("Nothing to do.", mend="add a log")) == "Nothing to do.\nTo mend it: add a log"


def test_an_unknown_name_offers_the_nearest_known_one():
    error = unknown_name("tracer", "dkr", ["history", "dkt"])
    assert isinstance(error, UnknownNameError)
    assert error.kind == "tracer"
    assert str(error) == "Unknown tracer 'dkr'.\nAllowed: dkt, history\nTo mend it: did you mean 'dkt'?"


def test_a_name_near_to_nothing_gets_no_suggestion():
    assert unknown_name("tracer", "zzzzzz", ["history", "dkt"]).mend == ""
    assert unknown_name("model", "dkt", []).allowed == "none exist yet"


def test_long_lists_of_names_are_cut():
    error = unknown_name("student", "x", [f"s{i:02}" for i in range(40)])
    assert error.allowed.endswith("s19 and 20 more")


def test_a_missing_extra_gives_the_line_that_installs_it():
    assert MissingExtraError("The web app", "app").mend == "pip install 'preceptor[app]'"
