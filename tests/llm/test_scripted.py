from preceptor.llm import Failure, FailureKind, LanguageModel, Message, Reply, Request, ScriptedModel


def ask(text: str) -> Request:
    return Request((Message("user", text),))


def test_a_list_is_said_in_order_and_its_end_is_a_failure_not_an_answer():
    refused = Failure(FailureKind.REFUSED, "policy")
    model: LanguageModel = ScriptedModel([Reply("one"), refused])

    answers = [model.complete(ask(str(i))) for i in range(3)]

    assert answers[:2] == [Reply("one"), refused]
    assert answers[2] == Failure(FailureKind.UNAVAILABLE, "the script has ended")


def test_a_function_sees_the_request():
    model = ScriptedModel(lambda request: Reply(request.messages[-1].text.upper()))

    assert model.complete(ask("hello")) == Reply("HELLO")


def test_every_request_is_recorded():
    model = ScriptedModel([])
    model.complete(ask("a"))
    model.complete(ask("b"))

    assert model.requests == [ask("a"), ask("b")]
