"""``liandong intake import``: recorded calls as input."""

import asyncio
import json
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from contracts.messages import text
from liandong.addresses import NoNodes, Service, local, remote
from liandong.commands.calls import answered
from liandong.intake import Entry, Tally, UnreadableInput, feed, load_entries, load_map
from liandong.local import home
from liandong.running import bar, console_of
from shared.http.auth import Role

app = typer.Typer(add_completion=False, no_args_is_help=True, help="历史接警记录 (recorded calls)")
REFUSED, BAD_INPUT = 1, 2


@app.callback()
def intake() -> None:
    """历史接警记录."""


@app.command("import")
def import_calls(
    file: Annotated[Path, typer.Argument(help="CSV 或 JSON Lines 文件 (records)")],
    mapping: Annotated[Path, typer.Option("--map", help="映射文件 (YAML)")],
    speed: Annotated[
        float, typer.Option(min=0, help="原速的倍数，0 为尽快 (times the pace, 0: at once)")
    ] = 0.0,
    node: Annotated[str, typer.Option(help="行政区划代码 (jurisdiction)")] = "210404",
    purpose: Annotated[str, typer.Option(help="哪一组本地节点 (local nodes: up, demo)")] = "up",
    url: Annotated[str, typer.Option(help="接报服务地址，令牌取自 LIANDONG_TOKEN (an intake anywhere)")] = "",
    refused: Annotated[
        Path | None, typer.Option(help="被拒记录写入此文件，缺省在本机数据目录 (file for what is refused)")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="机器可读 (for programs)")] = False,
) -> None:
    """按原有节奏乘以 speed 导入；结束时给出接受、合并、拒绝的数量."""
    try:
        entries = load_entries(file, load_map(mapping))
        service = remote(url) if url else local(purpose, (Role.CALL_TAKER,), node, "incident")[0]
    except (UnreadableInput, NoNodes) as error:
        Console(stderr=True).print(str(error), style="red", markup=False)
        raise typer.Exit(BAD_INPUT) from None
    answered(service, "GET", "/health/live")
    console = console_of(stderr=as_json)
    began = time.monotonic()
    tally = _fed(entries, service, speed, console)
    kept = refused or home.root() / "intake" / f"{file.stem}.refused.jsonl"
    _report(tally, kept, time.monotonic() - began, console, as_json)
    raise typer.Exit(REFUSED if tally.refused else 0)


def _fed(entries: list[Entry], service: Service, speed: float, console: Console) -> Tally:
    with bar(console) as progress:
        task = progress.add_task(text("intake.importing"), total=len(entries))
        return asyncio.run(feed(entries, service, speed, lambda: progress.advance(task)))


def _report(tally: Tally, file: Path, seconds: float, console: Console, as_json: bool) -> None:
    if tally.refused:
        file.parent.mkdir(parents=True, exist_ok=True)
        lines = (json.dumps(one, ensure_ascii=False) for one in tally.refused)
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    told = {
        "total": tally.total,
        "accepted": tally.accepted,
        "merged": tally.merged,
        "refused": len(tally.refused),
        "refused_file": str(file) if tally.refused else None,
        "seconds": round(seconds, 2),
    }
    if as_json:
        Console().print_json(json.dumps(told, ensure_ascii=False))
    else:
        console.print(text("intake.done", **told), markup=False)
        if tally.refused:
            console.print(text("intake.refused", **told), markup=False)
