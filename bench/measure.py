#!/usr/bin/env python3
"""Measures the release binary against references taken in the same run, and prints a table.

    bench/measure.py [--people N] [--posts N] [--follows N] [--rounds N] [--seconds S] [--out FILE]

bin/bench builds what this runs. Each figure is a ratio: of the product to its reference, in rounds that take both
one after the other; the median of the rounds. Absolute values stand beside it as context: they say as much about
the machine as about the product. Ends only the processes that it started itself.
"""

import argparse
import contextlib
import http.client
import json
import os
import pathlib
import re
import shutil
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "release"
TOOLS = BUILD / "tool"
TICKS = os.sysconf("SC_CLK_TCK")
PUBLISH_CONNECTIONS = 64
READ_CONNECTIONS = 32
READERS = 200  # whose homes are read
BATCH = 64


# --- processes ------------------------------------------------------------------------------------

def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ask(port, path, token=None):
    """(status, body) of one GET."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Authorization": f"Bearer {token}"} if token else {})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body


def wait_for(port, seconds=20):
    """Returns when somebody listens, found by trying every millisecond."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        time.sleep(0.001)
    raise RuntimeError(f"nobody listens on port {port}")


class Server:
    """A process that serves on a port, ended by its own id."""

    def __init__(self, command, port, environment=None):
        self.port = port
        self.began = time.monotonic()
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        env={**os.environ, **(environment or {})})
        wait_for(port)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=30)

    def pids(self):
        """The process and its children (the workers of nginx)."""
        pid = self.process.pid
        children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [pid, *map(int, children)]

    def cpu_seconds(self):
        ticks = 0
        for pid in self.pids():
            fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])  # utime, stime: fields 14 and 15 of proc(5)
        return ticks / TICKS

    def status(self, name):
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"^{name}:\s*(\d+) kB", text, re.M)[1]) / 1024


def hoopoe(data, syncs=None):
    port = free_port()
    environment = {}
    if syncs:
        environment = {"LD_PRELOAD": str(BUILD / "libcount_syncs.so"), "HOOPOE_BENCH_SYNCS": str(syncs)}
    return Server([BUILD / "hoopoe", "serve", "--data", data, "--listen", f"127.0.0.1:{port}",
                   "--set", "rate_limits.enabled=false"], port, environment)


def nginx(folder, work):
    port = free_port()
    conf = work / f"nginx-{port}.conf"
    user = "user root;" if os.geteuid() == 0 else ""
    temporary = " ".join(f"{kind}_temp_path {work}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    conf.write_text(f"""{user} worker_processes 2; daemon off; pid {work}/nginx.pid; error_log {work}/nginx.log;
        events {{ worker_connections 2048; }}
        http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; {temporary}
          open_file_cache max=1000; default_type application/json;
          server {{ listen 127.0.0.1:{port} reuseport; root {folder}; }} }}""")
    return Server(["/usr/sbin/nginx", "-p", work, "-c", conf], port)


def null_server(folder):
    port = free_port()
    return Server([TOOLS / "null_tool", folder, str(port)], port)


def tool(name, *words):
    done = subprocess.run([TOOLS / name, *map(str, words)], capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        raise RuntimeError(f"{name}: {done.stderr.strip()}")
    return json.loads(done.stdout or "{}")


def rate(result):
    return result["count"] / result["seconds"]


# --- figures --------------------------------------------------------------------------------------

class Figures:
    def __init__(self):
        self.rows = []

    def add(self, what, unit, values, reference, references, better, note=""):
        """Values and references are those of the rounds, taken in pairs."""
        ratio = statistics.median(v / r for v, r in zip(values, references))
        self.rows.append({"what": what, "against": reference, "ratio": ratio, "better": better, "unit": unit,
                          "value": statistics.median(values), "reference": statistics.median(references),
                          "rounds": len(values), "note": note})

    def skip(self, what, why):
        self.rows.append({"what": what, "note": "skipped: " + why})

    def table(self):
        lines = [f"{'figure':34} {'against':36} {'ratio':>7}  {'':7} {'value':>10} {'reference':>10}  unit"]
        for row in self.rows:
            if "ratio" not in row:
                lines.append(f"{row['what']:34} {row['note']}")
                continue
            lines.append(f"{row['what']:34} {row['against']:36} {row['ratio']:7.3f}  {row['better']:7} {row['value']:10.1f}"
                         f" {row['reference']:10.1f}  {row['unit']}{'  ' + row['note'] if row['note'] else ''}")
        return "\n".join(lines)


def copy_of(store, work):
    copy = pathlib.Path(tempfile.mkdtemp(prefix="store-", dir=work))
    shutil.copytree(store, copy, dirs_exist_ok=True)
    return copy


def publish_round(store, work, options, connections):
    """(result, syncs, server's CPU in us a post) of posts over HTTP, on a store of their own."""
    syncs = work / "syncs"
    syncs.write_bytes(bytes(8))
    data = copy_of(store, work)
    with hoopoe(data, syncs) as server:
        before, cpu = struct.unpack("=Q", syncs.read_bytes())[0], server.cpu_seconds()
        result = tool("http_tool", "publish", server.port, connections, options.seconds, options.people)
        cpu = server.cpu_seconds() - cpu
        count = struct.unpack("=Q", syncs.read_bytes())[0] - before
    shutil.rmtree(data)
    if result["refused"]:
        raise RuntimeError(f"{result['refused']} posts were refused")
    return result, count, cpu / result["count"] * 1e6


def measure_posts(figures, store, work, options):
    many, alone, naive, per_sync, cpu, single, disk = [], [], [], [], [], [], []
    single_per_sync = []
    p50, p99 = [], []
    for _ in range(options.rounds):
        result, syncs, cpu_each = publish_round(store, work, options, PUBLISH_CONNECTIONS)
        many.append(rate(result))
        per_sync.append(result["count"] / max(1, syncs))
        cpu.append(cpu_each)
        p50.append(result["p50_us"] / 1000)
        p99.append(result["p99_us"] / 1000)
        data = copy_of(store, work)
        alone.append(rate(tool("store_tool", "store", data, options.seconds, BATCH)))
        naive.append(rate(tool("store_tool", "naive", work / "naive.db", data, options.seconds, BATCH, options.posts)))
        shutil.rmtree(data)
        for leftover in work.glob("naive.db*"):
            leftover.unlink()
        # Others use the disk too, in bursts: the reference is taken before and after.
        around = [tool("store_tool", "disk", work / "block", options.seconds / 2)]
        result, syncs, _ = publish_round(store, work, options, 1)
        around.append(tool("store_tool", "disk", work / "block", options.seconds / 2))
        single.append(rate(result))
        single_per_sync.append(result["count"] / max(1, syncs))
        disk.append(sum(r["count"] for r in around) / sum(r["seconds"] for r in around))
    note = (f"{statistics.median(per_sync):.1f} posts a sync, {statistics.median(cpu):.0f} us CPU a post, "
            f"p50 {statistics.median(p50):.1f} ms, p99 {statistics.median(p99):.1f} ms")
    figures.add("durable posts, 64 connections", "posts/s", many, f"the store alone, batch {BATCH}", alone, "higher", note)
    figures.add("durable posts, 64 connections", "posts/s", many, f"a naive store, batch {BATCH}", naive, "higher")
    figures.add(f"the store alone, batch {BATCH}", "posts/s", alone, f"a naive store, batch {BATCH}", naive, "higher")
    figures.add("durable posts, 1 connection", "posts/s", single, "16 KiB pwrite and fdatasync", disk, "higher",
                f"{statistics.median(single_per_sync):.2f} posts a sync")


def read_round(server, targets, options):
    cpu = server.cpu_seconds()
    result = tool("http_tool", "get", server.port, READ_CONNECTIONS, options.seconds, targets)
    cpu = server.cpu_seconds() - cpu
    if result["refused"]:
        raise RuntimeError(f"{result['refused']} reads were refused")
    return rate(result), cpu / result["count"] * 1e6


def measure_reads(figures, what, server, requests, work, options):
    """requests: (path, token or none) of the product; nginx and a bare server give the same bytes at /0, /1, ..."""
    folder = work / ("static-" + what.replace(" ", "-"))
    folder.mkdir()
    sizes = []
    for number, (path, token) in enumerate(requests):
        status, body = ask(server.port, path, token)
        if status != 200:
            figures.skip(what, f"{path} answers {status}")
            return
        (folder / str(number)).write_bytes(body)
        sizes.append(len(body))
    ours, theirs = work / "targets", work / "targets-static"
    ours.write_text("".join(f"{path} {token or ''}\n" for path, token in requests))
    theirs.write_text("".join(f"/{number}\n" for number in range(len(requests))))
    product, static, bare = [], [], []
    with nginx(folder, work) as web, null_server(folder) as null:
        for _ in range(options.rounds):
            product.append(read_round(server, ours, options))
            static.append(read_round(web, theirs, options))
            bare.append(read_round(null, theirs, options))
    note = f"{statistics.mean(sizes) / 1000:.1f} KB"
    for name, reference in (("nginx, the same bytes", static), ("net/ alone, the same bytes", bare)):
        figures.add(f"{what} reads", "reads/s", [r for r, _ in product], name, [r for r, _ in reference], "higher", note)
        figures.add(f"{what}, CPU a read", "us", [c for _, c in product], name, [c for _, c in reference], "lower")


def measure_events(figures, server, options):
    p50, p99, answer_p50, answer_p99 = [], [], [], []
    for _ in range(options.rounds):
        result = tool("http_tool", "follow", server.port, options.seconds, 25)
        p50.append(result["p50_us"] / 1000)
        p99.append(result["p99_us"] / 1000)
        answer_p50.append(result["answer_p50_us"] / 1000)
        answer_p99.append(result["answer_p99_us"] / 1000)
    figures.add("post to event, p50", "ms", p50, "the post's own answer", answer_p50, "lower", "one follower, 25 posts/s")
    figures.add("post to event, p99", "ms", p99, "the post's own answer", answer_p99, "lower")


def measure_start(figures, store, work, options):
    starts, memory = [], []
    for _ in range(options.rounds + 2):
        with hoopoe(store) as server:
            if ask(server.port, "/health")[0] != 200:
                raise RuntimeError("/health does not answer 200")
            starts.append((time.monotonic() - server.began) * 1000)
            time.sleep(0.5)
            memory.append(server.status("RssAnon"))
    figures.add("exec to first answer", "ms", starts, "the bar, 300 ms", [300] * len(starts), "lower")
    figures.add("idle memory, RssAnon", "MB", memory, "the aim, 40 MB", [40] * len(memory), "lower")
    stripped = work / "stripped"
    subprocess.run(["strip", "-o", stripped, BUILD / "hoopoe"], check=True)
    sizes = [(path.stat().st_size / 1e6) for path in (stripped, BUILD / "hoopoe")]
    figures.add("binary, stripped", "MB", sizes[:1], "as built, with line numbers", sizes[1:], "lower")


def path_of_page(server):
    post = json.loads(ask(server.port, "/api/v1/timelines/public?limit=1")[1])[0]
    return f"/@{post['account']['acct']}/{post['id']}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--posts", type=int, default=50_000)
    parser.add_argument("--follows", type=int, default=40_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3.0, help="of each load, at most 60")
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "build" / "bench.json")
    options = parser.parse_args()
    options.seconds = min(options.seconds, 60)
    figures, began = Figures(), time.monotonic()
    busy = os.getloadavg()[0] > 1
    # Beside the build, since a temporary folder may be in memory, where nothing is ever synced.
    with tempfile.TemporaryDirectory(prefix="bench-", dir=ROOT / "build") as folder:
        work = pathlib.Path(folder)
        store = work / "store"
        tool("fill_tool", store, options.people, options.posts, options.follows)
        print(f"bench: {options.people} people, {options.posts} posts, {options.follows} follows in "
              f"{time.monotonic() - began:.1f} s; load average {os.getloadavg()[0]:.1f}", file=sys.stderr)
        measure_start(figures, store, work, options)
        measure_posts(figures, store, work, options)
        with hoopoe(store) as server:
            homes = [("/api/v1/timelines/home", f"token-of-reader-{number}") for number in range(1, READERS + 1)]
            measure_reads(figures, "home", server, homes, work, options)
            measure_reads(figures, "public timeline", server, [("/api/v1/timelines/public", None)], work, options)
            measure_reads(figures, "permalink page", server, [(path_of_page(server), None)], work, options)
            measure_events(figures, server, options)
    load = os.getloadavg()[0]
    print(figures.table())
    if busy:
        print("Other programs were at work when this began: whoever waits for the disk or a peer waits for them too.")
    print(f"Median of {options.rounds} rounds or more, {options.seconds:g} s each; load average {load:.1f} on {os.cpu_count()} cores; "
          f"{time.monotonic() - began:.0f} s.")
    options.out.write_text(json.dumps({"options": {k: v for k, v in vars(options).items() if k != "out"},
                                       "load_average": load, "cores": os.cpu_count(), "figures": figures.rows}, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
