"""The page in space: what is sent is what the book holds, and what is under the pointer is told."""

import json
from typing import Any

import numpy as np
import pytest

from browsing import got, looking


def unpacked(content: bytes) -> dict[str, Any]:
    """The head of packed arrays with the arrays in it."""
    long = int.from_bytes(content[:4], "little")
    head = json.loads(content[4 : 4 + long])
    for name, (at, count, kind) in head.pop("arrays").items():
        head[name] = np.frombuffer(content, "<f4" if kind == "f" else "<u4", count, 4 + long + 4 * at)
    return head


def test_what_is_sent_is_what_the_book_holds(with_blocks: str) -> None:
    """Traces, samples and blocks lie at their coordinates, and the server sends only blocks from the grade on."""
    holes = unpacked(got(with_blocks, "/3d/holes.bin?grade=au_gpt")[2])
    assert len(holes["ends"]) == 6 * len(holes["grades"]) == 3 * len(holes["depths"]) == 6 * len(holes["hole"])
    assert set(np.unique(holes["hole"])) <= set(range(len(holes["holes"])))
    top = np.array(holes["tops"][holes["holes"].index("HB-03")]) + np.array(holes["origin"])
    assert np.allclose(top, [412257.3, 7105100.0, 419.7], atol=0.06)
    every, rich = (unpacked(got(with_blocks, f"/3d/blocks.bin?cutoff={least}")[2]) for least in ("0", "4"))
    assert every["shown"] == every["all"] == 600 and rich["shown"] == 120 and rich["grades"].min() == 4.0
    assert every["one_size"] and np.allclose(every["halves"], 5.0)
    middles = every["middles"].reshape(-1, 3) + np.array(holes["origin"])
    assert np.allclose(middles.min(axis=0), [412200, 7105050, 300], atol=0.01)
    ground = unpacked(got(with_blocks, "/3d/ground.bin")[2])
    known = ground["heights"][ground["heights"] > -1e8] + holes["origin"][2]
    assert ground["across"] > 3 and known.min() >= 420.0 and known.max() <= 427.0


def test_the_picture_is_turned_asked_and_cut(chrome: Any, with_blocks: str) -> None:
    """The first picture comes by itself; a hole under the pointer is named; the slider asks for fewer blocks."""
    with looking(chrome, with_blocks) as look:
        look.page.goto(f"{look.address}/3d?grade=au_gpt")
        page = look.page
        page.locator("#space[data-drawn]").wait_for()
        look.is_good("three-d")
        look.page.goto(f"{look.address}/3d?grade=au_gpt&hole=HB-03")
        page.locator("#space[data-drawn]").wait_for()
        page.get_by_role("link", name="HB-03", exact=True).first.wait_for()
        page.get_by_label("blocks", exact=True).uncheck()
        space = page.locator("#space").bounding_box()
        for down in range(0, 300, 5):  # the hole is vertical, and its collar stands in the middle
            page.mouse.move(space["x"] + space["width"] / 2, space["y"] + space["height"] / 2 + down)
            page.wait_for_timeout(60)
            if "g/t Au" in (said := page.locator("#picked").inner_text()):
                break
        assert "HB-03" in said and "g/t Au" in said
        with page.expect_response("**/3d/blocks.bin?**cutoff=4"):
            page.get_by_label("Blocks from this grade on, as a number").fill("4")
        page.get_by_text("120 of 600 blocks").wait_for()
        page.get_by_label("Direction of the cut").select_option("level")
        page.get_by_text("The same in words: 9 holes").click()
        assert page.get_by_role("link", name="HB-03").count() >= 1
        assert not look.wrong


@pytest.mark.parametrize("asked", ["cutoff=x", "grade=rock", "bounds=2,1", "line=hole:none", "blocks=rock"])
def test_arrays_that_cannot_be_are_refused(with_blocks: str, asked: str) -> None:
    """A grade that is none, bounds that fall, a cut-off in words: a page says so, and no array comes."""
    status, kind, _ = got(with_blocks, f"/3d/blocks.bin?{asked}")
    assert (status, kind) in ((422, "text/html"), (200, "application/octet-stream"))
    assert status == 422 or asked == "blocks=rock"


COLOURED = """() => {
  const stage = document.getElementById("stage"), flat = document.createElement("canvas");
  Object.assign(flat, { width: stage.width, height: stage.height });
  const pen = flat.getContext("2d");
  pen.drawImage(stage, 0, 0);
  const { data } = pen.getImageData(0, 0, flat.width, flat.height);
  let found = 0;
  for (let at = 0; at < data.length; at += 4) {
    const most = Math.max(data[at], data[at + 1], data[at + 2]), least = Math.min(data[at], data[at + 1], data[at + 2]);
    found += most - least > 0.5 * most;
  }
  return found;
}"""
"""How many pixels of the picture have a colour that is neither grey nor pale."""


def test_rich_samples_are_seen_from_far(holes: Any) -> None:
    """Where holes lie a kilometre apart, samples of a metre keep a colour that is seen, on either ground."""
    holes.page.goto(f"{holes.address}/3d")
    holes.page.locator("#space[data-drawn]").wait_for()
    for scheme in ("light", "dark"):
        holes.page.emulate_media(color_scheme=scheme)
        holes.page.wait_for_timeout(300)
        holes.shot(f"three-d-far-{scheme}")
        assert holes.page.evaluate(COLOURED) > 60
    assert not holes.wrong
