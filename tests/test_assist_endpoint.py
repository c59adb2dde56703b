"""The client of an endpoint: whatever the other side does is an answer within limits, or one line that says why not."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from assist_server import Call, completion, endpoint, saying
from orebook.desk.answer import AskedWronglyError
from orebook.desk.assist import endpoint as client
from orebook.desk.assist.address import address, key
from orebook.desk.assist.asked import Assist
from orebook.desk.crew.limits import Limits
from orebook.reading.assist.report import UnansweredError

KEY = "sk-a-key-that-nobody-sees"


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key, no proxy and no limits from outside; pauses are short."""
    for name in ("OREBOOK_ASSIST_KEY", "OREBOOK_ASSIST_SECONDS", "OREBOOK_ASSIST_INSECURE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(client, "_PAUSE_S", 0.01)


def asked(behave: Callable[[Call], None], seconds: float = 20) -> tuple[str, list[dict[str, object]]]:
    """What comes of asking an endpoint that behaves like that, and what it was sent."""
    with endpoint(behave) as there:
        words = client.ask(address(there.url), "small-model", "Do this.", "With that.", seconds)
    return words, there.calls


def refused(behave: Callable[[Call], None], seconds: float = 20) -> str:
    """Why there is no answer."""
    with pytest.raises(UnansweredError) as problem:
        asked(behave, seconds)
    return str(problem.value)


def test_a_request_is_that_of_chat_completions() -> None:
    """Model, messages and place are those that every such endpoint knows; without a key none is sent."""
    words, (call,) = asked(saying("an answer"))
    assert words == "an answer" and call["path"] == "/v1/chat/completions" and call["model"] == "small-model"
    assert [message["role"] for message in call["messages"]] == ["system", "user"]  # type: ignore[attr-defined]
    assert "Authorization" not in call["headers"]  # type: ignore[operator]


def test_the_key_goes_into_the_head(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key of the environment is sent as a bearer's, and nowhere else."""
    monkeypatch.setenv("OREBOOK_ASSIST_KEY", f"{KEY}\n")
    _, (call,) = asked(saying("an answer"))
    assert call["headers"]["Authorization"] == f"Bearer {KEY}"  # type: ignore[index]
    assert KEY not in json.dumps({**call, "headers": {}})


def test_answers_in_parts_are_one() -> None:
    """Some endpoints give the words in parts."""
    assert asked(saying([{"type": "text", "text": "one "}, {"type": "text", "text": "two"}]))[0] == "one two"


@pytest.mark.parametrize(
    "body",
    [b"", b"hello", b"[]", b"{}", b'{"choices": []}', completion(None), completion(7), b"\xff\xfe", b"[" * 50_000],
    ids=range(9),
)
def test_another_form_is_no_answer(body: bytes) -> None:
    """What is no chat completion is said to be none."""
    assert refused(lambda call: call.give(body)) == "the endpoint answers in another form than that of chat completions"


def test_a_huge_answer_is_cut_off() -> None:
    """Nobody reads a gigabyte, whether its size is said before or not."""

    def pour(call: Call) -> None:
        call.send_response(200)
        call.end_headers()
        for _ in range(4_000):
            call.wfile.write(b"x" * 2**16)

    assert refused(pour) == "the endpoint answers more than 1 MiB"
    assert refused(lambda call: call.give(b"x" * 2**21)) == "the endpoint answers more than 1 MiB"


def test_a_slow_answer_is_not_waited_for() -> None:
    """Neither silence nor an answer a letter at a time holds anybody longer than was said."""

    def silent(_: Call) -> None:
        time.sleep(3)

    def drip(call: Call) -> None:
        call.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for _ in range(60):
            call.wfile.write(b"X-A: b\r\n")
            time.sleep(0.05)

    assert refused(silent, 0.3).startswith("no answer")
    assert refused(drip, 0.3).startswith("no answer")


def in_turn(*statuses: int, **headers: str) -> Callable[[Call], None]:
    """Answers with these statuses, one after the other."""
    left = list(statuses)
    return lambda call: call.give(completion("an answer"), left.pop(0), **headers)


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_busy_endpoint_is_asked_once_more(status: int) -> None:
    """A fault that may pass is given one chance to."""
    assert len(asked(in_turn(status, 200))[1]) == 2
    assert refused(in_turn(status, status, 200)).startswith(f"the endpoint answers {status} ")


def test_a_pause_that_is_asked_for_is_kept_within_the_limit() -> None:
    """An endpoint that wants to be left alone for longer than there is time is not asked again."""
    assert refused(in_turn(429, 200, Retry_After="3600"), 2) == "the endpoint answers 429 Too Many Requests"
    assert asked(in_turn(503, 200, Retry_After="0"))[0] == "an answer"


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_refusal_is_one(status: int) -> None:
    """What will not change is not asked again."""
    assert refused(in_turn(status, 200)).startswith(f"the endpoint answers {status} ")


def test_options_that_a_model_does_not_have_are_left_out() -> None:
    """Some models refuse a temperature; then only model and messages are sent."""
    _, (first, second) = asked(in_turn(400, 200))
    assert first["temperature"] == 0 and "temperature" not in second
    assert refused(in_turn(400, 400, 200)) == "the endpoint answers 400 Bad Request"


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_nobody_is_led_elsewhere(status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A redirect is not followed: neither release nor key reaches another place."""
    monkeypatch.setenv("OREBOOK_ASSIST_KEY", KEY)
    with endpoint(saying("caught")) as trap:
        away = refused(lambda call: call.give(b"", status, Location=f"{trap.url}/v1/chat/completions"))
        assert trap.calls == []
    assert away == f"the endpoint leads elsewhere ({status}), which is not followed"


def test_a_closed_door_is_said_to_be_one() -> None:
    """Where nobody listens, the reason is that of the system."""
    with endpoint(saying("")) as there:
        pass
    with pytest.raises(UnansweredError, match=r"the endpoint cannot be reached \(connection refused\)"):
        client.ask(address(there.url), "m", "", "", 5)


def test_a_broken_line_is_said_to_be_one() -> None:
    """An endpoint that hangs up in the middle, or speaks another language, gave no answer."""

    def hang_up(call: Call) -> None:
        call.send_response(200)
        call.send_header("Content-Length", "5000")
        call.end_headers()
        call.wfile.write(b"{")

    assert (
        refused(lambda call: call.wfile.write(b"who are you?\r\n\r\n") and None)
        == "the endpoint broke off (BadStatusLine)"
    )
    assert "another form" in refused(hang_up) or "broke off" in refused(hang_up)


def test_nothing_that_the_endpoint_says_is_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    """An endpoint may echo the key in whatever it sends; none of it is shown."""
    monkeypatch.setenv("OREBOOK_ASSIST_KEY", KEY)

    def echo(call: Call) -> None:
        call.send_response(403, f"not with {KEY}")
        call.end_headers()
        call.wfile.write(KEY.encode())

    assert refused(echo) == "the endpoint answers 403 Forbidden"
    assert KEY not in refused(lambda call: call.wfile.write(KEY.encode() + b"\r\n\r\n") and None)


def test_this_machine_is_asked_without_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy of the environment is for the way to others."""
    with endpoint(saying("caught")) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.setenv("no_proxy", "")
        assert asked(saying("an answer"))[0] == "an answer" and proxy.calls == []
        monkeypatch.setenv("OREBOOK_ASSIST_INSECURE", "1")
        assert client.ask(address("http://models.example"), "m", "", "", 5) == "caught"
    assert proxy.calls[0]["path"] == "http://models.example/v1/chat/completions"


@pytest.mark.parametrize(
    "url",
    ["models.example", "ftp://models.example", "file:///etc/passwd", "https://", "http://[::1", "https://a:b@c.example",
     "https://c.example:0", "https://c.example:99999", "http://10.0.0.5:8080/v1", "http://localhost.example",
     "https://c .example"],
)  # fmt: skip
def test_addresses_that_are_not_to_be_used(url: str) -> None:
    """No other scheme, no password in an address, nothing in the clear to another machine."""
    with pytest.raises(AskedWronglyError) as problem:
        Assist.asked(url, "m")
    assert "a:b" not in str(problem.value)


def test_asking_costs_no_document(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model gets half of the time that a document may take, whatever the environment says."""
    monkeypatch.setenv("OREBOOK_ASSIST_SECONDS", "500")
    limits = [Limits.asked(seconds, None) for seconds in (None, 10, 0)]
    assert [Assist.asked("https://c.example", "m", one).seconds for one in limits] == [150, 5, 500]  # type: ignore[union-attr]


def test_what_the_environment_says_is_looked_at_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A key or a limit that cannot be is said before anything is read, and the key is not shown."""
    monkeypatch.setenv("OREBOOK_ASSIST_SECONDS", "soon")
    with pytest.raises(AskedWronglyError, match="OREBOOK_ASSIST_SECONDS is 'soon'"):
        Assist.asked("https://models.example", "m")
    monkeypatch.delenv("OREBOOK_ASSIST_SECONDS")
    monkeypatch.setenv("OREBOOK_ASSIST_KEY", "a key\nof two lines")
    with pytest.raises(AskedWronglyError) as problem:
        Assist.asked("https://models.example", "m")
    assert "two lines" not in str(problem.value)
    monkeypatch.setenv("OREBOOK_ASSIST_KEY", f" {KEY}\n")
    assert key() == KEY and KEY not in repr(Assist.asked("https://models.example", "m"))
