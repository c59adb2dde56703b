"""Agents: the server of the Model Context Protocol, asked by the client of its own SDK through real pipes."""

import asyncio
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from book_runs import example

sdk = pytest.importorskip("mcp")

EXAMPLES = Path(__file__).parents[1] / "examples"
SOURCE = Path(__file__).parents[1] / "src"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a release and a book."""
    here = tmp_path_factory.mktemp("agents") / "here"
    example("crater-lake", here / "book")
    copytree(EXAMPLES / "releases", here / "releases")
    return here


def waited(run: Any) -> Any:
    """What comes of something asynchronous, in a thread of its own: a browser of other tests may have a loop here."""
    with ThreadPoolExecutor(1) as alone:
        return alone.submit(lambda: asyncio.run(run())).result()


def talk(folder: Path, words: list[str], asking: Any) -> Any:
    """Start the server, let somebody ask it, and give back what they heard."""

    async def run() -> Any:
        env = {**os.environ, "PYTHONPATH": str(SOURCE)}
        started = sdk.StdioServerParameters(
            command=sys.executable, args=["-m", "orebook", "mcp", *words], env=env, cwd=folder
        )
        async with sdk.Client(sdk.stdio_client(started)) as client:
            return await asking(client)

    return waited(run)


def test_an_agent_lists_asks_and_is_refused(folder: Path) -> None:
    """Over pipes: tools with schemas and annotations, an answer as words and object, refusals as errors of the tool."""

    async def asking(client: Any) -> dict[str, Any]:
        heard: dict[str, Any] = {"tools": (await client.list_tools()).tools}
        heard["resources"] = (await client.list_resources()).resources
        heard["rule"] = await client.read_resource("orebook://rules/F101")
        heard["check"] = await client.call_tool("check", {"paths": ["releases/lost-ladle-drilling.md"]})
        heard["drawn"] = await client.call_tool("draw", {"what": "plan", "format": "svg"})
        heard["sheet"] = await client.call_tool("ask", {"sql": "show tables", "format": "xlsx"})
        for name, said in (
            ("outside", {"paths": ["../../etc/passwd"]}),
            ("unknown", {"paths": ["releases"], "pathes": 1}),
            ("wrong", {"paths": 7}),
            ("network", {"paths": ["releases"], "assist": "http://127.0.0.1:9"}),
        ):
            heard[name] = await client.call_tool("check", said)
        heard["new"] = await client.call_tool("new", {"folder": "x", "issuer": "y"})
        heard["none"] = await client.call_tool("chekc", {})
        try:
            await client.read_resource("orebook://nothing")
        except sdk.MCPError as problem:
            heard["gone"] = str(problem)
        return heard

    heard = talk(folder, ["--book", "book"], asking)
    tools = {tool.name: tool for tool in heard["tools"]}
    assert "new" not in tools and {"check", "read", "make", "why", "ask", "rule"} <= set(tools)
    assert all(tool.annotations.read_only_hint and tool.description for tool in tools.values())
    assert tools["check"].input_schema["required"] == ["paths"]
    assert any(str(each.uri) == "orebook://measures" for each in heard["resources"])
    assert heard["rule"].contents[0].text.startswith("# F101")
    found = heard["check"]
    assert not found.is_error and {each["code"] for each in found.structured_content["findings"]} >= {"F101"}
    assert json.loads(found.content[-1].text) == found.structured_content and "F101" in found.content[0].text
    assert heard["drawn"].content[-1].text.startswith("<svg")
    assert heard["sheet"].content[-1].resource.mime_type.endswith("sheet")
    for name in ("outside", "unknown", "wrong", "network", "new", "none"):
        assert heard[name].is_error, name
        (said,) = heard[name].content
        assert said.text.startswith("orebook: ") and "\n" not in said.text
    assert "nothing at" in heard["gone"]
    assert not (folder / "book" / "results" / "holes.parquet").exists()


def test_with_leave_tools_that_write_are_marked(folder: Path) -> None:
    """Where changes are allowed, what writes is offered and says so, and a book can be begun."""

    async def asking(client: Any) -> Any:
        tools = (await client.list_tools()).tools
        return tools, await client.call_tool("new", {"folder": "kestrel", "issuer": "Kestrel Ridge Gold Inc."})

    tools, begun = talk(folder, ["--allow-changes"], asking)
    hints = {tool.name: tool.annotations for tool in tools}
    assert not hints["new"].read_only_hint and hints["new"].destructive_hint is False
    assert hints["add"].destructive_hint and hints["rule"].read_only_hint
    assert not begun.is_error and (folder / "kestrel" / "book.toml").is_file()


def test_over_http_only_this_machine_is_answered(folder: Path) -> None:
    """With a port the same tools answer at /mcp; another host's name, or a page of another site, is refused."""
    httpx = pytest.importorskip("httpx")
    command = [sys.executable, "-m", "orebook", "mcp", "--port", "0"]
    env = {**os.environ, "PYTHONPATH": str(SOURCE)}
    with subprocess.Popen(command, cwd=folder, env=env, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            address = server.stderr.readline().split(" at ")[1].split()[0]

            async def run() -> list[str]:
                async with sdk.Client(address) as client:
                    return [tool.name for tool in (await client.list_tools()).tools]

            assert "check" in waited(run)
            assert httpx.post(address, json={}, headers={"host": "evil.example"}).status_code == 421
            assert httpx.post(address, json={}, headers={"origin": "http://evil.example"}).status_code == 403
        finally:
            server.terminate()
