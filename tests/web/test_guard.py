"""The server answers its own pages and the person at this machine, and nobody else."""

import http.client
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from browsing import EXAMPLES, served
from orebook.desk.answer import AskedWronglyError
from orebook.faces.web.serving import opened


def asked(
    address: str, path: str = "/", method: str = "GET", body: bytes | None = None, **headers: str
) -> tuple[int, str, dict[str, str]]:
    """What a server answers to a request as it is written here."""
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.netloc, timeout=10)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body, sent)
    answer = connection.getresponse()
    found = answer.status, answer.read().decode("utf-8", "replace"), {k.lower(): v for k, v in answer.getheaders()}
    connection.close()
    return found


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8790", "127.0.0.1.evil.example", "", "localhost"])
def test_a_name_that_was_turned_to_this_address_is_refused(two_mines: str, host: str) -> None:
    """DNS rebinding: only the address that was printed is answered for."""
    status, words, _ = asked(two_mines, Host=host)
    assert status == 421 and "does not answer" in words


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
    ids=str,
)
def test_a_page_of_another_site_changes_nothing(two_mines: str, headers: dict[str, str]) -> None:
    """Whatever could change something is refused when another page asks for it."""
    assert asked(two_mines, "/", "POST", b"a=b", **headers)[0] == 403


def test_a_page_of_another_site_reads_nothing_but_a_link_may_be_followed(two_mines: str) -> None:
    """Scripts, pictures and frames of another site are refused; a person who follows a link is not."""
    assert asked(two_mines, Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors", Sec_Fetch_Dest="image")[0] == 403
    assert asked(two_mines, Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate", Sec_Fetch_Dest="iframe")[0] == 403
    followed = asked(two_mines, Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate", Sec_Fetch_Dest="document")
    assert followed[0] == 200


def test_every_answer_forbids_content_from_elsewhere(two_mines: str) -> None:
    """The browser is told to load nothing from outside, to run no script of a page, and to show it in no frame."""
    for path in ("/", "/static/orebook.css", "/nowhere"):
        headers = asked(two_mines, path)[2]
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "script-src 'self'" in policy and "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/static/../application.py",
        "/static/%2e%2e/application.py",
        "/static/..%2fapplication.py",
        "/static//etc/passwd",
    ],
)
def test_no_path_leads_out_of_the_static_files(two_mines: str, path: str) -> None:
    """Whatever is written into a path, only the files that belong to pages are given."""
    assert asked(two_mines, path)[0] == 404


def test_too_much_is_refused_before_it_is_taken(tmp_path: Path) -> None:
    """An upload beyond the limit is refused by the length that it says."""
    with served(EXAMPLES / "two-mines" / "book", upload_limit=1000) as address:
        status, words, _ = asked(address, "/", "POST", b"x" * 2000)
        assert status == 413 and "upload-limit" in words


def test_who_has_a_token_is_let_in(tmp_path: Path) -> None:
    """Without the token nothing is shown; the address that holds it leaves a cookie and goes on without it."""
    with served(EXAMPLES / "two-mines" / "book", token="open sesame") as address:
        assert asked(address)[0] == 401
        assert asked(address, Authorization="Bearer wrong")[0] == 401
        assert asked(address, Authorization="Bearer open sesame")[0] == 200
        status, _, headers = asked(address, "/?token=open%20sesame")
        assert status == 303 and headers["location"] == "/"
        cookie = headers["set-cookie"]
        assert "HttpOnly" in cookie and "samesite=strict" in cookie.lower()
        assert asked(address, Cookie=cookie.partition(";")[0])[0] == 200


def test_an_address_that_cannot_be_had_says_what_instead(two_mines: str) -> None:
    """A port that is taken leads to a free one, an address of another machine to those of this one."""
    port = urlsplit(two_mines).port
    assert port is not None
    with pytest.raises(AskedWronglyError, match="--port 0 takes a free one"):
        opened("127.0.0.1", port)
    with pytest.raises(AskedWronglyError, match="an address of this machine"):
        opened("192.0.2.1", 0)


def test_small_answers_are_sent_at_once() -> None:
    """What was accepted at an address knows its protocol, without which answers wait for the browser's receipt."""
    with opened("127.0.0.1", 0) as door, socket.create_connection(door.getsockname()):
        accepted, _ = door.accept()
        with accepted:
            assert accepted.proto == socket.IPPROTO_TCP
